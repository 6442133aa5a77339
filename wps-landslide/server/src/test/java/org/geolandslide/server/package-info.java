/**
 * Tests of the plugin, the data directory, the example requests and clients on a real GeoServer, over HTTP. One server, on a fresh
 * copy of the data directory, serves all of them.
 */
@NullMarked
package org.geolandslide.server;

import org.jspecify.annotations.NullMarked;
