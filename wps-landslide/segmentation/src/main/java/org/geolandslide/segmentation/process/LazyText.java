package org.geolandslide.segmentation.process;

import java.util.Optional;
import java.util.function.Supplier;

/** Text that is made when it is first read: a result that nobody asks for costs nothing. */
final class LazyText implements CharSequence {
    private final Supplier<String> source;
    private Optional<String> text = Optional.empty();

    LazyText(Supplier<String> source) {
        this.source = source;
    }

    @Override
    public int length() {
        return toString().length();
    }

    @Override
    public char charAt(int index) {
        return toString().charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return toString().subSequence(start, end);
    }

    @Override
    public synchronized String toString() {
        if (text.isEmpty()) {
            text = Optional.of(source.get());
        }
        return text.get();
    }
}
