package org.geolandslide.training.evaluation;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Precision over recall, and the reliability of probabilities, as one picture. */
public final class AccuracyCurves {
    private static final int SIDE = 520;
    private static final Color CURVE = new Color(0x00, 0x72, 0xB2);
    private static final Color POINT = new Color(0xD5, 0x5E, 0x00);
    private static final Color FAINT = new Color(0x9A, 0xA5, 0xB1);

    private AccuracyCurves() {}

    /**
     * Draws the curves.
     *
     * @param title heading
     */
    public static BufferedImage draw(String title, Evaluation evaluation) {
        BufferedImage left = BitmapEncoder.getBufferedImage(precisionAndRecall(title, evaluation));
        BufferedImage right =
                BitmapEncoder.getBufferedImage(reliability(evaluation.scores().reliability()));
        BufferedImage both = new BufferedImage(2 * SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        both.getGraphics().drawImage(left, 0, 0, null);
        both.getGraphics().drawImage(right, SIDE, 0, null);
        return both;
    }

    private static XYChart precisionAndRecall(String title, Evaluation evaluation) {
        List<Double> recalls = new ArrayList<>();
        List<Double> precisions = new ArrayList<>();
        for (int thousandth = 1; thousandth < 1000; thousandth++) {
            Confusion counts = evaluation.scores().at(thousandth / 1000.0);
            // Where nothing is found there is no precision.
            if (Double.isFinite(counts.precision()) && Double.isFinite(counts.recall())) {
                recalls.add(counts.recall());
                precisions.add(counts.precision());
            }
        }
        XYChart chart = chart(title, "recall", "precision");
        if (!recalls.isEmpty()) {
            line(chart, "thresholds from 0 to 1", recalls, precisions, CURVE);
        }
        Confusion chosen = evaluation.pixel();
        if (Double.isFinite(chosen.precision()) && Double.isFinite(chosen.recall())) {
            String name = String.format(Locale.ROOT, "%.2f: F1 %.3f", evaluation.threshold(), chosen.f1());
            points(chart, name, List.of(chosen.recall()), List.of(chosen.precision()), POINT);
        }
        return chart;
    }

    private static XYChart reliability(Reliability reliability) {
        XYChart chart = chart(
                String.format(Locale.ROOT, "Reliability: expected error %.3f", reliability.expectedError()),
                "mean probability",
                "share of landslide");
        line(chart, "as it should be", List.of(0.0, 1.0), List.of(0.0, 1.0), FAINT);
        if (!reliability.bins().isEmpty()) {
            List<Double> probabilities = reliability.bins().stream()
                    .map(Reliability.Bin::probability)
                    .toList();
            List<Double> shares =
                    reliability.bins().stream().map(Reliability.Bin::landslide).toList();
            points(chart, "pixels in ten bins", probabilities, shares, CURVE);
        }
        return chart;
    }

    private static XYChart chart(String title, String x, String y) {
        XYChart chart = new XYChartBuilder()
                .width(SIDE)
                .height(SIDE)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        XYStyler styler = chart.getStyler();
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 13));
        styler.setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
        styler.setXAxisDecimalPattern("0.0").setYAxisDecimalPattern("0.0");
        styler.setLegendPosition(Styler.LegendPosition.InsideSW);
        return chart;
    }

    private static void line(XYChart chart, String name, List<Double> x, List<Double> y, Color colour) {
        chart.addSeries(name, x, y).setMarker(SeriesMarkers.NONE).setLineColor(colour);
    }

    private static void points(XYChart chart, String name, List<Double> x, List<Double> y, Color colour) {
        chart.addSeries(name, x, y)
                .setMarker(SeriesMarkers.CIRCLE)
                .setMarkerColor(colour)
                .setLineStyle(SeriesLines.NONE);
    }
}
