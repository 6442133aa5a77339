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
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.geotools.api.parameter.GeneralParameterValue;
import org.geotools.api.parameter.ParameterValue;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.grid.GridCoverageFactory;
import org.geotools.coverage.grid.io.AbstractGridFormat;
import org.geotools.coverage.util.CoverageUtilities;
import org.geotools.gce.geotiff.GeoTiffFormat;
import org.geotools.gce.geotiff.GeoTiffWriteParams;
import org.geotools.gce.geotiff.GeoTiffWriter;
import org.geotools.geometry.jts.ReferencedEnvelope;

/** Writes arrays as GeoTIFF: tiles of 256 x 256 pixels, deflated, with the no-data value declared. */
final class GeoTiffFile {

    private static final int TILE = 256;

    private GeoTiffFile() {}

    /** Writes bytes, pixel by pixel with the given number of bands: 1 grey or 3 red, green, blue. */
    static void write(Path file, byte[] pixels, int bands, int width, ReferencedEnvelope extent, double noData)
            throws IOException {
        write(file, new DataBufferByte(pixels, pixels.length), bands, width, extent, noData);
    }

    /** Writes one band of floats. */
    static void write(Path file, float[] pixels, int width, ReferencedEnvelope extent, double noData)
            throws IOException {
        write(file, new DataBufferFloat(pixels, pixels.length), 1, width, extent, noData);
    }

    private static void write(
            Path file, DataBuffer pixels, int bands, int width, ReferencedEnvelope extent, double noData)
            throws IOException {
        int height = pixels.getSize() / bands / width;
        int[] offsets = bands == 3 ? new int[] {0, 1, 2} : new int[] {0};
        WritableRaster raster = Raster.createWritableRaster(
                new PixelInterleavedSampleModel(pixels.getDataType(), width, height, bands, bands * width, offsets),
                pixels,
                null);
        ColorSpace space = ColorSpace.getInstance(bands == 3 ? ColorSpace.CS_sRGB : ColorSpace.CS_GRAY);
        ColorModel colours = new ComponentColorModel(space, false, false, ColorModel.OPAQUE, pixels.getDataType());
        Map<String, Object> properties = new HashMap<>();
        CoverageUtilities.setNoDataProperty(properties, noData);
        String name = file.getFileName().toString().replace(".tif", "");
        GridCoverage2D coverage = new GridCoverageFactory()
                .create(name, new BufferedImage(colours, raster, false, null), extent, null, null, properties);
        GeoTiffWriter writer = new GeoTiffWriter(file.toFile());
        try {
            writer.write(coverage, parameters());
        } finally {
            writer.dispose();
            coverage.dispose(true);
        }
    }

    private static GeneralParameterValue[] parameters() {
        GeoTiffWriteParams layout = new GeoTiffWriteParams();
        layout.setTilingMode(GeoTiffWriteParams.MODE_EXPLICIT);
        layout.setTiling(TILE, TILE);
        layout.setCompressionMode(GeoTiffWriteParams.MODE_EXPLICIT);
        layout.setCompressionType("Deflate");
        ParameterValue<?> value = new GeoTiffFormat()
                .getWriteParameters()
                .parameter(AbstractGridFormat.GEOTOOLS_WRITE_PARAMS.getName().toString());
        value.setValue(layout);
        return new GeneralParameterValue[] {value};
    }
}
