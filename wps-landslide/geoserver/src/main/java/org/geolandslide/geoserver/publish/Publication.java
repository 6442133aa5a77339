package org.geolandslide.geoserver.publish;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.geolandslide.segmentation.SegmentationException;
import org.geolandslide.segmentation.product.Product;
import org.geoserver.catalog.StyleInfo;
import org.geoserver.catalog.WorkspaceInfo;

/**
 * What is to be published, and where.
 *
 * @param workspace where
 * @param name name of the mask's layer; the others' are this, {@code _} and the product, e.g. {@code name_probability}
 * @param products what, at least one
 * @param styles styles that were asked for; products without one get the shipped style
 * @param replace whether layers of these names that this process made are replaced; an error otherwise
 */
record Publication(
        WorkspaceInfo workspace, String name, List<Product> products, Map<Product, StyleInfo> styles, boolean replace) {
    /** What is a name in XML and in addresses without being escaped, and a file's on every system. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,79}");

    Publication {
        products = List.copyOf(products);
        styles = Map.copyOf(styles);
        if (!NAME.matcher(name).matches()) {
            throw new SegmentationException("name is '" + name
                    + "', expected a letter or _, then up to 79 letters, digits, _ or -, without a workspace");
        }
    }

    /** Name of a product's layer, without workspace. */
    String layer(Product product) {
        return product == Product.MASK ? name : name + "_" + product.id();
    }

    /** The same with workspace. */
    String prefixed(Product product) {
        return workspace.getName() + ":" + layer(product);
    }
}
