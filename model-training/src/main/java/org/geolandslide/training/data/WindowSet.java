package org.geolandslide.training.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * The windows of some samples: side by side over each sample, those without enough labelled pixels left out. In training each
 * window is moved at random so that the network learns no positions: by up to half its side within its sample, and as far as is asked
 * beyond the edges of a sample that is no larger than the window, where pixels are reflected and take no part.
 */
public final class WindowSet {
    /** Share of a window that must be labelled. */
    private static final double LEAST_LABELLED = 0.2;

    private final int size;
    private final List<Window> windows = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();

    /**
     * Samples of one source.
     *
     * @param samples the samples
     * @param weight how often each of their windows comes in an epoch of training, positive; of 1.5, all come once and a random half
     *     of them again
     */
    public record Part(List<Sample> samples, double weight) {
        public Part {
            samples = List.copyOf(samples);
            if (!(weight > 0 && Double.isFinite(weight))) {
                throw new IllegalArgumentException("weight is " + weight + ", expected a positive number");
            }
        }
    }

    /** Windows of one source: those from one index to before another, and their weight. */
    private record Group(int from, int to, double weight) {
        int whole() {
            return (int) weight;
        }

        int more() {
            return (int) Math.round((weight - whole()) * (to - from));
        }
    }

    /**
     * The windows of samples, each once in an epoch.
     *
     * @param size side of a window in pixels
     */
    public WindowSet(List<Sample> samples, int size) {
        this(size, List.of(new Part(samples, 1)));
    }

    /**
     * The windows of several sources.
     *
     * @param size side of a window in pixels
     */
    public WindowSet(int size, List<Part> parts) {
        this.size = size;
        for (Part part : parts) {
            int from = windows.size();
            addWindows(part.samples());
            groups.add(new Group(from, windows.size(), part.weight()));
        }
    }

    private void addWindows(List<Sample> samples) {
        for (Sample sample : samples) {
            for (int y : starts(sample.height())) {
                for (int x : starts(sample.width())) {
                    Window window = new Window(sample, x, y);
                    if (labelledShare(window) >= LEAST_LABELLED) {
                        windows.add(window);
                    }
                }
            }
        }
    }

    /** Starts of windows that cover a length: from both ends, evenly between; in the middle of something smaller. */
    private List<Integer> starts(int length) {
        if (length <= size) {
            return List.of(-(size - length) / 2);
        }
        int count = (length + size - 1) / size;
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            starts.add((int) ((long) i * (length - size) / (count - 1)));
        }
        return starts;
    }

    private double labelledShare(Window window) {
        Sample sample = window.sample();
        long labelled = 0;
        long pixels = 0;
        for (int y = Math.max(0, window.y()); y < Math.min(sample.height(), window.y() + size); y++) {
            for (int x = Math.max(0, window.x()); x < Math.min(sample.width(), window.x() + size); x++) {
                labelled += sample.labels()[y * sample.width() + x] == Sample.UNLABELLED ? 0 : 1;
                pixels++;
            }
        }
        return (double) labelled / pixels;
    }

    /** Side of a window in pixels. */
    public int size() {
        return size;
    }

    /** The windows where they lie, in a fixed order. */
    public List<Window> windows() {
        return Collections.unmodifiableList(windows);
    }

    /** Whether a pixel of any window is labelled as landslide. */
    public boolean hasLandslide() {
        return windows.stream().map(Window::sample).distinct().anyMatch(Sample::hasLandslide);
    }

    /** Number of windows in an epoch of training. */
    public int perEpoch() {
        return groups.stream()
                .mapToInt(group -> group.whole() * (group.to() - group.from()) + group.more())
                .sum();
    }

    /**
     * The windows of one epoch of training: each as often as its weight says, moved at random, in random order.
     *
     * @param shift how far windows of samples that are no larger are moved along each axis, as a share of their side
     */
    public List<Window> shuffled(double shift, SplittableRandom random) {
        List<Window> epoch = new ArrayList<>();
        for (Group group : groups) {
            List<Window> own = windows.subList(group.from(), group.to());
            for (int copy = 0; copy < group.whole(); copy++) {
                own.forEach(window -> epoch.add(moved(window, shift, random)));
            }
            if (group.more() > 0) {
                List<Window> some = new ArrayList<>(own);
                Collections.shuffle(some, new Random(random.nextLong()));
                some.subList(0, group.more()).forEach(window -> epoch.add(moved(window, shift, random)));
            }
        }
        Collections.shuffle(epoch, new Random(random.nextLong()));
        return epoch;
    }

    private Window moved(Window window, double shift, SplittableRandom random) {
        return new Window(
                window.sample(),
                moved(window.x(), window.sample().width(), shift, random),
                moved(window.y(), window.sample().height(), shift, random));
    }

    private int moved(int start, int length, double shift, SplittableRandom random) {
        if (length <= size) {
            int most = (int) (shift * size);
            return start + random.nextInt(-most, most + 1);
        }
        int moved = start + random.nextInt(-size / 2, size / 2 + 1);
        return Math.max(0, Math.min(length - size, moved));
    }
}
