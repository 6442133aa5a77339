package org.geolandslide.training.synthetic;

/**
 * A reflectance in linear light, 0 to 1 for each of the three bands.
 *
 * @param red red
 * @param green green
 * @param blue blue
 */
record Colour(float red, float green, float blue) {

    /** The reflectance that shows as the given sRGB colour in full sun, {@code 0xRRGGBB}. */
    static Colour of(int rgb) {
        return new Colour(linear(rgb >> 16 & 0xFF), linear(rgb >> 8 & 0xFF), linear(rgb & 0xFF));
    }

    /** This colour with a share of another in it. */
    Colour with(Colour other, double share) {
        return new Colour(
                (float) (red + share * (other.red - red)), (float) (green + share * (other.green - green)), (float)
                        (blue + share * (other.blue - blue)));
    }

    private static float linear(int value) {
        return (float) Math.pow(value / 255.0, 2.2);
    }
}
