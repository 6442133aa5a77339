package org.geolandslide.training.synthetic;

import java.util.List;
import java.util.SplittableRandom;

/** A mountain scene with landslides: optical image, terrain and mask on one grid, rows from the north. */
public final class SyntheticScene {

    /** Mask value of ground without a landslide. */
    public static final byte BACKGROUND = 0;

    /** Mask value of a landslide. */
    public static final byte LANDSLIDE = 1;

    /** Mask value outside the swath of the camera, 255 as an unsigned byte. */
    public static final byte NO_DATA = (byte) 255;

    private final SceneSpecification specification;
    private final byte[][] optical;
    private final byte[] mask;
    private final Field ground;
    private final int margin;
    private final double base;
    private final List<Landslide> landslides;

    private SyntheticScene(
            SceneSpecification specification,
            byte[][] optical,
            byte[] mask,
            Field ground,
            int margin,
            double base,
            List<Landslide> landslides) {
        this.specification = specification;
        this.optical = optical;
        this.mask = mask;
        this.ground = ground;
        this.margin = margin;
        this.base = base;
        this.landslides = landslides;
    }

    /** Makes the scene; 2048 x 2048 pixels take some seconds and about half a gigabyte. */
    public static SyntheticScene generate(SceneSpecification specification) {
        long seed = new SplittableRandom(specification.seed()).nextLong();
        int width = specification.width();
        int height = specification.height();
        int margin = margin(specification);
        Terrain terrain = new Terrain(seed, width + 2 * margin, height + 2 * margin);
        Waters waters = new Waters(seed, terrain);
        Roads roads = new Roads(seed, terrain);
        Vegetation vegetation = new Vegetation(seed, terrain);
        Parcels parcels = new Parcels(seed, terrain, vegetation);
        Hamlets hamlets = new Hamlets(seed, terrain, roads, waters);
        boolean[] valid = Swath.seen(seed, width, height);
        Landslides landslides = new Landslides(
                seed,
                terrain,
                vegetation,
                waters,
                framed(valid, width, height, margin),
                specification.landslideShare(),
                Math.min(200, 0.45 * Math.min(width, height)));
        SplittableRandom random = new SplittableRandom(seed ^ 0x50AL);
        Sun sun = new Sun(Math.toRadians(145 + 25 * random.nextDouble()), Math.toRadians(46 + 8 * random.nextDouble()));
        Canopy canopy = new Canopy(
                seed,
                width + 2 * margin,
                height + 2 * margin,
                vegetation,
                pixel -> landslides.owner(pixel) > 0
                        || hamlets.height().values()[pixel] > 0
                        || roads.edge().values()[pixel] < 0.8
                        || waters.edge().values()[pixel] < (waters.size().values()[pixel] > 3 ? 0.8 : 0)
                        || parcels.use(pixel) != Parcels.Use.NONE,
                sun.east(),
                sun.south());
        Scenery scenery = new Scenery(terrain, waters, roads, vegetation, parcels, hamlets, landslides, canopy);
        byte[][] optical = photograph(seed, scenery, sun, margin, valid);
        double base = 780 + 420 * random.nextDouble() - specification.groundSampleDistance() * terrain.quantile(0);
        return new SyntheticScene(
                specification,
                optical,
                mask(landslides, valid, width, height, margin),
                terrain.heights(),
                margin,
                base,
                landslides.slides());
    }

    /** What the scene was made from. */
    public SceneSpecification specification() {
        return specification;
    }

    /**
     * One band of the optical image.
     *
     * @param band 0 red, 1 green, 2 blue
     * @return a copy, row by row, unsigned: 1 to 255, and 0 outside the swath
     */
    public byte[] optical(int band) {
        return optical[band].clone();
    }

    /** The truth: a copy, row by row, of {@link #BACKGROUND}, {@link #LANDSLIDE} and {@link #NO_DATA}. */
    public byte[] mask() {
        return mask.clone();
    }

    /** Height of the ground in metres at the centre of every optical pixel: a copy, row by row. */
    public float[] terrain() {
        float[] heights = new float[specification.width() * specification.height()];
        int i = 0;
        for (int row = 0; row < specification.height(); row++) {
            for (int column = 0; column < specification.width(); column++) {
                heights[i++] = (float) height(column, row);
            }
        }
        return heights;
    }

    /**
     * Height of the ground in metres between pixels, bilinear; it is also known somewhat beyond the image.
     *
     * @param column position in columns, 0 at the centre of the first
     * @param row position in rows, 0 at the centre of the first
     * @return the height, or NaN where none is known
     */
    double height(double column, double row) {
        double x = column + margin;
        double y = row + margin;
        if (!(x >= 0 && y >= 0 && x <= ground.width() - 1 && y <= ground.height() - 1)) {
            return Double.NaN;
        }
        return base + specification.groundSampleDistance() * ground.sample(x, y);
    }

    /** The landslides; their paths are in pixels, {@link #margin()} pixels off the optical image. */
    List<Landslide> landslides() {
        return landslides;
    }

    int margin() {
        return margin;
    }

    /** Enough ground around the image for a terrain model in a coordinate system turned by a few degrees. */
    private static int margin(SceneSpecification specification) {
        double model = 4 * specification.demResolution() / specification.groundSampleDistance();
        return (int) Math.ceil(40 + model + 0.025 * Math.max(specification.width(), specification.height()));
    }

    private static boolean[] framed(boolean[] valid, int width, int height, int margin) {
        boolean[] framed = new boolean[(width + 2 * margin) * (height + 2 * margin)];
        for (int row = 0; row < height; row++) {
            System.arraycopy(valid, row * width, framed, (row + margin) * (width + 2 * margin) + margin, width);
        }
        return framed;
    }

    private static byte[] mask(Landslides landslides, boolean[] valid, int width, int height, int margin) {
        byte[] mask = new byte[width * height];
        for (int i = 0; i < mask.length; i++) {
            int pixel = (i / width + margin) * (width + 2 * margin) + i % width + margin;
            mask[i] = !valid[i] ? NO_DATA : landslides.owner(pixel) > 0 ? LANDSLIDE : BACKGROUND;
        }
        return mask;
    }

    private static byte[][] photograph(long seed, Scenery scenery, Sun sun, int margin, boolean[] valid) {
        Illumination light = new Illumination(sun, scenery);
        LandCover cover = new LandCover(seed, scenery);
        int width = scenery.terrain().heights().width();
        int height = scenery.terrain().heights().height();
        Field red = new Field(width, height);
        Field green = new Field(width, height);
        Field blue = new Field(width, height);
        Mix mix = new Mix();
        // One pixel more than the picture, for the blur.
        for (int row = margin - 1; row <= height - margin; row++) {
            for (int column = margin - 1; column <= width - margin; column++) {
                int i = row * width + column;
                cover.paint(column, row, mix);
                double direct = light.direct().values()[i];
                double sky = light.sky().values()[i];
                red.values()[i] = (float) (mix.red() * (0.86 * direct + 0.90 * sky));
                green.values()[i] = (float) (mix.green() * (0.84 * direct + 0.98 * sky));
                blue.values()[i] = (float) (mix.blue() * (0.81 * direct + 1.14 * sky));
            }
        }
        return new byte[][] {
            new Sensor(seed, 0).take(red, 0, margin, valid),
            new Sensor(seed, 1).take(green, 1, margin, valid),
            new Sensor(seed, 2).take(blue, 2, margin, valid)
        };
    }
}
