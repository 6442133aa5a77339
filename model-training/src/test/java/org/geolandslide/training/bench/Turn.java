package org.geolandslide.training.bench;

/**
 * What a turn of one side took.
 *
 * @param seconds time that passed
 * @param processorSeconds processor time of the process, all threads together
 */
record Turn(double seconds, double processorSeconds) {}
