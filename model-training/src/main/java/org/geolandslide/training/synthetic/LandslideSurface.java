package org.geolandslide.training.synthetic;

/** The colours of a landslide: fresh soil, streaked along its path, with boulders, and grass where it has healed. */
final class LandslideSurface {

    private static final Colour GRASS = Colour.of(0x7E8650);
    private static final Colour STONE = Colour.of(0xC8BFB0);
    private static final Colour SUBSOIL = Colour.of(0xC4AE8A);
    private static final Colour WET = Colour.of(0x6E5A44);

    private final Landslides landslides;
    private final FractalNoise noise;

    LandslideSurface(long seed, Landslides landslides) {
        this.landslides = landslides;
        this.noise = new FractalNoise(seed, 91);
    }

    void paint(int column, int row, int pixel, Mix mix) {
        Landslide slide = landslides.slide(landslides.owner(pixel));
        double along = landslides.along(pixel);
        double across = landslides.across(pixel);
        double inward = landslides.inward(pixel);
        double t = along / slide.path().length();
        double shift = 37.7 * slide.stream();
        double streaks = noise.fractal(along / 26 + shift, across / 3.2, 3, 0.6);
        double blotches = noise.fractal(column / 12.0, row / 12.0, 3);
        double grain = noise.fractal(column / 2.2, row / 2.2, 2);

        double cover = Vegetation.smoothstep(-0.02, 0.10, inward);
        mix.lay(slide.soil(), cover);
        // The source shows the weathered ground below, the deposit is mixed with topsoil and wood, the track is
        // streaked.
        double source = Vegetation.smoothstep(0.40, 0.10, t);
        double deposit = Vegetation.smoothstep(0.60, 0.85, t);
        mix.lay(SUBSOIL, cover * 0.35 * source * (0.6 + blotches));
        mix.lay(WET, cover * (0.5 * Vegetation.smoothstep(0.1, 0.6, blotches + 0.5 * streaks) + 0.25 * deposit));
        double stones = noise.hash(column, row) + 0.02 * blotches + 0.012 * deposit;
        mix.lay(STONE, cover * Vegetation.smoothstep(0.982, 1.0, stones) * 0.8);
        double scarp = Vegetation.smoothstep(0.12, 0.02, t);
        double furrows = 0.34 * streaks * (1 - 0.6 * deposit);
        mix.brighten(1 + cover * (furrows + 0.17 * grain + 0.16 * blotches + 0.12 * scarp));
        double healed = slide.regrown() * (0.6 + 0.8 * Vegetation.smoothstep(0.8, 0.1, inward));
        double grass = Vegetation.smoothstep(-0.08, 0.12, blotches + 0.5 * grain + 1.6 * healed - 0.75);
        mix.lay(GRASS, cover * 0.85 * grass);
    }
}
