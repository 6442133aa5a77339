package org.geolandslide.training.synthetic;

import java.util.List;

/** The colours of water, roads, fields and clear-cuts. */
final class LandUse {

    private static final Colour WATER = Colour.of(0x5A6E68);
    private static final Colour WHITE_WATER = Colour.of(0xB4C2BC);
    private static final Colour GRAVEL = Colour.of(0xB9B0A0);
    private static final Colour WET_GRAVEL = Colour.of(0x8C8474);
    private static final Colour ASPHALT = Colour.of(0x8A8884);
    private static final Colour TRACK = Colour.of(0xC2B08E);
    private static final Colour CUT = Colour.of(0xA48C6A);
    private static final Colour PLOUGHED = Colour.of(0x8A7052);
    private static final Colour FALLOW = Colour.of(0xB4A07C);
    private static final Colour CORN = Colour.of(0x6F7F40);
    private static final Colour WHEAT = Colour.of(0xB0A26A);
    private static final Colour MEADOW = Colour.of(0x7A8A50);
    private static final Colour MOWN = Colour.of(0x9AA362);
    private static final Colour SLASH = Colour.of(0x8E7A5C);
    private static final Colour STUBBLE = Colour.of(0x8D8A58);

    private static final List<Colour> ROOFS = List.of(Colour.of(0x9A5F4A), Colour.of(0x8C7F78), Colour.of(0x7A4B3E));

    private final Scenery scenery;
    private final FractalNoise noise;

    LandUse(long seed, Scenery scenery) {
        this.scenery = scenery;
        this.noise = new FractalNoise(seed, 81);
    }

    void field(int column, int row, Mix mix) {
        Parcels parcels = scenery.parcels();
        int pixel = row * scenery.terrain().heights().width() + column;
        double tone = parcels.tone(pixel);
        double furrow = parcels.furrow(pixel);
        switch (parcels.use(pixel)) {
            case MEADOW -> {
                mix.set(MEADOW.with(MOWN, tone));
                mix.brighten(1 + 0.12 * noise.fractal(column / 9.0, row / 9.0, 4, 0.6));
            }
            case CROP -> {
                mix.set(tone < 0.6 ? CORN : WHEAT);
                mix.brighten(1 + 0.07 * Math.sin(furrow * 2.1));
            }
            case BARE -> {
                mix.set(PLOUGHED.with(FALLOW, tone));
                double moist = noise.fractal(column / 25.0, row / 25.0, 3);
                mix.brighten(
                        1 + 0.08 * Math.sin(furrow * 1.7) + 0.14 * moist + 0.07 * noise.at(column / 1.7, row / 1.7));
            }
            case CLEARCUT -> {
                double patchy = noise.fractal(column / 9.0, row / 9.0, 3);
                mix.set(SLASH);
                mix.lay(STUBBLE, 0.35 + 0.6 * tone + 0.8 * patchy);
                double trail = Math.abs(furrow / 9 - Math.rint(furrow / 9));
                mix.lay(CUT, 0.75 * Vegetation.smoothstep(0.2, 0.1, trail + 0.12 * patchy));
                mix.brighten(1 + 0.16 * noise.at(column / 1.6, row / 1.6));
            }
            case NONE -> {
                // Nothing grows here but what the ground bears.
            }
        }
    }

    void water(int column, int row, Mix mix) {
        double edge = scenery.waters().edge().at(column, row);
        double size = scenery.waters().size().at(column, row);
        if (size == 0 || edge > 8) {
            return;
        }
        double wobble = noise.fractal(column / 13.0, row / 13.0, 3);
        double ripple = noise.fractal(column / 3.0, row / 3.0, 2);
        if (size > 3) {
            // A river bed is gravel through which the water finds its way in braids.
            mix.lay(GRAVEL, Vegetation.smoothstep(2.5, 0.5, edge - 4 * wobble));
            mix.lay(WET_GRAVEL, 0.5 * Vegetation.smoothstep(0.5, -2.5, edge + 3 * ripple));
            double deep = -edge / size + 0.74 * noise.fractal(column / 27.0, row / 27.0, 2) - 0.05;
            double wet = Vegetation.smoothstep(0.26, 0.38, deep);
            mix.lay(WATER, wet);
            mix.lay(WHITE_WATER, 0.3 * wet * Vegetation.smoothstep(0.45, 0.8, ripple + 0.3 * wobble));
        } else {
            double banks = Math.max(0.2, 0.8 + size + 4 * noise.fractal(column / 45.0, row / 45.0, 2));
            mix.lay(GRAVEL, Vegetation.smoothstep(banks, 0.3 * banks, edge + 0.8 * ripple));
            mix.lay(WATER, 0.7 * Vegetation.smoothstep(0.2, -0.6, edge));
        }
    }

    void house(int pixel, Mix mix) {
        int roof = scenery.hamlets().roof(pixel);
        if (roof > 0) {
            mix.set(ROOFS.get((roof - 1) / 2));
            mix.brighten((roof & 1) == 1 ? 1.15 : 0.72);
        }
    }

    void road(int column, int row, Mix mix) {
        double edge = scenery.roads().edge().at(column, row);
        if (edge > 7) {
            return;
        }
        int pixel = row * scenery.terrain().heights().width() + column;
        double slope = scenery.terrain().slope(column, row);
        double wobble = noise.fractal(column / 10.0, row / 10.0, 3);
        double cut = 0.6 + 6 * Math.max(0, slope - 0.2) * (0.55 + wobble);
        mix.lay(CUT, 0.85 * Vegetation.smoothstep(cut, 0.5 * cut, edge));
        mix.lay(scenery.roads().paved(pixel) ? ASPHALT : TRACK, Vegetation.smoothstep(0.5, -0.4, edge));
    }
}
