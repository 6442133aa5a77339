package org.geolandslide.training.data;

import java.nio.file.Path;

/**
 * A sample that was not read yet.
 *
 * @param name name of the chip or scene
 * @param image file of its optical image
 */
public record SampleFile(String name, Path image) {}
