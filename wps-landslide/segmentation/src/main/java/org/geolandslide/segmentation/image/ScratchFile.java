package org.geolandslide.segmentation.image;

import java.awt.Point;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A temporary file for tiles that were hard to compute and may be asked for again when memory has dropped them. It has no name that
 * outlives the process, and is gone when nobody refers to it any more. Not for use by several threads.
 */
public final class ScratchFile {
    private static final Cleaner CLEANER = Cleaner.create();

    private final long mostBytes;
    private final Map<Point, Long> places = new HashMap<>();
    private @Nullable FileChannel channel;
    private long end;
    private boolean full;

    /**
     * A file, which is made when it is first written.
     *
     * @param mostBytes size up to which tiles are taken; 0 takes none
     */
    public ScratchFile(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Takes a tile, if there is room; a file that cannot be written takes no more. */
    public void write(Point tile, float[]... values) {
        long bytes = 0;
        for (float[] array : values) {
            bytes += (long) array.length * Float.BYTES;
        }
        if (full || places.containsKey(tile)) {
            return;
        }
        if (end + bytes > mostBytes) {
            full = true;
            return;
        }
        try {
            long place = end;
            for (float[] array : values) {
                ByteBuffer buffer = ByteBuffer.allocate(array.length * Float.BYTES);
                buffer.asFloatBuffer().put(array);
                while (buffer.hasRemaining()) {
                    place += channel().write(buffer, place);
                }
            }
            places.put(tile, end);
            end = place;
        } catch (IOException e) {
            // No room on the disk: what is not kept is computed again.
            full = true;
        }
    }

    /**
     * A tile that was taken.
     *
     * @param lengths numbers of values of its arrays
     * @return empty if it was not taken
     */
    public Optional<float[][]> read(Point tile, int... lengths) {
        Long place = places.get(tile);
        if (place == null) {
            return Optional.empty();
        }
        long position = place;
        float[][] values = new float[lengths.length][];
        try {
            for (int i = 0; i < lengths.length; i++) {
                ByteBuffer buffer = ByteBuffer.allocate(lengths[i] * Float.BYTES);
                while (buffer.hasRemaining()) {
                    int read = channel().read(buffer, position);
                    if (read < 0) {
                        throw new IOException("the temporary file ends at " + position);
                    }
                    position += read;
                }
                values[i] = new float[lengths[i]];
                buffer.flip().asFloatBuffer().get(values[i]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a temporary file cannot be read: " + e.getMessage(), e);
        }
        return Optional.of(values);
    }

    private FileChannel channel() throws IOException {
        FileChannel present = channel;
        if (present != null) {
            return present;
        }
        Path file = Files.createTempFile("landslide", ".tiles");
        FileChannel opened;
        try {
            opened = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        CLEANER.register(this, () -> close(opened));
        channel = opened;
        return opened;
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
