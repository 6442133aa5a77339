package org.geolandslide.segmentation.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;

class TileDeflaterTests {
    private static final int SIDE = 256;

    /** Of noise, so that a tile does not fit into the compressor's buffer at once. */
    private final byte[] samples = new byte[7 + SIDE * SIDE];

    private final TileDeflater deflater = new TileDeflater(6);

    @Test
    void every_tile_is_a_stream_of_its_own_also_after_an_image_has_ended() throws IOException, DataFormatException {
        for (int tile = 0; tile < 4; tile++) {
            new Random(tile).nextBytes(samples);
            byte[] deflated = encode();
            assertThat(inflate(deflated)).isEqualTo(Arrays.copyOfRange(samples, 7, samples.length));
            if (tile == 1) {
                deflater.dispose();
            }
        }
        deflater.end();
    }

    @Test
    void equal_tiles_make_equal_bytes() throws IOException {
        Arrays.fill(samples, (byte) 3);
        byte[] first = encode();
        assertThat(first).hasSizeBetween(10, 200);
        assertThat(encode()).isEqualTo(first);
        deflater.end();
    }

    private byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            deflater.setStream(stream);
            int written = deflater.encode(samples, 7, SIDE, SIDE, new int[] {8}, SIDE);
            stream.flush();
            assertThat(written).isEqualTo(bytes.size());
        }
        return bytes.toByteArray();
    }

    private static byte[] inflate(byte[] deflated) throws DataFormatException {
        Inflater inflater = new Inflater();
        inflater.setInput(deflated);
        byte[] tile = new byte[SIDE * SIDE + 1];
        int length = inflater.inflate(tile);
        assertThat(inflater.finished()).isTrue();
        assertThat(inflater.getRemaining()).isZero();
        inflater.end();
        return Arrays.copyOf(tile, length);
    }
}
