package org.geolandslide.segmentation.product;

/**
 * What made a product, for the tags of its file.
 *
 * @param product name of the product, e.g. {@code probability}
 * @param model name of the model
 * @param checksum checksum of the model as its package has it
 * @param threshold least probability of a landslide pixel, 0 to 1
 */
public record Provenance(String product, String model, String checksum, double threshold) {}
