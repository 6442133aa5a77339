package org.geolandslide.segmentation.io;

import it.geosolutions.imageio.plugins.tiff.TIFFField;
import it.geosolutions.imageio.plugins.tiff.TIFFImageWriteParam;
import it.geosolutions.imageioimpl.plugins.tiff.TIFFImageMetadata;
import it.geosolutions.imageioimpl.plugins.tiff.TIFFImageWriterSpi;
import it.geosolutions.imageioimpl.plugins.tiff.TIFFStreamMetadata;
import java.awt.geom.AffineTransform;
import java.awt.image.DataBuffer;
import java.awt.image.RenderedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.FileImageOutputStream;
import javax.imageio.stream.ImageOutputStream;
import org.geolandslide.segmentation.alignment.Nodata;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.api.referencing.crs.GeographicCRS;
import org.geotools.api.referencing.crs.ProjectedCRS;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.grid.io.imageio.geotiff.CRS2GeoTiffMetadataAdapter;
import org.geotools.coverage.grid.io.imageio.geotiff.GeoTiffConstants;
import org.geotools.coverage.grid.io.imageio.geotiff.GeoTiffIIOMetadataEncoder;
import org.geotools.gce.geotiff.GeoTiffWriter;
import org.geotools.referencing.CRS;

/**
 * Writes a coverage as a GeoTIFF tile by tile, and overviews of it behind. GeoTools' writer closes the file after the first image,
 * and the TIFF writer below it does not recognise every BigTIFF that it has closed; so that one is driven from here.
 */
final class GeoTiffEncoder {
    /** Side of a tile in pixels. */
    static final int TILE = 512;

    /** Deflate level of floats: higher ones take time and gain nothing, see docs/performance.md. */
    private static final int LEVEL_OF_FLOATS = 1;

    private static final int LEVEL = 6;

    private static final AffineTransform SWAP = new AffineTransform(0, 1, 1, 0, 0, 0);

    private final GridCoverage2D coverage;
    private final RenderedImage image;
    private final OptionalDouble nodata;
    private final int level;
    private final TIFFImageWriteParam parameters = new TIFFImageWriteParam(Locale.ROOT);

    /**
     * Prepares.
     *
     * @param bigFrom bytes before compression, overviews included, from which the file becomes a BigTIFF
     */
    GeoTiffEncoder(GridCoverage2D coverage, long bigFrom) {
        this.coverage = coverage;
        image = coverage.getRenderedImage();
        nodata = Nodata.of(coverage);
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionType(TileDeflater.TYPE);
        level = image.getSampleModel().getDataType() == DataBuffer.TYPE_FLOAT ? LEVEL_OF_FLOATS : LEVEL;
        parameters.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setTiling(TILE, TILE, 0, 0);
        parameters.setForceToBigTIFF(bytes() >= bigFrom);
    }

    /** Bytes of all tiles, those of the overviews included. */
    private long bytes() {
        long tileBytes = (long) TILE * TILE * image.getColorModel().getPixelSize() / Byte.SIZE;
        long tiles = 0;
        int width = image.getWidth();
        int height = image.getHeight();
        do {
            tiles += (long) tiles(width) * tiles(height);
            width = half(width);
            height = half(height);
        } while (Math.max(width, height) > TILE / 2);
        return tiles * tileBytes;
    }

    private static int tiles(int pixels) {
        return (pixels + TILE - 1) / TILE;
    }

    private static int half(int pixels) {
        return (pixels + 1) / 2;
    }

    /**
     * Writes the file.
     *
     * @param file not there yet
     * @param tags more fields of the first image
     * @param overviews whether overviews follow, each of half the size, down to one that is a single tile; the coverage then has
     *     one band
     * @throws IOException if the file cannot be written or the coverage's CRS has no place in a GeoTIFF
     */
    void write(Path file, List<TIFFField> tags, boolean overviews) throws IOException {
        if (overviews && image.getSampleModel().getNumBands() != 1) {
            throw new IllegalArgumentException("a raster of "
                    + image.getSampleModel().getNumBands() + " bands, expected one for a file with overviews");
        }
        ImageWriter writer = new TIFFImageWriterSpi().createWriterInstance(null);
        TileDeflater deflater = new TileDeflater(level);
        parameters.setTIFFCompressor(deflater);
        // Not buffered: the overviews are made of what has been written.
        try (ImageOutputStream out = new FileImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            TIFFStreamMetadata header = new TIFFStreamMetadata();
            header.byteOrder = ByteOrder.LITTLE_ENDIAN;
            writer.write(header, new IIOImage(image, null, georeferenced(writer, tags)), parameters);
            int longer = Math.max(image.getWidth(), image.getHeight());
            for (int page = 0; overviews && longer > TILE; page++) {
                append(writer, file, page);
                longer = half(longer);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            writer.dispose();
            deflater.end();
        }
    }

    private void append(ImageWriter writer, Path file, int page) throws IOException {
        try (OverviewImage overview = OverviewImage.of(file, page, image.getColorModel(), nodata.orElse(Double.NaN))) {
            IIOMetadata metadata = writer.getDefaultImageMetadata(type(), parameters);
            add(metadata, List.of(GeoTiffTags.reducedResolution()));
            nodata.ifPresent(value -> add(metadata, List.of(GeoTiffTags.nodata(value))));
            writer.writeInsert(-1, new IIOImage(overview, null, metadata), parameters);
        }
    }

    private IIOMetadata georeferenced(ImageWriter writer, List<TIFFField> tags) throws IOException {
        CoordinateReferenceSystem crs = coverage.getCoordinateReferenceSystem2D();
        if (!(crs instanceof ProjectedCRS || crs instanceof GeographicCRS)) {
            throw new IOException("a GeoTIFF cannot have the CRS "
                    + crs.getName().getCode() + ", expected a projected or geographic one");
        }
        GeoTiffIIOMetadataEncoder encoder = new CRS2GeoTiffMetadataAdapter(crs).parseCoordinateReferenceSystem();
        encoder.addGeoShortParam(GeoTiffConstants.GTRasterTypeGeoKey, GeoTiffConstants.RasterPixelIsArea);
        AffineTransform toWorld = RasterGrid.of(coverage).toWorld();
        if (CRS.getAxisOrder(crs) == CRS.AxisOrder.NORTH_EAST) {
            toWorld.preConcatenate(SWAP);
        }
        encoder.setModelTransformation(toWorld);
        nodata.ifPresent(encoder::setNoData);
        IIOMetadata metadata = GeoTiffWriter.createGeoTiffIIOMetadata(writer, type(), encoder, parameters);
        add(metadata, tags);
        return metadata;
    }

    private ImageTypeSpecifier type() {
        return new ImageTypeSpecifier(image.getColorModel(), image.getSampleModel());
    }

    private static void add(IIOMetadata metadata, List<TIFFField> fields) {
        fields.forEach(((TIFFImageMetadata) metadata).getRootIFD()::addTIFFField);
    }
}
