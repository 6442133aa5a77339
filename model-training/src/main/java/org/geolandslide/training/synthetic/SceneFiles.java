package org.geolandslide.training.synthetic;

import java.nio.file.Path;

/**
 * The files of a scene, all GeoTIFF.
 *
 * @param optical three bands (red, green, blue), bytes, no data 0
 * @param dem heights in metres, 32-bit floats, no data -9999, in a coordinate system and resolution of its own
 * @param mask 0 background, 1 landslide, no data 255, on the grid of the optical image
 */
public record SceneFiles(Path optical, Path dem, Path mask) {}
