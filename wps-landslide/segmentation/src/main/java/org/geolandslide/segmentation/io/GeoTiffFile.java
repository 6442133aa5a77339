package org.geolandslide.segmentation.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.geolandslide.model.OutputFile;
import org.geotools.api.data.DataSourceException;
import org.geotools.api.parameter.GeneralParameterValue;
import org.geotools.api.parameter.ParameterValueGroup;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.grid.io.AbstractGridFormat;
import org.geotools.gce.geotiff.GeoTiffFormat;
import org.geotools.gce.geotiff.GeoTiffReader;
import org.geotools.gce.geotiff.GeoTiffWriteParams;
import org.geotools.gce.geotiff.GeoTiffWriter;

/** A GeoTIFF that is read tile by tile, when its pixels are asked for. */
public final class GeoTiffFile implements AutoCloseable {
    private static final int TILE = 512;
    /** Classic TIFF ends at 4 GiB; compression may gain nothing. */
    private static final long BIG = 3L << 30;

    private final GeoTiffReader reader;
    private final GridCoverage2D coverage;

    private GeoTiffFile(GeoTiffReader reader, GridCoverage2D coverage) {
        this.reader = reader;
        this.coverage = coverage;
    }

    /**
     * Opens a file.
     *
     * @throws IOException if there is no such file or it is not a GeoTIFF
     */
    public static GeoTiffFile open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!new GeoTiffFormat().accepts(file.toFile())) {
            throw new IOException(file + " is not a GeoTIFF: no TIFF, or one without georeference");
        }
        GeoTiffReader reader;
        try {
            reader = new GeoTiffReader(file.toFile());
        } catch (DataSourceException e) {
            throw new IOException(file + " is not a georeferenced TIFF: " + e.getMessage(), e);
        }
        try {
            return new GeoTiffFile(reader, reader.read(new GeneralParameterValue[0]));
        } catch (IOException | RuntimeException e) {
            reader.dispose();
            throw e;
        }
    }

    /** The raster; its pixels can be read until this file is closed. */
    public GridCoverage2D coverage() {
        return coverage;
    }

    @Override
    public void close() {
        coverage.dispose(true);
        reader.dispose();
    }

    /** Writes a coverage tile by tile: tiled, compressed without loss, with its nodata value. */
    public static void write(GridCoverage2D coverage, Path file) throws IOException {
        OutputFile.write(file, unfinished -> writeTo(coverage, unfinished));
    }

    private static void writeTo(GridCoverage2D coverage, Path file) throws IOException {
        GeoTiffWriteParams parameters = new GeoTiffWriteParams();
        parameters.setCompressionMode(GeoTiffWriteParams.MODE_EXPLICIT);
        parameters.setCompressionType("Deflate");
        parameters.setTilingMode(GeoTiffWriteParams.MODE_EXPLICIT);
        parameters.setTiling(TILE, TILE);
        var image = coverage.getRenderedImage();
        long bytes = (long) image.getWidth()
                * image.getHeight()
                * image.getColorModel().getPixelSize()
                / Byte.SIZE;
        parameters.setForceToBigTIFF(bytes > BIG);
        ParameterValueGroup group = new GeoTiffFormat().getWriteParameters();
        group.parameter(AbstractGridFormat.GEOTOOLS_WRITE_PARAMS.getName().toString())
                .setValue(parameters);
        GeoTiffWriter writer = new GeoTiffWriter(file.toFile());
        try {
            writer.write(coverage, group.values().toArray(new GeneralParameterValue[0]));
        } finally {
            writer.dispose();
        }
    }
}
