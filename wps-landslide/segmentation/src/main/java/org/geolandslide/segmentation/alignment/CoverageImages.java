package org.geolandslide.segmentation.alignment;

import javax.media.jai.PlanarImage;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.image.util.ImageUtilities;

/** The images behind coverages. */
public final class CoverageImages {
    private CoverageImages() {}

    /**
     * Closes a coverage that was read for one purpose, and the files that its images hold open. Without that they stay open until the
     * garbage collector finds them.
     */
    public static void close(GridCoverage2D coverage) {
        if (coverage.getRenderedImage() instanceof PlanarImage image) {
            ImageUtilities.disposePlanarImageChain(image);
        }
        coverage.dispose(true);
    }
}
