package org.geolandslide.training.synthetic;

/**
 * All that stands in a scene before it is painted.
 *
 * @param terrain the ground
 * @param waters rivers and torrents
 * @param roads roads
 * @param vegetation where trees can grow
 * @param parcels fields and clear-cuts
 * @param hamlets houses
 * @param landslides landslides
 * @param canopy the trees
 */
record Scenery(
        Terrain terrain,
        Waters waters,
        Roads roads,
        Vegetation vegetation,
        Parcels parcels,
        Hamlets hamlets,
        Landslides landslides,
        Canopy canopy) {}
