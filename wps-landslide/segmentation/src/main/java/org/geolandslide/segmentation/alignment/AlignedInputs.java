package org.geolandslide.segmentation.alignment;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.geolandslide.model.ModelInput;
import org.geolandslide.segmentation.SegmentationException;
import org.geotools.coverage.grid.GridCoverage2D;
import org.locationtech.jts.geom.Geometry;

/**
 * The inputs of a model on one grid: that of the first input, cut to the region of interest.
 *
 * @param grid the common grid
 * @param inputs one per model input, in the model's order
 * @param region pixels that take part; everything if empty
 */
public record AlignedInputs(RasterGrid grid, List<AlignedInput> inputs, Optional<PixelRegion> region) {
    /** Pixels around a region that count when results are brought from larger pixels to smaller ones. */
    private static final int REGION_MARGIN = 2;

    public AlignedInputs {
        inputs = List.copyOf(inputs);
    }

    /**
     * Aligns coverages to the grid of the first one.
     *
     * @param expected inputs of the model; the first one gives the grid
     * @param given one coverage per name; all expected ones and no others
     * @param region polygon in the CRS of the first input or, if it carries an SRID, in that CRS
     * @throws SegmentationException if an input is missing or unknown, has no CRS or too few bands, or does not overlap the
     *     first one, or if the region lies outside
     */
    public static AlignedInputs align(
            List<ModelInput> expected, Map<String, GridCoverage2D> given, Optional<Geometry> region) {
        List<InputRaster> rasters = rasters(expected, given);
        InputRaster first = rasters.get(0);
        RasterGrid whole = first.grid();
        Optional<PixelRegion> pixels = region.map(geometry -> PixelRegion.of(geometry, whole));
        Rectangle part = pixels.map(PixelRegion::bounds).orElse(new Rectangle(0, 0, whole.width(), whole.height()));
        RasterGrid grid = whole.part(part);
        List<AlignedInput> aligned = new ArrayList<>();
        for (InputRaster raster : rasters) {
            aligned.add(
                    raster.grid().isSame(whole)
                            ? raster.inPlace(part.x, part.y)
                            : raster.resampled(first.name(), grid, false));
        }
        return new AlignedInputs(grid, aligned, pixels.map(found -> found.relativeTo(part.x, part.y)));
    }

    /**
     * Aligns coverages to a grid of another pixel size in the CRS of the first one. Where pixels become larger by two or more they
     * are averaged. Pixels around the region take part, too: the model's results are brought back to smaller ones between them.
     *
     * @param expected inputs of the model
     * @param given one coverage per name; all expected ones and no others
     * @param region polygon in the CRS of the grid or, if it carries an SRID, in that CRS
     * @param grid grid of the result
     * @throws SegmentationException as above
     */
    public static AlignedInputs alignTo(
            RasterGrid grid, List<ModelInput> expected, Map<String, GridCoverage2D> given, Optional<Geometry> region) {
        List<InputRaster> rasters = rasters(expected, given);
        String first = rasters.get(0).name();
        List<AlignedInput> aligned = rasters.stream()
                .map(raster -> raster.resampled(first, grid, true))
                .toList();
        return new AlignedInputs(grid, aligned, region.map(geometry -> PixelRegion.of(geometry, grid, REGION_MARGIN)));
    }

    /**
     * Which pixels take part: valid in every input and inside the region.
     *
     * @param pixels rectangle of the grid
     * @return row-major
     */
    public boolean[] participating(Rectangle pixels) {
        boolean[] all = region.map(found -> found.contains(pixels)).orElseGet(() -> {
            boolean[] everything = new boolean[pixels.width * pixels.height];
            Arrays.fill(everything, true);
            return everything;
        });
        for (AlignedInput input : inputs) {
            boolean[] valid = input.read(pixels).valid();
            for (int i = 0; i < all.length; i++) {
                all[i] &= valid[i];
            }
        }
        return all;
    }

    /** The first input as a picture: the bands that the model takes, floats, NaN where they are missing. */
    public GridCoverage2D picture() {
        return inputs.get(0).picture(grid);
    }

    private static List<InputRaster> rasters(List<ModelInput> expected, Map<String, GridCoverage2D> given) {
        requireNames(expected, given);
        List<InputRaster> rasters = new ArrayList<>();
        for (ModelInput input : expected) {
            GridCoverage2D coverage = given.get(input.name());
            if (coverage == null) {
                throw new SegmentationException("the input '" + input.name() + "' is missing; the model takes "
                        + expected.stream().map(ModelInput::name).toList());
            }
            rasters.add(InputRaster.of(input, coverage));
        }
        return rasters;
    }

    private static void requireNames(List<ModelInput> expected, Map<String, GridCoverage2D> given) {
        List<String> names = expected.stream().map(ModelInput::name).toList();
        for (String name : new TreeSet<>(given.keySet())) {
            if (!names.contains(name)) {
                throw new SegmentationException("the model has no input '" + name + "'; it takes " + names);
            }
        }
    }
}
