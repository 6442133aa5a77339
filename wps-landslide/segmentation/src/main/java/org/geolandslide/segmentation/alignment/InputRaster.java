package org.geolandslide.segmentation.alignment;

import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.RenderedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import javax.media.jai.ROI;
import org.geolandslide.model.ModelInput;
import org.geolandslide.segmentation.SegmentationException;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.api.referencing.crs.EngineeringCRS;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.coverage.GridSampleDimension;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.processing.CannotReprojectException;
import org.geotools.coverage.util.CoverageUtilities;
import org.geotools.geometry.jts.ReferencedEnvelope;

/**
 * A coverage as an input of a model. Bands are chosen as {@link BandSelection} says; a palette is looked up where the model takes
 * several bands, and its indices are the values where it takes one; declared scales and offsets are applied; what lies outside of the
 * mask inside of a TIFF, or of the footprints of a mosaic, is missing.
 *
 * @param name name of the model's input
 * @param image pixels
 * @param grid where they lie
 * @param samples what is taken from them
 */
record InputRaster(String name, RenderedImage image, RasterGrid grid, Samples samples) {

    /**
     * What a model sees in a coverage.
     *
     * @throws SegmentationException if it has no CRS or not the bands that the model takes, or declares a scale that is none
     */
    static InputRaster of(ModelInput input, GridCoverage2D coverage) {
        gridOf(input, coverage);
        RenderedImage image = coverage.getRenderedImage();
        OptionalDouble declared = Nodata.of(coverage);
        List<Double> nodata = new ArrayList<>();
        input.bands().get(0).nodata().ifPresent(nodata::add);
        if (input.bands().size() > 1 && image.getColorModel() instanceof IndexColorModel palette) {
            RenderedImage colours = new PaletteImage(image, palette, declared);
            BandSelection selection = BandSelection.of(input, PaletteImage.NAMES, false);
            List<Samples.Source> bands = selection.bands().stream()
                    .map(band -> new Samples.Source(band, 1, 0))
                    .toList();
            return masked(input, coverage, colours, new Samples(bands, nodata, selection.alpha()));
        }
        declared.ifPresent(nodata::add);
        BandSelection selection = BandSelection.of(input, names(input, coverage), hasAlpha(image));
        List<Samples.Source> bands = selection.bands().stream()
                .map(band -> source(input, coverage, band))
                .toList();
        return masked(input, coverage, image, new Samples(bands, nodata, selection.alpha()));
    }

    /** The raster without what lies outside of the region of valid pixels that the coverage may carry. */
    private static InputRaster masked(ModelInput input, GridCoverage2D coverage, RenderedImage image, Samples samples) {
        RasterGrid grid = gridOf(input, coverage);
        ROI region = CoverageUtilities.getROIProperty(coverage);
        if (region == null) {
            return new InputRaster(input.name(), image, grid, samples);
        }
        int inside = image.getSampleModel().getNumBands();
        return new InputRaster(
                input.name(),
                new MaskedImage(image, region, samples.alpha()),
                grid,
                new Samples(samples.bands(), samples.nodata(), OptionalInt.of(inside)));
    }

    private static RasterGrid gridOf(ModelInput input, GridCoverage2D coverage) {
        CoordinateReferenceSystem crs = coverage.getCoordinateReferenceSystem2D();
        if (crs == null || crs instanceof EngineeringCRS) {
            throw new SegmentationException(
                    "input '" + input.name() + "' has no coordinate reference system; expected a georeferenced raster");
        }
        return RasterGrid.of(coverage.getGridGeometry(), crs);
    }

    /** The names of the coverage's bands: GDAL's where the coverage's own say nothing. */
    private static List<String> names(ModelInput input, GridCoverage2D coverage) {
        List<String> wanted = input.bands().stream()
                .map(band -> band.name().toLowerCase(Locale.ROOT))
                .toList();
        List<String> declared = BandNames.declared(coverage);
        List<String> ofGdal = BandNames.ofGdal(coverage);
        return !BandSelection.sayAnything(declared, wanted) && BandSelection.sayAnything(ofGdal, wanted)
                ? ofGdal
                : declared;
    }

    /** Whether the colour model calls the last band transparency; that of four bands of measurements is none. */
    private static boolean hasAlpha(RenderedImage image) {
        ColorModel colours = image.getColorModel();
        int type = image.getSampleModel().getDataType();
        return colours != null
                && !(colours instanceof IndexColorModel)
                && colours.hasAlpha()
                && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT);
    }

    private static Samples.Source source(ModelInput input, GridCoverage2D coverage, int band) {
        GridSampleDimension dimension = coverage.getSampleDimension(band);
        double scale = dimension.getScale();
        double offset = dimension.getOffset();
        if (!Double.isFinite(scale) || scale == 0 || !Double.isFinite(offset)) {
            throw new SegmentationException("input '" + input.name() + "' declares the scale " + scale
                    + " and the offset " + offset + " for its band " + (band + 1)
                    + ", expected finite numbers and a scale other than 0");
        }
        return new Samples.Source(band, scale, offset);
    }

    /** The input on the grid of the raster itself, from the pixel (x, y) on. */
    AlignedInput inPlace(int x, int y) {
        return new AlignedInput(name, image, image.getMinX() + x, image.getMinY() + y, samples, Optional.empty());
    }

    /**
     * The input on another grid.
     *
     * @param firstName name of the input that gives the grid, for messages
     * @param averaged whether pixels are averaged where they become larger by two or more
     */
    AlignedInput resampled(String firstName, RasterGrid target, boolean averaged) {
        requireOverlap(firstName, target);
        try {
            Resampling resampling = Resampling.bilinear(image, grid, samples, target, averaged);
            return new AlignedInput(
                    name,
                    resampling.image(),
                    resampling.offsetX(),
                    resampling.offsetY(),
                    Samples.raw(samples.bands().size(), resampling.nodata()),
                    Optional.of(resampling.footprint()));
        } catch (FactoryException | TransformException | CannotReprojectException e) {
            throw cannotBeBrought(firstName, target, e);
        }
    }

    private void requireOverlap(String firstName, RasterGrid target) {
        ReferencedEnvelope wanted = target.envelope();
        ReferencedEnvelope source;
        try {
            source = grid.envelope().transform(wanted.getCoordinateReferenceSystem(), true);
        } catch (TransformException | FactoryException e) {
            throw cannotBeBrought(firstName, target, e);
        }
        if (!source.intersects((org.locationtech.jts.geom.Envelope) wanted)) {
            throw new SegmentationException("input '" + name + "' does not overlap input '" + firstName
                    + "': it covers " + Extents.describe(source) + ", '" + firstName + "' " + Extents.describe(wanted)
                    + " in " + nameOf(target.crs()));
        }
    }

    private SegmentationException cannotBeBrought(String firstName, RasterGrid target, Exception cause) {
        return new SegmentationException(
                "input '" + name + "' in " + nameOf(grid.crs()) + " cannot be brought into the CRS of input '"
                        + firstName + "', " + nameOf(target.crs()) + ": " + cause.getMessage(),
                cause);
    }

    private static String nameOf(CoordinateReferenceSystem crs) {
        return crs.getName().getCode();
    }
}
