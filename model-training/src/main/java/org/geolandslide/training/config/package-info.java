/** What a training is told: the YAML file of {@code landslide train}. */
@NullMarked
package org.geolandslide.training.config;

import org.jspecify.annotations.NullMarked;
