/**
 * Synthetic mountain scenes: an optical image, a terrain model and the true landslide mask, made from a seed. They are
 * what the demo trains on and segments, what tests run on, and the sample layers of the GeoServer data directory.
 *
 * <p>Entry points: {@link org.geolandslide.training.synthetic.SceneSpecification}, {@link
 * org.geolandslide.training.synthetic.SyntheticScene} and {@link org.geolandslide.training.synthetic.SceneWriter}. A
 * scene grows in this order: terrain (valley line, stream-power erosion, detail), water, roads, parcels and hamlets,
 * landslides, trees, land cover, illumination, sensor. All of it works in pixels of the optical grid; metres appear
 * when heights leave the generator, so that a scene with another ground sample distance is the same landscape at
 * another scale.
 *
 * <p>Nothing here reads real data, and nothing here claims that a network trained on it maps real landslides.
 */
@NullMarked
package org.geolandslide.training.synthetic;

import org.jspecify.annotations.NullMarked;
