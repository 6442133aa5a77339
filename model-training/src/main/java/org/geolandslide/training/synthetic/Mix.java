package org.geolandslide.training.synthetic;

/** The colour of one pixel while it is being mixed; reused from pixel to pixel. */
final class Mix {

    private double red;
    private double green;
    private double blue;

    void set(Colour colour) {
        red = colour.red();
        green = colour.green();
        blue = colour.blue();
    }

    /** Lays a share of a colour over this one. */
    void lay(Colour colour, double share) {
        double part = Math.max(0, Math.min(1, share));
        red += part * (colour.red() - red);
        green += part * (colour.green() - green);
        blue += part * (colour.blue() - blue);
    }

    void brighten(double factor) {
        red *= factor;
        green *= factor;
        blue *= factor;
    }

    double red() {
        return red;
    }

    double green() {
        return green;
    }

    double blue() {
        return blue;
    }
}
