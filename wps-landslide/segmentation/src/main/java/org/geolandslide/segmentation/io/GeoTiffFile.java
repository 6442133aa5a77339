package org.geolandslide.segmentation.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.geolandslide.model.OutputFile;
import org.geolandslide.segmentation.product.Provenance;
import org.geotools.api.data.DataSourceException;
import org.geotools.api.parameter.GeneralParameterValue;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.gce.geotiff.GeoTiffFormat;
import org.geotools.gce.geotiff.GeoTiffReader;

/** A GeoTIFF that is read tile by tile, when its pixels are asked for. */
public final class GeoTiffFile implements AutoCloseable {
    /** A classic TIFF ends at 4 GiB; compression may gain nothing, and make a little more of noise. */
    private static final long BIG = 4_000_000_000L;

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
        OutputFile.write(file, unfinished -> new GeoTiffEncoder(coverage, BIG).write(unfinished, List.of(), false));
    }

    /**
     * Writes a product tile by tile: tiled, compressed without loss, with its nodata value, with overviews of half the size each
     * down to a single tile, and with tags that say what made it. Every pixel of the coverage is asked for once; memory does not
     * depend on the raster's size.
     *
     * @param coverage one band; with a palette an overview shows the value of most pixels, else their mean
     * @throws IOException if the file cannot be written or the coverage's CRS is neither projected nor geographic
     */
    public static void write(GridCoverage2D coverage, Path file, Provenance provenance) throws IOException {
        OutputFile.write(file, unfinished -> new GeoTiffEncoder(coverage, BIG)
                .write(unfinished, GeoTiffTags.of(provenance, Instant.now()), true));
    }
}
