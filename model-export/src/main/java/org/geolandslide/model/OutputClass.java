package org.geolandslide.model;

/**
 * One class that an output tells apart (STAC classification extension).
 *
 * @param value pixel value in a mask
 * @param name name in letters, digits, hyphen and underscore
 * @param description for people
 * @param colour six upper-case hexadecimal digits, RRGGBB
 */
public record OutputClass(int value, String name, String description, String colour) {

    public OutputClass {
        if (!name.matches("[0-9A-Za-z_-]+")) {
            throw new IllegalArgumentException("class name '" + name + "' may hold letters, digits, '-' and '_' only");
        }
        if (!colour.matches("[0-9A-F]{6}")) {
            throw new IllegalArgumentException("class colour '" + colour + "' is not RRGGBB in upper-case hexadecimal");
        }
    }
}
