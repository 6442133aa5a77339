package org.geolandslide.segmentation.io;

import it.geosolutions.imageio.plugins.tiff.BaselineTIFFTagSet;
import it.geosolutions.imageio.plugins.tiff.TIFFCompressor;
import java.io.IOException;
import java.util.zip.Deflater;

/**
 * Deflates the tiles of a TIFF, each a zlib stream of its own. The deflater of imageio-ext 1.4.14, which GeoServer 2.26.2 ships, is
 * never reset: it ends with the first tile and writes nothing for those after it.
 */
final class TileDeflater extends TIFFCompressor {
    /** What the TIFF writer calls this compression. */
    static final String TYPE = "ZLib";

    private final Deflater deflater;
    private final byte[] deflated = new byte[1 << 16];

    /**
     * A compressor for one file; {@link #end} frees its native memory.
     *
     * @param level 1 (fast) to 9 (small)
     */
    TileDeflater(int level) {
        super(TYPE, BaselineTIFFTagSet.COMPRESSION_ZLIB, true);
        deflater = new Deflater(level);
    }

    /**
     * Writes a tile to the stream.
     *
     * @param samples packed rows
     * @param offset of the first row
     * @param width in pixels
     * @param height in rows
     * @param bitsPerSample of each band
     * @param stride bytes of a row
     * @return bytes written
     */
    @Override
    public int encode(byte[] samples, int offset, int width, int height, int[] bitsPerSample, int stride)
            throws IOException {
        deflater.reset();
        deflater.setInput(samples, offset, Math.multiplyExact(stride, height));
        deflater.finish();
        int written = 0;
        while (!deflater.finished()) {
            int length = deflater.deflate(deflated);
            stream.write(deflated, 0, length);
            written += length;
        }
        return written;
    }

    /** Frees the native memory. The writer's {@link #dispose} comes after each image of a file. */
    void end() {
        deflater.end();
    }
}
