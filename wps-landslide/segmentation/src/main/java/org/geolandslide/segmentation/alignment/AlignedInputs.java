package org.geolandslide.segmentation.alignment;

import java.awt.Rectangle;
import java.awt.image.ColorModel;
import java.awt.image.RenderedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.geolandslide.model.Band;
import org.geolandslide.model.ModelInput;
import org.geolandslide.segmentation.SegmentationException;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.api.referencing.crs.EngineeringCRS;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.processing.CannotReprojectException;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.locationtech.jts.geom.Geometry;

/**
 * The inputs of a model on one grid: that of the first input, cut to the region of interest.
 *
 * @param grid the common grid
 * @param inputs one per model input, in the model's order
 * @param region pixels that take part; everything if empty
 */
public record AlignedInputs(RasterGrid grid, List<AlignedInput> inputs, Optional<PixelRegion> region) {
    public AlignedInputs {
        inputs = List.copyOf(inputs);
    }

    /**
     * Aligns coverages.
     *
     * @param expected inputs of the model; the first one gives the grid
     * @param given one coverage per name; all expected ones and no others
     * @param region polygon in the CRS of the first input or, if it carries an SRID, in that CRS
     * @throws SegmentationException if an input is missing or unknown, has no CRS or too few bands, or does not overlap the
     *     first one, or if the region lies outside
     */
    public static AlignedInputs align(
            List<ModelInput> expected, Map<String, GridCoverage2D> given, Optional<Geometry> region) {
        requireNames(expected, given);
        List<AlignedInput> aligned = new ArrayList<>();
        ModelInput first = expected.get(0);
        GridCoverage2D reference = coverage(first, given);
        RasterGrid whole = gridOf(first, reference);
        Optional<PixelRegion> pixels = region.map(geometry -> PixelRegion.of(geometry, whole));
        Rectangle part = pixels.map(PixelRegion::bounds).orElse(new Rectangle(0, 0, whole.width(), whole.height()));
        RasterGrid grid = whole.part(part);
        aligned.add(inPlace(first, reference, part.x, part.y));
        for (ModelInput input : expected.subList(1, expected.size())) {
            GridCoverage2D coverage = coverage(input, given);
            RasterGrid own = gridOf(input, coverage);
            aligned.add(
                    own.isSame(whole)
                            ? inPlace(input, coverage, part.x, part.y)
                            : resampled(input, coverage, own, first.name(), grid));
        }
        return new AlignedInputs(grid, aligned, pixels.map(found -> found.relativeTo(part.x, part.y)));
    }

    private static void requireNames(List<ModelInput> expected, Map<String, GridCoverage2D> given) {
        List<String> names = expected.stream().map(ModelInput::name).toList();
        for (String name : new TreeSet<>(given.keySet())) {
            if (!names.contains(name)) {
                throw new SegmentationException("the model has no input '" + name + "'; it takes " + names);
            }
        }
        for (ModelInput input : expected) {
            if (!given.containsKey(input.name())) {
                throw new SegmentationException(
                        "the input '" + input.name() + "' is missing; the model takes " + names);
            }
        }
    }

    private static GridCoverage2D coverage(ModelInput input, Map<String, GridCoverage2D> given) {
        GridCoverage2D coverage = given.get(input.name());
        if (coverage == null) {
            throw new SegmentationException("the input '" + input.name() + "' is missing");
        }
        int bands = coverage.getNumSampleDimensions();
        if (bands < input.bands().size()) {
            throw new SegmentationException("input '" + input.name() + "' has " + bands + " band(s), the model takes "
                    + input.bands().size() + ": "
                    + input.bands().stream().map(Band::name).toList());
        }
        return coverage;
    }

    private static RasterGrid gridOf(ModelInput input, GridCoverage2D coverage) {
        CoordinateReferenceSystem crs = coverage.getCoordinateReferenceSystem2D();
        if (crs == null || crs instanceof EngineeringCRS) {
            throw new SegmentationException(
                    "input '" + input.name() + "' has no coordinate reference system; expected a georeferenced raster");
        }
        return RasterGrid.of(coverage.getGridGeometry(), crs);
    }

    private static AlignedInput inPlace(ModelInput input, GridCoverage2D coverage, int x, int y) {
        RenderedImage image = coverage.getRenderedImage();
        List<Double> nodata = new ArrayList<>();
        Nodata.of(coverage).ifPresent(nodata::add);
        input.bands().get(0).nodata().ifPresent(nodata::add);
        return new AlignedInput(
                input.name(),
                image,
                image.getMinX() + x,
                image.getMinY() + y,
                input.bands().size(),
                nodata,
                alphaBand(image, input.bands().size()),
                Optional.empty());
    }

    /** The band of transparency, behind the bands that the model takes. */
    private static OptionalInt alphaBand(RenderedImage image, int taken) {
        ColorModel colours = image.getColorModel();
        int last = image.getSampleModel().getNumBands() - 1;
        return colours != null && colours.hasAlpha() && last >= taken ? OptionalInt.of(last) : OptionalInt.empty();
    }

    private static AlignedInput resampled(
            ModelInput input, GridCoverage2D coverage, RasterGrid own, String firstName, RasterGrid grid) {
        requireOverlap(input.name(), own, firstName, grid);
        OptionalDouble declared = Nodata.of(coverage);
        OptionalDouble nodata =
                declared.isPresent() ? declared : input.bands().get(0).nodata();
        try {
            Resampling resampling = Resampling.bilinear(coverage, own, nodata, grid);
            return new AlignedInput(
                    input.name(),
                    resampling.image(),
                    resampling.offsetX(),
                    resampling.offsetY(),
                    input.bands().size(),
                    List.of(resampling.nodata()),
                    OptionalInt.empty(),
                    Optional.of(resampling.footprint()));
        } catch (FactoryException | TransformException | CannotReprojectException e) {
            throw cannotBeBrought(input.name(), own, firstName, grid, e);
        }
    }

    private static void requireOverlap(String name, RasterGrid own, String firstName, RasterGrid grid) {
        ReferencedEnvelope target = grid.envelope();
        ReferencedEnvelope source;
        try {
            source = own.envelope().transform(target.getCoordinateReferenceSystem(), true);
        } catch (TransformException | FactoryException e) {
            throw cannotBeBrought(name, own, firstName, grid, e);
        }
        if (!source.intersects((org.locationtech.jts.geom.Envelope) target)) {
            throw new SegmentationException("input '" + name + "' does not overlap input '" + firstName
                    + "': it covers " + Extents.describe(source) + ", '" + firstName + "' " + Extents.describe(target)
                    + " in " + nameOf(grid.crs()));
        }
    }

    private static SegmentationException cannotBeBrought(
            String name, RasterGrid own, String firstName, RasterGrid grid, Exception cause) {
        return new SegmentationException(
                "input '" + name + "' in " + nameOf(own.crs()) + " cannot be brought into the CRS of input '"
                        + firstName + "', " + nameOf(grid.crs()) + ": " + cause.getMessage(),
                cause);
    }

    private static String nameOf(CoordinateReferenceSystem crs) {
        return crs.getName().getCode();
    }
}
