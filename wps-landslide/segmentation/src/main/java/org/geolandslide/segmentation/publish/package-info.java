/**
 * What publishing results as layers needs besides a map server: steps that are all done or all undone, the files, and the words that
 * say where a layer comes from.
 */
@NullMarked
package org.geolandslide.segmentation.publish;

import org.jspecify.annotations.NullMarked;
