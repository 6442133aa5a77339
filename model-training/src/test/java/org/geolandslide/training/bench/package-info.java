/**
 * {@code landslide bench}: the same networks trained by this project's stack and by a peer, DJL with PyTorch.
 *
 * <p>It lives with the tests so that the product never has the peer on its class path. Each side runs in a process of its own, for ONNX
 * Runtime and PyTorch do not share one: {@link org.geolandslide.training.bench.GraphContestant} is never loaded where
 * {@link org.geolandslide.training.bench.PeerContestant} is.
 */
@NullMarked
package org.geolandslide.training.bench;

import org.jspecify.annotations.NullMarked;
