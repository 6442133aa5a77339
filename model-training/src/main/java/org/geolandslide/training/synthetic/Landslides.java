package org.geolandslide.training.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** All landslides of a scene: placed one after another on steep ground until they cover the wanted share of it. */
final class Landslides {

    private static final int LEAST_ATTEMPTS = 6000;

    /** Pixels to an attempt in a large scene. */
    private static final int PIXELS_TO_AN_ATTEMPT = 400;

    /** Tangent of the slope under which no landslide starts while there is steeper ground: 27 degrees. */
    private static final double LEAST_SLOPE = 0.51;

    /** Share of the footprint that may lie on earlier landslides. */
    private static final double OVERLAP = 0.15;

    /** The same for landslides that grow together into one. */
    private static final double JOINED_OVERLAP = 0.4;

    /** Share of landslides that may. */
    private static final double JOINING = 0.15;

    private final Terrain terrain;
    private final FractalNoise ragged;
    private final List<Landslide> slides = new ArrayList<>();
    private final short[] owner;
    private final Field along;
    private final Field inward;
    private final Field across;

    /**
     * Places landslides and presses them into the terrain.
     *
     * @param counted the pixels in which the share is counted
     * @param share wanted share of landslide pixels among the counted ones
     * @param longest greatest length in pixels
     */
    Landslides(
            long seed,
            Terrain terrain,
            Vegetation vegetation,
            Waters waters,
            boolean[] counted,
            double share,
            double longest) {
        this.terrain = terrain;
        this.ragged = new FractalNoise(seed, 51);
        int width = terrain.heights().width();
        int height = terrain.heights().height();
        owner = new short[width * height];
        along = new Field(width, height);
        inward = new Field(width, height);
        across = new Field(width, height);
        long total = 0;
        for (boolean one : counted) {
            total += one ? 1 : 0;
        }
        place(seed, vegetation, waters, counted, (long) (share * total), longest);
        terrain.settle();
    }

    List<Landslide> slides() {
        return List.copyOf(slides);
    }

    Landslide slide(int owner) {
        return slides.get(owner - 1);
    }

    /** The landslide at a pixel, counted from 1; 0 where there is none. */
    int owner(int pixel) {
        return owner[pixel];
    }

    /** Distance from the crown of the landslide at a pixel, in pixels. */
    double along(int pixel) {
        return along.values()[pixel];
    }

    /** Distance from the edge of the landslide as a share of half its width, 0 at the edge to 1 on its axis. */
    double inward(int pixel) {
        return inward.values()[pixel];
    }

    /** Distance from the axis of the landslide in pixels. */
    double across(int pixel) {
        return across.values()[pixel];
    }

    private void place(
            long seed, Vegetation vegetation, Waters waters, boolean[] counted, long wanted, double longest) {
        SplittableRandom random = new SplittableRandom(seed ^ 0x51DEL);
        LandslideShapes shapes = new LandslideShapes(terrain, waters, random, longest);
        FractalNoise storm = new FractalNoise(seed, 52);
        int width = terrain.heights().width();
        int height = terrain.heights().height();
        int attempts = Math.max(LEAST_ATTEMPTS, width * height / PIXELS_TO_AN_ATTEMPT);
        double steep = Math.max(LEAST_SLOPE, 1.12 * usualSlope());
        long covered = 0;
        for (int attempt = 0; attempt < attempts && covered < 0.95 * wanted; attempt++) {
            int x = 4 + random.nextInt(width - 8);
            int y = 4 + random.nextInt(height - 8);
            // Landslides of one storm cluster; where the steep ground is used up, the demands fall.
            double patience = (double) attempt / attempts;
            double intensity = 0.5 + 0.9 * storm.fractal(x / 260.0, y / 260.0, 2) + patience;
            double slope = terrain.slope(x, y);
            intensity *= 0.25 + 0.75 * Vegetation.smoothstep(steep, 1.35 * steep, slope);
            boolean ripe = slope > steep * (1 - 0.3 * patience)
                    && slope < 0.95
                    && vegetation.nearRock(x, y) < 0.35
                    && owner[y * width + x] == 0;
            if (!ripe || random.nextDouble() > intensity) {
                continue;
            }
            Landslide slide = shapes.from(x, y, slides.size() + 1);
            if (slide.path().length() < 18) {
                continue;
            }
            Footprint footprint = new Footprint(slide, terrain.broad(), ragged);
            int[] counts = weigh(footprint, counted);
            long tooMuch = covered + counts[2] - wanted;
            boolean fits = tooMuch <= 0.08 * wanted || (slides.isEmpty() && tooMuch <= 0.25 * wanted);
            double overlap = random.nextDouble() < JOINING ? JOINED_OVERLAP : OVERLAP;
            if (fits && counts[1] <= overlap * counts[0] && slides.size() < Short.MAX_VALUE) {
                burn(slide, footprint);
                covered += counts[2];
            }
        }
    }

    /** Mean tangent of the slope of the ground. */
    private double usualSlope() {
        int width = terrain.heights().width();
        int height = terrain.heights().height();
        double sum = 0;
        int count = 0;
        for (int row = 2; row < height; row += 5) {
            for (int column = 2; column < width; column += 5) {
                sum += terrain.slope(column, row);
                count++;
            }
        }
        return sum / count;
    }

    /** What a footprint would take, as {@code {all pixels, pixels of other landslides, fresh counted pixels}}. */
    private int[] weigh(Footprint footprint, boolean[] counted) {
        int[] counts = new int[3];
        footprint.each((pixel, inward, along, across) -> {
            counts[0]++;
            counts[1] += owner[pixel] == 0 ? 0 : 1;
            counts[2] += owner[pixel] == 0 && counted[pixel] ? 1 : 0;
        });
        return counts;
    }

    private void burn(Landslide slide, Footprint footprint) {
        slides.add(slide);
        int width = terrain.heights().width();
        float[] z = terrain.heights().values();
        footprint.each((pixel, inward, along, across) -> {
            owner[pixel] = (short) slides.size();
            this.along.values()[pixel] = (float) along;
            this.across.values()[pixel] = (float) across;
            this.inward.values()[pixel] = (float) inward;
            double x = pixel % width;
            double y = (pixel - x) / width;
            double rough = 0.16 * ragged.fractal(x / 4, y / 4, 2) * Math.min(1, 2 * inward);
            z[pixel] += (float) (slide.change(along, inward) + rough);
        });
    }
}
