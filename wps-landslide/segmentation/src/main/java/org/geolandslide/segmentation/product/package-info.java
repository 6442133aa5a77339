/** What is made of a probability image: landslides as connected components, polygons with measures, counts. */
@NullMarked
package org.geolandslide.segmentation.product;

import org.jspecify.annotations.NullMarked;
