package org.geolandslide.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.nio.file.Files;
import java.nio.file.Path;
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
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        WritableRaster raster = image.getRaster();
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                raster.setPixel(x, y, new int[] {red(x, y) ? 250 : 10, 20, 20});
            }
        }
        RasterGrid grid = new RasterGrid(
                WIDTH, HEIGHT, new AffineTransform(2, 0, 0, -2, 640_000, 5_200_000), CRS.decode(CRS_CODE, true));
        Path file = server.folder().resolve(name + ".tif");
        GeoTiffFile.write(new GridCoverageFactory().create(name, image, grid.envelope()), file);
        Answer answer = server.administrator()
                .send(
                        "PUT",
                        "/rest/workspaces/landslide/coveragestores/" + name + "/file.geotiff?coverageName=" + name,
                        "image/tiff",
                        Files.readAllBytes(file));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }
}
