package org.geolandslide.segmentation.alignment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** GeoTIFFs with the metadata that GDAL writes, in UTM zone 32 with pixels of ten metres: two bytes per sample, one strip. */
final class GdalTiff {
    private static final int HEADER = 8;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int ASCII = 2;
    private static final int DOUBLE = 12;

    private record Tag(int number, int type, int count, byte[] value) {}

    private GdalTiff() {}

    /**
     * Writes a file.
     *
     * @param samples {@code [row][column][band]}
     * @param items what stands in the metadata, e.g. {@code <Item name="SCALE" sample="0" role="scale">0.5</Item>}
     */
    static Path write(Path file, short[][][] samples, String items, String nodata) throws IOException {
        int height = samples.length;
        int width = samples[0].length;
        int bands = samples[0][0].length;
        int bytes = height * width * bands * Short.BYTES;
        List<Tag> tags = new ArrayList<>(List.of(
                shorts(256, width),
                shorts(257, height),
                shorts(258, same(16, bands)),
                shorts(259, 1),
                shorts(262, 1),
                longs(273, HEADER),
                shorts(277, bands),
                shorts(278, height),
                longs(279, bytes),
                shorts(284, 1)));
        if (bands > 1) {
            tags.add(shorts(338, same(0, bands - 1)));
        }
        tags.add(shorts(339, same(2, bands)));
        tags.add(doubles(33550, 10, 10, 0));
        tags.add(doubles(33922, 0, 0, 0, 600_000, 5_200_000, 0));
        tags.add(shorts(34735, 1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 32632));
        tags.add(text(42112, "<GDALMetadata>\n" + items + "\n</GDALMetadata>"));
        tags.add(text(42113, nodata));
        ByteBuffer buffer = ByteBuffer.allocate(bytes + 4096).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(HEADER + bytes);
        for (short[][] row : samples) {
            for (short[] pixel : row) {
                for (short sample : pixel) {
                    buffer.putShort(sample);
                }
            }
        }
        writeTags(buffer, tags);
        byte[] content = new byte[buffer.position()];
        buffer.rewind().get(content);
        return Files.write(file, content);
    }

    private static void writeTags(ByteBuffer buffer, List<Tag> tags) {
        buffer.putShort((short) tags.size());
        int beyond = buffer.position() + 12 * tags.size() + Integer.BYTES;
        ByteBuffer values = ByteBuffer.allocate(buffer.capacity() - beyond).order(ByteOrder.LITTLE_ENDIAN);
        for (Tag tag : tags) {
            buffer.putShort((short) tag.number()).putShort((short) tag.type()).putInt(tag.count());
            if (tag.value().length <= Integer.BYTES) {
                buffer.put(java.util.Arrays.copyOf(tag.value(), Integer.BYTES));
            } else {
                buffer.putInt(beyond + values.position());
                values.put(tag.value());
            }
        }
        buffer.putInt(0).put(values.flip());
    }

    private static int[] same(int value, int count) {
        int[] values = new int[count];
        java.util.Arrays.fill(values, value);
        return values;
    }

    private static Tag shorts(int number, int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            buffer.putShort((short) value);
        }
        return new Tag(number, SHORT, values.length, buffer.array());
    }

    private static Tag longs(int number, int value) {
        ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return new Tag(number, LONG, 1, buffer.putInt(value).array());
    }

    private static Tag doubles(int number, double... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            buffer.putDouble(value);
        }
        return new Tag(number, DOUBLE, values.length, buffer.array());
    }

    private static Tag text(int number, String text) {
        byte[] value = (text + "\0").getBytes(StandardCharsets.US_ASCII);
        return new Tag(number, ASCII, value.length, value);
    }
}
