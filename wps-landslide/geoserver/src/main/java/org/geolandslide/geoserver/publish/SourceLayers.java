package org.geolandslide.geoserver.publish;

import java.io.IOException;
import org.geolandslide.segmentation.SegmentationException;
import org.geoserver.catalog.Catalog;
import org.geoserver.catalog.CoverageInfo;
import org.geoserver.catalog.LayerInfo;
import org.geoserver.catalog.ProjectionPolicy;
import org.geoserver.data.util.CoverageUtils;
import org.geotools.api.parameter.GeneralParameterValue;
import org.geotools.api.parameter.ParameterValueGroup;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.grid.GridCoverageFactory;
import org.geotools.coverage.grid.GridGeometry2D;
import org.geotools.coverage.grid.io.AbstractGridFormat;
import org.geotools.coverage.grid.io.GridCoverage2DReader;
import org.geotools.referencing.CRS;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;

/** Reads raster layers as the caller may see them. */
final class SourceLayers {
    private final Catalog catalog;

    /**
     * Layers.
     *
     * @param catalog one that asks for the caller's rights
     */
    SourceLayers(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * A layer that is read.
     *
     * @param name with its workspace
     * @param srs what the layer declares, e.g. {@code EPSG:4326}
     * @param coverage its raster, whose pixels are read when they are asked for
     */
    record Source(String name, String srs, GridCoverage2D coverage) {}

    /**
     * Opens a layer.
     *
     * @param input name of the process's input, for messages
     * @throws SegmentationException if there is no such layer, the caller may not read it, which is told with the same words, or it is
     *     no raster
     */
    Source open(String input, String name) throws IOException {
        try {
            LayerInfo layer = catalog.getLayerByName(name);
            if (layer == null || !layer.enabled()) {
                throw missing(input, name);
            }
            if (!(layer.getResource() instanceof CoverageInfo coverage)) {
                throw new SegmentationException(input + " is '" + name + "', a layer of "
                        + layer.getType().name().toLowerCase(java.util.Locale.ROOT) + " type, expected a raster layer");
            }
            return new Source(layer.prefixedName(), coverage.getSRS(), read(coverage));
        } catch (AccessDeniedException | AuthenticationException e) {
            // In GeoServer's modes CHALLENGE and MIXED; in HIDE, there is no such layer.
            throw missing(input, name);
        }
    }

    private static SegmentationException missing(String input, String name) {
        return new SegmentationException(
                input + " is '" + name + "', expected the name of a raster layer, as workspace:layer; there is none");
    }

    private static GridCoverage2D read(CoverageInfo info) throws IOException {
        GridCoverage2DReader reader = (GridCoverage2DReader) info.getGridCoverageReader(null, null);
        ParameterValueGroup described = reader.getFormat().getReadParameters();
        GeneralParameterValue[] parameters = CoverageUtils.getParameters(described, info.getParameters());
        // Pixels are read when they are asked for, whatever the format does by itself.
        parameters = CoverageUtils.mergeParameter(
                described.getDescriptor().descriptors(),
                parameters,
                true,
                AbstractGridFormat.USE_JAI_IMAGEREAD.getName().getCode());
        GridCoverage2D coverage = reader.read(parameters);
        if (coverage == null) {
            throw new IOException("the layer " + info.prefixedName() + " has no pixels to read");
        }
        return declared(coverage, info);
    }

    /** The coverage in the CRS that the layer declares, where that counts instead of the file's own. */
    private static GridCoverage2D declared(GridCoverage2D coverage, CoverageInfo info) {
        CoordinateReferenceSystem crs = info.getCRS();
        if (info.getProjectionPolicy() != ProjectionPolicy.FORCE_DECLARED
                || crs == null
                || CRS.equalsIgnoreMetadata(crs, coverage.getCoordinateReferenceSystem2D())) {
            return coverage;
        }
        GridGeometry2D own = coverage.getGridGeometry();
        return new GridCoverageFactory()
                .create(
                        coverage.getName(),
                        coverage.getRenderedImage(),
                        new GridGeometry2D(own.getGridRange(), own.getGridToCRS2D(), crs),
                        coverage.getSampleDimensions(),
                        new org.geotools.api.coverage.grid.GridCoverage[] {coverage},
                        coverage.getProperties());
    }
}
