package org.geolandslide.geoserver.publish;

import java.util.Optional;
import org.geolandslide.segmentation.product.Product;
import org.geolandslide.segmentation.publish.LayerDescription;
import org.geoserver.catalog.LayerInfo;
import org.geoserver.catalog.StyleInfo;
import org.geoserver.catalog.WorkspaceInfo;
import org.geotools.geometry.jts.ReferencedEnvelope;

/**
 * One layer that is to be.
 *
 * @param product what it shows
 * @param workspace where it will be
 * @param name its name, and that of its store and its data, without workspace
 * @param description what it says about itself
 * @param style the style to set; a layer that is replaced keeps its own if empty
 * @param existing the layer that is replaced
 * @param srs the CRS to declare if the data's has no code
 * @param extent the raster's extent
 */
record LayerPlan(
        Product product,
        WorkspaceInfo workspace,
        String name,
        LayerDescription description,
        Optional<StyleInfo> style,
        Optional<LayerInfo> existing,
        String srs,
        ReferencedEnvelope extent) {}
