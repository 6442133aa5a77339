package org.geolandslide.segmentation.alignment;

import it.geosolutions.imageio.pam.PAMDataset;
import it.geosolutions.imageio.pam.PAMDataset.PAMRasterBand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.geotools.api.util.InternationalString;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.grid.io.GridCoverage2DReader;

/** Names of a coverage's bands, as readers and administrators gave them. */
final class BandNames {
    /** Key of a band's description in GDAL's metadata. */
    private static final String DESCRIPTION = "DESCRIPTION";

    private BandNames() {}

    /**
     * The names that the coverage's sample dimensions carry: those that an administrator of GeoServer gave, or what the reader
     * took from the colour model.
     *
     * @return one per band, trimmed and in small letters
     */
    static List<String> declared(GridCoverage2D coverage) {
        List<String> names = new ArrayList<>();
        for (int band = 0; band < coverage.getNumSampleDimensions(); band++) {
            InternationalString description = coverage.getSampleDimension(band).getDescription();
            names.add(description == null ? "" : normalised(description.toString(Locale.ROOT)));
        }
        return names;
    }

    /**
     * The names that GDAL wrote into the file or beside it, which GeoTools' GeoTIFF reader does not give to the sample dimensions.
     *
     * @return one per band, trimmed and in small letters, empty where there is none
     */
    static List<String> ofGdal(GridCoverage2D coverage) {
        List<String> names = new ArrayList<>(Collections.nCopies(coverage.getNumSampleDimensions(), ""));
        if (coverage.getProperty(GridCoverage2DReader.PAM_DATASET) instanceof PAMDataset dataset) {
            for (PAMRasterBand band : dataset.getPAMRasterBand()) {
                int index = band.getBand() == null ? -1 : band.getBand() - 1;
                if (index >= 0 && index < names.size() && band.getMetadata() != null) {
                    band.getMetadata().getMDI().stream()
                            .filter(item -> DESCRIPTION.equals(item.getKey()) && item.getValue() != null)
                            .forEach(item -> names.set(index, normalised(item.getValue())));
                }
            }
        }
        return names;
    }

    private static String normalised(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
