package org.geolandslide.training.data;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Writes chips in the layout and format of Landslide4Sense: noise, in which landslides are bright in red and steep. */
public final class TinyLandslide4Sense {
    private TinyLandslide4Sense() {}

    /** Writes the chips {@code first} to {@code first + count - 1} into a folder. */
    public static void write(Path folder, int first, int count, int side) throws IOException {
        Files.createDirectories(folder.resolve("img"));
        Files.createDirectories(folder.resolve("mask"));
        for (int number = first; number < first + count; number++) {
            double[][][] image = new double[side][side][14];
            byte[][] mask = new byte[side][side];
            SplittableRandom random = new SplittableRandom(number);
            int left = random.nextInt(side / 2);
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    mask[y][x] = (byte) (x >= left && x < left + side / 3 && y > side / 4 ? 1 : 0);
                    for (int band = 0; band < 14; band++) {
                        image[y][x][band] = random.nextDouble(0.5, 1.5);
                    }
                    image[y][x][3] += mask[y][x];
                    image[y][x][12] += mask[y][x];
                }
            }
            write(folder, "img", "image_" + number, image);
            write(folder, "mask", "mask_" + number, mask);
        }
    }

    /** Writes one file with one dataset of the same name as its folder. */
    static void write(Path folder, String kind, String name, Object values) {
        try (WritableHdfFile file = HdfFile.write(folder.resolve(kind).resolve(name + ".h5"))) {
            file.putDataset(kind, values);
        }
    }
}
