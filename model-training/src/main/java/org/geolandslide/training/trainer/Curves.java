package org.geolandslide.training.trainer;

import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Curves over the epochs as pictures. */
final class Curves {
    private static final Color FIRST = new Color(0x1F, 0x77, 0xB4);
    private static final Color SECOND = new Color(0xD6, 0x27, 0x28);
    private static final Color THIRD = new Color(0x7F, 0x7F, 0x7F);

    private Curves() {}

    static void loss(List<EpochMetrics> metrics, Path file) throws IOException {
        XYChart chart = chart("Loss", "loss");
        // The first epochs of a validation can be off by orders of magnitude.
        chart.getStyler().setYAxisLogarithmic(true);
        add(chart, "training", metrics, EpochMetrics::trainingLoss, FIRST);
        add(chart, "validation", metrics, EpochMetrics::validationLoss, SECOND);
        save(chart, file);
    }

    static void f1(List<EpochMetrics> metrics, Path file) throws IOException {
        XYChart chart = chart("Validation, pooled pixels", "score");
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setYAxisMax(1.0);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideSE);
        add(chart, "F1 at threshold 0.5", metrics, EpochMetrics::f1, FIRST);
        add(chart, "F1 at the best threshold", metrics, EpochMetrics::bestF1, THIRD);
        add(chart, "IoU at threshold 0.5", metrics, EpochMetrics::iou, SECOND);
        save(chart, file);
    }

    private static XYChart chart(String title, String axis) {
        XYChart chart = new XYChartBuilder()
                .width(900)
                .height(540)
                .title(title)
                .xAxisTitle("epoch")
                .yAxisTitle(axis)
                .build();
        XYStyler styler = chart.getStyler();
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setLegendPosition(Styler.LegendPosition.InsideNE);
        styler.setXAxisDecimalPattern("#,##0");
        styler.setXAxisMin(1.0);
        return chart;
    }

    private static void add(
            XYChart chart,
            String name,
            List<EpochMetrics> metrics,
            ToDoubleFunction<EpochMetrics> value,
            Color colour) {
        double[] epochs = metrics.stream().mapToDouble(EpochMetrics::epoch).toArray();
        double[] values = metrics.stream()
                .mapToDouble(value)
                .map(v -> Double.isFinite(v) ? v : 0)
                .toArray();
        chart.addSeries(name, epochs, values)
                .setMarker(metrics.size() > 60 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE)
                .setMarkerColor(colour)
                .setLineColor(colour);
    }

    private static void save(XYChart chart, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            BitmapEncoder.saveBitmap(chart, out, BitmapEncoder.BitmapFormat.PNG);
        }
    }
}
