package org.geolandslide.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geolandslide.segmentation.io.GeoTiffFile;
import org.geotools.coverage.grid.GridCoverageFactory;
import org.geotools.referencing.CRS;

/**
 * A layer of known content: a hundred red fields of 90 x 50 pixels on dark ground, 1300 x 700 pixels of 2 m, so that results are files
 * of several tiles. To the arithmetic models, red is landslide.
 */
final class Checkers {
    static final int WIDTH = 1300;
    static final int HEIGHT = 700;
    static final String CRS_CODE = "EPSG:32632";
    static final String BOUNDS = "640000,5198600,642600,5200000";
    static final int FIELDS = 100;
    static final double FIELD_SQUARE_METRES = 90 * 50 * 4;

    private Checkers() {}

    /** Whether a pixel is red. */
    static boolean red(int x, int y) {
        return x % 130 >= 20 && x % 130 < 110 && y % 70 >= 10 && y % 70 < 60;
    }

    /** Publishes the layer over REST in the workspace {@code landslide}. */
    static void publish(GeoServer server, String name) throws Exception {
        Path file = server.folder().resolve(name + ".tif");
        write(new Rectangle(WIDTH, HEIGHT), file);
        put(server, name + "/file.geotiff?coverageName=" + name, "image/tiff", Files.readAllBytes(file));
    }

    /** Publishes it as a mosaic of four files of different sizes. */
    static void publishMosaic(GeoServer server, String name) throws Exception {
        ByteArrayOutputStream files = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(files)) {
            for (int[] columns : new int[][] {{0, 500}, {500, WIDTH}}) {
                for (int[] rows : new int[][] {{0, 300}, {300, HEIGHT}}) {
                    String granule = name + "_" + columns[0] + "_" + rows[0] + ".tif";
                    Path file = server.folder().resolve(granule);
                    write(new Rectangle(columns[0], rows[0], columns[1] - columns[0], rows[1] - rows[0]), file);
                    zip.putNextEntry(new ZipEntry(granule));
                    zip.write(Files.readAllBytes(file));
                }
            }
        }
        put(server, name + "/file.imagemosaic?coverageName=" + name, "application/zip", files.toByteArray());
    }

    private static void put(GeoServer server, String store, String type, byte[] content) throws Exception {
        Answer answer =
                server.administrator().send("PUT", "/rest/workspaces/landslide/coveragestores/" + store, type, content);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private static void write(Rectangle part, Path file) throws Exception {
        BufferedImage image = new BufferedImage(part.width, part.height, BufferedImage.TYPE_3BYTE_BGR);
        WritableRaster raster = image.getRaster();
        for (int y = 0; y < part.height; y++) {
            for (int x = 0; x < part.width; x++) {
                raster.setPixel(x, y, new int[] {red(part.x + x, part.y + y) ? 250 : 10, 20, 20});
            }
        }
        RasterGrid grid = new RasterGrid(
                part.width,
                part.height,
                new AffineTransform(2, 0, 0, -2, 640_000 + 2 * part.x, 5_200_000 - 2 * part.y),
                CRS.decode(CRS_CODE, true));
        GeoTiffFile.write(new GridCoverageFactory().create("checkers", image, grid.envelope()), file);
    }
}
