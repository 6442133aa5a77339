package org.geolandslide.training.synthetic;

/** The colour of every pixel in full light: grass, rock and scree first, then what lies or stands on them. */
final class LandCover {

    private static final Colour LUSH = Colour.of(0x74864A);
    private static final Colour DRY = Colour.of(0xA39A68);
    private static final Colour ALPINE = Colour.of(0x8F8A5E);
    private static final Colour FOREST_FLOOR = Colour.of(0x4A5238);
    private static final Colour ROCK = Colour.of(0x9C9688);
    private static final Colour DARK_ROCK = Colour.of(0x6F6B60);
    private static final Colour SCREE = Colour.of(0xADA496);
    private static final Colour EARTH = Colour.of(0xA08562);
    private static final Colour CONIFER = Colour.of(0x475439);
    private static final Colour BROADLEAF = Colour.of(0x6C7C48);

    private final Scenery scenery;
    private final LandUse landUse;
    private final LandslideSurface surface;
    private final FractalNoise dryness;
    private final FractalNoise patches;
    private final FractalNoise texture;
    private final double low;
    private final double range;

    LandCover(long seed, Scenery scenery) {
        this.scenery = scenery;
        this.landUse = new LandUse(seed, scenery);
        this.surface = new LandslideSurface(seed, scenery.landslides());
        this.dryness = new FractalNoise(seed, 71);
        this.patches = new FractalNoise(seed, 72);
        this.texture = new FractalNoise(seed, 73);
        this.low = scenery.terrain().quantile(0.05);
        this.range = Math.max(1, scenery.terrain().quantile(0.97) - low);
    }

    /** Mixes the colour of a pixel. */
    void paint(int column, int row, Mix mix) {
        int pixel = row * scenery.terrain().heights().width() + column;
        if (scenery.canopy().height().values()[pixel] > 0) {
            tree(pixel, mix);
            return;
        }
        ground(column, row, mix);
        landUse.field(column, row, mix);
        landUse.water(column, row, mix);
        landUse.road(column, row, mix);
        if (scenery.landslides().owner(pixel) > 0) {
            surface.paint(column, row, pixel, mix);
        }
        landUse.house(pixel, mix);
    }

    private void ground(int column, int row, Mix mix) {
        Terrain terrain = scenery.terrain();
        double high = (terrain.heights().at(column, row) - low) / range;
        double slope = terrain.slope(column, row);
        double south = -terrain.broad().southward(column, row);
        double dry = 0.45
                + 0.4 * dryness.fractal(column / 120.0, row / 120.0, 4)
                + 0.35 * south
                + 0.25 * patches.fractal(column / 11.0, row / 11.0, 3);
        mix.set(LUSH);
        mix.lay(DRY, dry);
        mix.lay(ALPINE, Vegetation.smoothstep(0.55, 0.95, high));
        mix.lay(
                FOREST_FLOOR,
                Vegetation.smoothstep(0.3, 0.8, scenery.vegetation().trees(column, row)));

        double grain = texture.fractal(column / 3.1, row / 3.1, 2);
        double worn = patches.fractal(column / 34.0, row / 34.0, 4, 0.6);
        mix.lay(EARTH, 0.7 * Vegetation.smoothstep(0.34, 0.50, worn + 0.25 * (slope - 0.5) + 0.1 * grain));
        double nearRock = scenery.vegetation().nearRock(column, row);
        double scree = Vegetation.smoothstep(0.10, 0.30, nearRock + 0.16 * worn)
                * Vegetation.smoothstep(0.42, 0.60, slope)
                * Vegetation.smoothstep(-0.25, 0.1, worn + 0.3 * nearRock);
        mix.lay(SCREE, 0.9 * scree);
        double rock = scenery.vegetation().rockAt(column, row);
        double bare = Vegetation.smoothstep(0.35, 0.6, rock + 0.25 * worn + 0.12 * grain);
        if (bare > 0) {
            double z = terrain.heights().at(column, row);
            double strata = texture.fractal(0.008 * column + 0.16 * z, 0.008 * row, 3, 0.6);
            mix.lay(ROCK, bare);
            mix.lay(DARK_ROCK, bare * Vegetation.smoothstep(-0.1, 0.6, strata + 0.5 * grain));
        }
        mix.brighten(1 + 0.13 * grain);
    }

    private void tree(int pixel, Mix mix) {
        mix.set(CONIFER);
        mix.lay(BROADLEAF, scenery.canopy().leaf().values()[pixel]);
        mix.brighten(scenery.canopy().light().values()[pixel]);
    }
}
