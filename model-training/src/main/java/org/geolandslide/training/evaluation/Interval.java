package org.geolandslide.training.evaluation;

/**
 * Where a score lies in 95 of 100 draws of the samples; NaN if it is never defined.
 *
 * @param least lower end
 * @param most upper end
 */
public record Interval(double least, double most) {}
