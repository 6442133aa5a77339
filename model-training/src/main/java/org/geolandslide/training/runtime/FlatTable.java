package org.geolandslide.training.runtime;

import com.google.flatbuffers.Table;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A flatbuffer table whose fields are read by slot, for a schema of which only a few fields matter. */
final class FlatTable extends Table {

    private FlatTable(int position, ByteBuffer buffer) {
        __reset(position, buffer);
    }

    /**
     * The root of a buffer.
     *
     * @throws IllegalArgumentException if the buffer has another identifier
     */
    static FlatTable root(ByteBuffer buffer, String identifier) {
        if (buffer.remaining() < 8 || !__has_identifier(buffer, identifier)) {
            throw new IllegalArgumentException("it does not start with the identifier " + identifier);
        }
        return new FlatTable(buffer.getInt(buffer.position()) + buffer.position(), buffer);
    }

    /** Position of a field's value, or 0 if the field is absent. */
    private int field(int slot) {
        int offset = __offset(4 + 2 * slot);
        return offset == 0 ? 0 : offset + bb_pos;
    }

    int integer(int slot) {
        int position = field(slot);
        return position == 0 ? 0 : bb.getInt(position);
    }

    String text(int slot) {
        int position = field(slot);
        return position == 0 ? "" : __string(position);
    }

    FlatTable table(int slot) {
        int position = field(slot);
        if (position == 0) {
            throw new IllegalArgumentException("the table in slot " + slot + " is missing");
        }
        return new FlatTable(__indirect(position), bb);
    }

    List<FlatTable> tables(int slot) {
        List<FlatTable> result = new ArrayList<>();
        int position = field(slot);
        if (position != 0) {
            int vector = position + bb.getInt(position);
            int length = bb.getInt(vector);
            for (int i = 0; i < length; i++) {
                result.add(new FlatTable(__indirect(vector + 4 + 4 * i), bb));
            }
        }
        return result;
    }

    long[] longs(int slot) {
        ByteBuffer content = vector(slot, Long.BYTES);
        long[] result = new long[content.remaining() / Long.BYTES];
        content.asLongBuffer().get(result);
        return result;
    }

    ByteBuffer bytes(int slot) {
        return vector(slot, 1);
    }

    private ByteBuffer vector(int slot, int elementSize) {
        int position = field(slot);
        if (position == 0) {
            return ByteBuffer.allocate(0);
        }
        int vector = position + bb.getInt(position);
        int bytes = Math.multiplyExact(bb.getInt(vector), elementSize);
        return bb.slice(vector + 4, bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
