package org.geolandslide.training.experiment;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * One line of a table's result.
 *
 * @param row name of the row
 * @param threshold probability from which a pixel counts as landslide
 * @param f1 pixels, pooled over the test
 * @param f1Least lower end of its 95 % interval; NaN without one
 * @param f1Most upper end
 * @param precision pixels
 * @param recall pixels
 * @param iou pixels
 * @param meanIou mean over both classes
 * @param imageF1 samples that hold any landslide
 * @param imageAccuracy likewise
 * @param test what was measured on
 * @param samples samples of the test
 * @param parameters weights of the model
 * @param epochs epochs of the training
 * @param minutes duration of the training; other work may have shared the machine
 * @param paper what the paper says
 */
@JsonPropertyOrder({"row", "threshold", "f1", "f1Least", "f1Most"})
public record TableLine(
        String row,
        double threshold,
        double f1,
        double f1Least,
        double f1Most,
        double precision,
        double recall,
        double iou,
        double meanIou,
        double imageF1,
        double imageAccuracy,
        String test,
        int samples,
        long parameters,
        int epochs,
        double minutes,
        String paper) {}
