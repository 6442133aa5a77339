package org.geolandslide.training;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Small chips without elevation, each of another colour, with a bare square for a landslide. */
public final class SyntheticChips {
    /** Side in pixels. */
    public static final int SIDE = 32;

    private SyntheticChips() {}

    /** Writes a chip into the folders {@code image} and {@code mask}; the same number gives the same bytes. */
    public static void write(Path folder, String name, int number) throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        BufferedImage mask = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                boolean landslide = x >= 8 && x < 20 && y >= 4 + number % 8 && y < 20;
                image.setRGB(x, y, (landslide ? 0xA08060 : 0x205020) + number);
                mask.getRaster().setSample(x, y, 0, landslide ? 255 : 0);
            }
        }
        write(image, folder.resolve("image"), name);
        write(mask, folder.resolve("mask"), name);
    }

    private static void write(BufferedImage image, Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        ImageIO.write(image, "png", folder.resolve(name + ".png").toFile());
    }
}
