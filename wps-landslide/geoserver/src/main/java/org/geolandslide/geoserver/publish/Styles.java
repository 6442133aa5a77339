package org.geolandslide.geoserver.publish;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.geolandslide.segmentation.SegmentationException;
import org.geolandslide.segmentation.product.Product;
import org.geolandslide.segmentation.publish.Transaction;
import org.geoserver.catalog.Catalog;
import org.geoserver.catalog.SLDHandler;
import org.geoserver.catalog.StyleInfo;
import org.geoserver.catalog.WorkspaceInfo;
import org.jspecify.annotations.Nullable;

/** The styles of results: those that were asked for, and those that the plugin brings along. */
final class Styles {
    private final Catalog readable;
    private final Catalog catalog;

    /**
     * Styles.
     *
     * @param readable catalog that asks for the caller's rights
     * @param catalog catalog that shows and takes everything
     */
    Styles(Catalog readable, Catalog catalog) {
        this.readable = readable;
        this.catalog = catalog;
    }

    /**
     * Finds the styles that a request names.
     *
     * @param names names, separated by commas, in the order of the products; nothing before a comma or in the end for the shipped style
     * @throws SegmentationException if there is no such style, or more of them than products
     */
    Map<Product, StyleInfo> named(@Nullable String names, List<Product> products, WorkspaceInfo workspace) {
        Map<Product, StyleInfo> styles = new LinkedHashMap<>();
        if (names == null || names.isBlank()) {
            return styles;
        }
        String[] words = names.split(",", -1);
        if (words.length > products.size()) {
            throw new SegmentationException("style is '" + names + "', " + words.length
                    + " names, expected at most one for each of the " + products.size() + " products");
        }
        for (int i = 0; i < words.length; i++) {
            if (!words[i].isBlank()) {
                styles.put(products.get(i), named(words[i].strip(), workspace));
            }
        }
        return styles;
    }

    private StyleInfo named(String name, WorkspaceInfo workspace) {
        StyleInfo style = name.contains(":") ? null : readable.getStyleByName(workspace.getName(), name);
        if (style == null) {
            style = readable.getStyleByName(name);
        }
        if (style == null
                || (style.getWorkspace() != null
                        && !style.getWorkspace().getId().equals(workspace.getId()))) {
            throw new SegmentationException("style is '" + name
                    + "', expected the name of a style of the workspace or of one without workspace; there is none");
        }
        return style;
    }

    /**
     * The shipped style of a product: the workspace's own of its name, else the one without workspace, else one that is made in the
     * workspace.
     */
    StyleInfo shipped(Product product, WorkspaceInfo workspace, Transaction transaction) throws IOException {
        String name = "landslide-" + product.id();
        StyleInfo present = catalog.getStyleByName(workspace, name);
        if (present == null) {
            present = catalog.getStyleByName((WorkspaceInfo) null, name);
        }
        // The catalog may answer with another workspace's for none.
        if (present != null
                && (present.getWorkspace() == null
                        || present.getWorkspace().getId().equals(workspace.getId()))) {
            return present;
        }
        StyleInfo style = catalog.getFactory().createStyle();
        style.setName(name);
        style.setWorkspace(workspace);
        style.setFilename(name + ".sld");
        style.setFormat(SLDHandler.FORMAT);
        style.setFormatVersion(SLDHandler.VERSION_10);
        transaction.step(
                "write the style " + name,
                () -> {
                    try (InputStream sld = Styles.class.getResourceAsStream(name + ".sld")) {
                        if (sld == null) {
                            throw new IOException("the plugin lacks its style " + name + ".sld");
                        }
                        catalog.getResourcePool().writeStyle(style, sld);
                    }
                },
                () -> catalog.getResourcePool().deleteStyle(style, true));
        transaction.step("add the style " + name, () -> catalog.add(style), () -> {
            StyleInfo added = catalog.getStyleByName(workspace, name);
            if (added != null) {
                catalog.remove(added);
            }
        });
        return catalog.getStyleByName(workspace, name);
    }
}
