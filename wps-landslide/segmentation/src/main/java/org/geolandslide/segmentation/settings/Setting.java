package org.geolandslide.segmentation.settings;

import java.nio.file.Path;

/**
 * A setting as somebody wrote it.
 *
 * @param place how errors name it, with its key: {@code landslide.properties: runs}
 * @param text what was written, without spaces around it; not empty
 * @param folder what a relative path is relative to
 */
public record Setting(String place, String text, Path folder) {

    /** The text as a path. */
    public Path path() {
        return folder.resolve(text);
    }
}
