/** What all parts of the segmentation share: its errors. */
@NullMarked
package org.geolandslide.segmentation;

import org.jspecify.annotations.NullMarked;
