package org.geolandslide.segmentation;

import java.awt.Point;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.util.Map;
import org.geolandslide.segmentation.alignment.Nodata;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.grid.GridCoverageFactory;
import org.geotools.referencing.CRS;

/** Small rasters of known content. */
public final class Rasters {
    private Rasters() {}

    /** Content of a raster. */
    @FunctionalInterface
    public interface Content {
        /** Value of a band at a pixel. */
        double at(int x, int y, int band);
    }

    /** How far a result may be from what the model said: half a step of its precision, and the arithmetic's noise. */
    public static final float PRECISION = 0.5f / 4096 + 1e-5f;

    /** CRS of an EPSG code, longitude first. */
    public static CoordinateReferenceSystem crs(String code) {
        try {
            return CRS.decode(code, true);
        } catch (FactoryException e) {
            throw new IllegalArgumentException(code, e);
        }
    }

    /** A grid with square pixels, north up. */
    public static RasterGrid grid(int width, int height, double west, double north, double pixel, String code) {
        return new RasterGrid(width, height, new AffineTransform(pixel, 0, 0, -pixel, west, north), crs(code));
    }

    /** Ten metre pixels in UTM zone 32. */
    public static RasterGrid utm(int width, int height) {
        return grid(width, height, 600_000, 5_200_000, 10, "EPSG:32632");
    }

    /** A raster of bytes. */
    public static GridCoverage2D bytes(RasterGrid grid, int bands, Content content) {
        return coverage(grid, image(grid, DataBuffer.TYPE_BYTE, bands, content), Map.of());
    }

    /** Red, green and blue bytes, red as given. */
    public static GridCoverage2D red(RasterGrid grid, Content red) {
        return bytes(grid, 3, (x, y, band) -> band == 0 ? red.at(x, y, 0) : 7);
    }

    /** A raster of floats. */
    public static GridCoverage2D floats(RasterGrid grid, Content content) {
        return coverage(grid, image(grid, DataBuffer.TYPE_FLOAT, 1, content), Map.of());
    }

    /** A raster of one band with a declared nodata value. */
    public static GridCoverage2D withNodata(RasterGrid grid, int dataType, double nodata, Content content) {
        return coverage(grid, image(grid, dataType, 1, content), Nodata.properties(nodata));
    }

    /** A raster of three byte bands with a declared nodata value. */
    public static GridCoverage2D colours(RasterGrid grid, double nodata, Content content) {
        return coverage(grid, image(grid, DataBuffer.TYPE_BYTE, 3, content), Nodata.properties(nodata));
    }

    /** A coverage around an image. */
    public static GridCoverage2D coverage(RasterGrid grid, RenderedImage image, Map<String, Object> properties) {
        return new GridCoverageFactory().create("test", image, grid.geometry(), null, null, properties);
    }

    /** An image of known content. */
    public static RenderedImage image(RasterGrid grid, int dataType, int bands, Content content) {
        ColorModel colours = new ComponentColorModel(
                java.awt.color.ColorSpace.getInstance(
                        bands == 3 ? java.awt.color.ColorSpace.CS_sRGB : java.awt.color.ColorSpace.CS_GRAY),
                false,
                false,
                java.awt.Transparency.OPAQUE,
                dataType);
        WritableRaster raster = Raster.createWritableRaster(
                colours.createCompatibleSampleModel(grid.width(), grid.height()), new Point());
        for (int y = 0; y < grid.height(); y++) {
            for (int x = 0; x < grid.width(); x++) {
                for (int band = 0; band < bands; band++) {
                    raster.setSample(x, y, band, content.at(x, y, band));
                }
            }
        }
        return new BufferedImage(colours, raster, false, null);
    }

    /** All samples of a coverage's first band, row-major. */
    public static float[] samples(GridCoverage2D coverage) {
        return samples(coverage.getRenderedImage());
    }

    /** All samples of an image's first band, row-major. */
    public static float[] samples(RenderedImage image) {
        Raster data = image.getData();
        return data.getSamples(data.getMinX(), data.getMinY(), data.getWidth(), data.getHeight(), 0, (float[]) null);
    }
}
