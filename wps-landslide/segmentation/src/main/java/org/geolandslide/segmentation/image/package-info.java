/** Images that compute their tiles when asked, without JAI. */
@NullMarked
package org.geolandslide.segmentation.image;

import org.jspecify.annotations.NullMarked;
