package org.geolandslide.geoserver.publish;

import org.geoserver.catalog.LayerInfo;
import org.geoserver.gwc.GWC;
import org.geoserver.platform.GeoServerExtensions;

/** GeoServer's cache of tiles. It does not notice that the data under a layer is another. */
final class TileCache {
    private TileCache() {}

    /** Forgets the tiles of a layer, if the server has such a cache. */
    static void forget(LayerInfo layer) {
        for (GWC cache : GeoServerExtensions.extensions(GWC.class)) {
            if (cache.hasTileLayer(layer)) {
                cache.truncate(layer.prefixedName());
            }
        }
    }
}
