/** Settings as somebody wrote them: a file, system properties, environment variables. What they mean is said where they are used. */
@NullMarked
package org.geolandslide.segmentation.settings;

import org.jspecify.annotations.NullMarked;
