/** REST: the models of the server, for administrators. */
@NullMarked
package org.geolandslide.geoserver.rest;

import org.jspecify.annotations.NullMarked;
