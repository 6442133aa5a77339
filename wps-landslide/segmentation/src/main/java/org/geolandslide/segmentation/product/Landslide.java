package org.geolandslide.segmentation.product;

import org.locationtech.jts.geom.Polygon;

/**
 * One landslide.
 *
 * @param outline polygon along pixel edges or simplified, in the raster's CRS; holes kept
 * @param area square metres on the ellipsoid, of the pixels, whether the outline is simplified or not
 * @param perimeter metres along the pixel edges, holes included, whether the outline is simplified or not
 * @param meanProbability mean over its pixels, 0 to 1
 * @param maximumProbability largest over its pixels, 0 to 1
 */
public record Landslide(
        Polygon outline, double area, double perimeter, double meanProbability, double maximumProbability) {

    Landslide withOutline(Polygon other) {
        return new Landslide(other, area, perimeter, meanProbability, maximumProbability);
    }
}
