package org.geolandslide.training.synthetic;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferFloat;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import org.geolandslide.segmentation.alignment.Nodata;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.grid.GridCoverageFactory;
import org.geotools.geometry.jts.ReferencedEnvelope;

/** Arrays as georeferenced rasters with a declared no-data value. */
final class SceneCoverage {

    private SceneCoverage() {}

    /** Bytes, pixel by pixel with the given number of bands: 1 grey or 3 red, green, blue. */
    static GridCoverage2D of(byte[] pixels, int bands, int width, ReferencedEnvelope extent, double noData) {
        return of(new DataBufferByte(pixels, pixels.length), bands, width, extent, noData);
    }

    /** One band of floats. */
    static GridCoverage2D of(float[] pixels, int width, ReferencedEnvelope extent, double noData) {
        return of(new DataBufferFloat(pixels, pixels.length), 1, width, extent, noData);
    }

    private static GridCoverage2D of(
            DataBuffer pixels, int bands, int width, ReferencedEnvelope extent, double noData) {
        int height = pixels.getSize() / bands / width;
        int[] offsets = bands == 3 ? new int[] {0, 1, 2} : new int[] {0};
        WritableRaster raster = Raster.createWritableRaster(
                new PixelInterleavedSampleModel(pixels.getDataType(), width, height, bands, bands * width, offsets),
                pixels,
                null);
        ColorSpace space = ColorSpace.getInstance(bands == 3 ? ColorSpace.CS_sRGB : ColorSpace.CS_GRAY);
        ColorModel colours = new ComponentColorModel(space, false, false, ColorModel.OPAQUE, pixels.getDataType());
        return new GridCoverageFactory()
                .create(
                        "scene",
                        new BufferedImage(colours, raster, false, null),
                        extent,
                        null,
                        null,
                        Nodata.properties(noData));
    }
}
