/**
 * GeoTools processes over the engine, namespace {@code landslide}. GeoServer's WPS finds them through the service file of
 * {@link org.geolandslide.segmentation.process.LandslideProcessFactory}.
 */
@NullMarked
package org.geolandslide.segmentation.process;

import org.jspecify.annotations.NullMarked;
