package org.geolandslide.training.data;

import java.awt.Dimension;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageInputStream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Reads pictures without georeference: JPEG, PNG, TIFF. */
final class ImageFile {
    private static final String GDAL_NODATA = "42113";

    private ImageFile() {}

    /** What is done with an open picture. */
    private interface Use<T> {
        T of(ImageReader reader) throws IOException;
    }

    /**
     * Pixels as they are stored, colours decoded to RGB.
     *
     * @throws IOException if the file is not a picture
     */
    static Raster read(Path file) throws IOException {
        return with(file, reader -> reader.read(0).getRaster());
    }

    /** Columns and rows, without reading the pixels. */
    static Dimension size(Path file) throws IOException {
        return with(file, reader -> new Dimension(reader.getWidth(0), reader.getHeight(0)));
    }

    /**
     * The nodata value that a TIFF file declares as GDAL does, as text in the tag 42113.
     *
     * @throws IOException if the file is not a picture
     */
    static OptionalDouble nodata(Path file) throws IOException {
        return with(file, reader -> {
            IIOMetadata metadata = reader.getImageMetadata(0);
            String format = metadata == null ? null : metadata.getNativeMetadataFormatName();
            if (format == null || !format.contains("tiff")) {
                return OptionalDouble.empty();
            }
            NodeList fields = ((Element) metadata.getAsTree(format)).getElementsByTagName("TIFFField");
            for (int i = 0; i < fields.getLength(); i++) {
                Element field = (Element) fields.item(i);
                NodeList texts = field.getElementsByTagName("TIFFAscii");
                if (field.getAttribute("number").equals(GDAL_NODATA) && texts.getLength() > 0) {
                    String text =
                            ((Element) texts.item(0)).getAttribute("value").trim();
                    return OptionalDouble.of(Double.parseDouble(text));
                }
            }
            return OptionalDouble.empty();
        });
    }

    private static <T> T with(Path file, Use<T> use) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            if (in == null) {
                throw new IOException(file + " cannot be read");
            }
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException(file + " is not a picture (JPEG, PNG or TIFF)");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in);
                return use.of(reader);
            } catch (IOException | RuntimeException e) {
                // Readers throw what they like at damaged files, and none names them.
                throw new IOException(file + " cannot be read: " + e.getMessage(), e);
            } finally {
                reader.dispose();
            }
        }
    }

    /** Samples of one band, row-major. */
    static float[] band(Raster raster, int band) {
        return raster.getSamples(
                raster.getMinX(), raster.getMinY(), raster.getWidth(), raster.getHeight(), band, (float[]) null);
    }
}
