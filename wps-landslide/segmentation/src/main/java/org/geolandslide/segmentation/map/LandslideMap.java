package org.geolandslide.segmentation.map;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.geolandslide.segmentation.alignment.Nodata;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geolandslide.segmentation.product.EqualArea;
import org.geolandslide.segmentation.product.LandslideFeatures;
import org.geotools.api.feature.simple.SimpleFeature;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.data.simple.SimpleFeatureCollection;
import org.geotools.data.simple.SimpleFeatureIterator;
import org.locationtech.jts.awt.ShapeWriter;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/**
 * Draws a map: the optical image below, landslides tinted by probability and outlined on top, with title, legend, scale bar,
 * north arrow and coordinates along the frame.
 */
public final class LandslideMap {
    private static final int MAP_SIDE = 1400;
    private static final int MARGIN = 70;
    private static final int HEADER = 96;
    private static final int LEGEND = 300;
    private static final Color INK = new Color(0x22, 0x2B, 0x33);
    private static final Color FAINT = new Color(0x6B, 0x76, 0x80);
    private static final Color OUTLINE = new Color(0x7F, 0x00, 0x00);

    private final RasterGrid grid;
    private final Overview optical;
    private final Overview probability;
    private final List<Geometry> outlines;
    private final double area;
    private final double threshold;
    private final String title;
    private final List<String> notes;

    private LandslideMap(
            RasterGrid grid,
            Overview optical,
            Overview probability,
            List<Geometry> outlines,
            double area,
            double threshold,
            String title,
            List<String> notes) {
        this.grid = grid;
        this.optical = optical;
        this.probability = probability;
        this.outlines = outlines;
        this.area = area;
        this.threshold = threshold;
        this.title = title;
        this.notes = notes;
    }

    /**
     * Draws a map.
     *
     * @param optical image below
     * @param shown indices of its bands that are drawn: three as red, green and blue, one as grey
     * @param probability probability of landslide on the grid of the image or a part of it
     * @param landslides outlines in the CRS of the image, with the attributes of {@link LandslideFeatures}
     * @param threshold least probability of a landslide pixel
     * @param title heading
     * @param notes lines below the legend
     */
    public static BufferedImage draw(
            GridCoverage2D optical,
            List<Integer> shown,
            GridCoverage2D probability,
            SimpleFeatureCollection landslides,
            double threshold,
            String title,
            List<String> notes) {
        RasterGrid grid = RasterGrid.of(probability);
        RenderedImage picture = optical.getRenderedImage();
        double[] corner = {0, 0};
        grid.toWorld().transform(corner, 0, corner, 0, 1);
        RasterGrid.of(optical).toPixels().transform(corner, 0, corner, 0, 1);
        Rectangle part = new Rectangle(
                picture.getMinX() + (int) Math.round(corner[0]),
                picture.getMinY() + (int) Math.round(corner[1]),
                grid.width(),
                grid.height());
        RenderedImage values = probability.getRenderedImage();
        Rectangle whole = new Rectangle(values.getMinX(), values.getMinY(), grid.width(), grid.height());
        List<Geometry> outlines = new ArrayList<>();
        double area = 0;
        try (SimpleFeatureIterator features = landslides.features()) {
            while (features.hasNext()) {
                SimpleFeature feature = features.next();
                outlines.add((Geometry) feature.getDefaultGeometry());
                area += (Double) feature.getAttribute(LandslideFeatures.AREA);
            }
        }
        return new LandslideMap(
                        grid,
                        Overview.of(picture, part, shown, MAP_SIDE, Double.NaN),
                        Overview.of(
                                values,
                                whole,
                                List.of(0),
                                MAP_SIDE,
                                Nodata.of(probability).orElse(Double.NaN)),
                        outlines,
                        area,
                        threshold,
                        title,
                        List.copyOf(notes))
                .draw();
    }

    private BufferedImage draw() {
        // Small rasters are enlarged, so that lines and letters fit them.
        int scale = Math.max(1, MAP_SIDE / Math.max(optical.width(), optical.height()));
        int mapWidth = optical.width() * scale;
        int mapHeight = optical.height() * scale;
        int height = Math.max(mapHeight, 760) + HEADER + MARGIN;
        BufferedImage image = new BufferedImage(mapWidth + MARGIN + LEGEND + 40, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        Rectangle frame = new Rectangle(MARGIN, HEADER, mapWidth, mapHeight);
        drawTitle(graphics);
        graphics.drawImage(picture(), frame.x, frame.y, frame.width, frame.height, null);
        drawOutlines(graphics, frame, scale);
        drawFrame(graphics, frame);
        drawLegend(graphics, frame.x + frame.width + 34, frame.y, scale);
        graphics.dispose();
        return image;
    }

    private void drawTitle(Graphics2D graphics) {
        graphics.setColor(INK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 30));
        graphics.drawString(title, MARGIN, 44);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 17));
        graphics.setColor(FAINT);
        graphics.drawString(
                String.format(
                        Locale.ROOT,
                        "%,d landslide(s), %,.1f ha in total; probability of %.2f and more",
                        outlines.size(),
                        area / 1e4,
                        threshold),
                MARGIN,
                74);
    }

    private BufferedImage picture() {
        BufferedImage picture = new BufferedImage(optical.width(), optical.height(), BufferedImage.TYPE_INT_RGB);
        Stretch stretch = Stretch.of(optical, probability);
        for (int y = 0; y < optical.height(); y++) {
            for (int x = 0; x < optical.width(); x++) {
                int cell = y * optical.width() + x;
                float p = probability.bands()[0][cell];
                int colour;
                if (Float.isNaN(p)) {
                    colour = (x + y) / 5 % 2 == 0 ? 0xE3E6E8 : 0xF3F4F5;
                } else {
                    colour = ProbabilityRamp.over(stretch.colour(optical, cell), p);
                }
                picture.setRGB(x, y, colour);
            }
        }
        return picture;
    }

    private void drawOutlines(Graphics2D graphics, Rectangle frame, int scale) {
        AffineTransform toFrame = AffineTransform.getTranslateInstance(frame.x, frame.y);
        toFrame.scale((double) scale / optical.factor(), (double) scale / optical.factor());
        toFrame.concatenate(grid.toPixels());
        Shape clip = graphics.getClip();
        graphics.clip(frame);
        graphics.setColor(OUTLINE);
        graphics.setStroke(new BasicStroke(1.3f));
        ShapeWriter shapes = new ShapeWriter();
        for (Geometry outline : outlines) {
            graphics.draw(toFrame.createTransformedShape(shapes.toShape(outline)));
        }
        graphics.setClip(clip);
    }

    private void drawFrame(Graphics2D graphics, Rectangle frame) {
        graphics.setColor(INK);
        graphics.setStroke(new BasicStroke(1.5f));
        graphics.draw(frame);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        double[] corners = {0, grid.height(), grid.width(), grid.height(), 0, 0};
        grid.toWorld().transform(corners, 0, corners, 0, 3);
        for (double x : roundValues(corners[0], corners[2])) {
            int at = frame.x + (int) Math.round((x - corners[0]) / (corners[2] - corners[0]) * frame.width);
            graphics.drawLine(at, frame.y + frame.height, at, frame.y + frame.height + 6);
            centred(graphics, coordinate(x), at, frame.y + frame.height + 22);
        }
        for (double y : roundValues(corners[1], corners[5])) {
            int at = frame.y + (int) Math.round((corners[5] - y) / (corners[5] - corners[1]) * frame.height);
            graphics.drawLine(frame.x - 6, at, frame.x, at);
            AffineTransform upright = graphics.getTransform();
            graphics.rotate(-Math.PI / 2, frame.x - 12.0, at);
            centred(graphics, coordinate(y), frame.x - 12, at);
            graphics.setTransform(upright);
        }
        graphics.setColor(FAINT);
        graphics.drawString(grid.crs().getName().getCode(), frame.x, frame.y + frame.height + 46);
    }

    /** Multiples of a round number, three to eight of them, between two coordinates. */
    private static List<Double> roundValues(double a, double b) {
        double step = roundLength(Math.abs(b - a) / 3);
        List<Double> values = new ArrayList<>();
        for (double k = Math.ceil(Math.min(a, b) / step); k * step <= Math.max(a, b); k++) {
            values.add(k * step);
        }
        return values;
    }

    private static String coordinate(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 400 ? "%.4f" : "%,.0f", value);
    }

    private static void centred(Graphics2D graphics, String text, int x, int y) {
        graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text) / 2, y);
    }

    private void drawLegend(Graphics2D graphics, int left, int top, int scale) {
        int y = top + 18;
        graphics.setColor(INK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 17));
        graphics.drawString("Probability of landslide", left, y);
        y += 16;
        for (int i = 0; i < 240; i++) {
            graphics.setColor(new Color(ProbabilityRamp.over(0xA8B09A, i / 239f)));
            graphics.fillRect(left + i, y, 1, 22);
        }
        graphics.setColor(INK);
        graphics.setStroke(new BasicStroke(1f));
        graphics.drawRect(left, y, 240, 22);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        for (int i = 0; i <= 4; i++) {
            centred(graphics, String.format(Locale.ROOT, "%.2f", i / 4.0), left + i * 60, y + 40);
        }
        y += 78;
        graphics.setColor(OUTLINE);
        graphics.setStroke(new BasicStroke(2f));
        graphics.drawRect(left, y - 14, 30, 18);
        entry(graphics, "mapped landslide", left, y);
        y += 32;
        for (int i = 0; i < 30; i++) {
            for (int j = 0; j < 18; j++) {
                graphics.setColor(new Color((i + j) / 5 % 2 == 0 ? 0xE3E6E8 : 0xF3F4F5));
                graphics.fillRect(left + i, y - 14 + j, 1, 1);
            }
        }
        entry(graphics, "no data", left, y);
        y += 60;
        y = drawScaleBar(graphics, left, y, scale);
        drawNorthArrow(graphics, left + 150, y + 50);
        y += 130;
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        graphics.setColor(FAINT);
        for (String note : notes) {
            for (String line : wrapped(graphics, note, LEGEND)) {
                graphics.drawString(line, left, y);
                y += 20;
            }
        }
    }

    private static void entry(Graphics2D graphics, String text, int x, int y) {
        graphics.setColor(INK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
        graphics.drawString(text, x + 42, y);
    }

    private static List<String> wrapped(Graphics2D graphics, String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && graphics.getFontMetrics().stringWidth(line + " " + word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** Draws a bar of a round length. */
    private int drawScaleBar(Graphics2D graphics, int x, int y, int scale) {
        double metresPerStep = metresPerPixel() * optical.factor() / scale;
        double length = roundLength(260 * metresPerStep);
        int steps = (int) Math.round(length / metresPerStep);
        graphics.setColor(INK);
        graphics.setStroke(new BasicStroke(1f));
        for (int part = 0; part < 4; part++) {
            Rectangle block = new Rectangle(x + part * steps / 4, y, steps / 4, 9);
            graphics.setColor(part % 2 == 0 ? INK : Color.WHITE);
            graphics.fill(block);
            graphics.setColor(INK);
            graphics.draw(block);
        }
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        graphics.drawString("0", x, y + 28);
        String label = length >= 1000
                ? String.format(Locale.ROOT, "%.4g km", length / 1000).replaceFirst("\\.?0+ km", " km")
                : String.format(Locale.ROOT, "%.0f m", length);
        centred(graphics, label, x + steps, y + 28);
        return y + 40;
    }

    private double metresPerPixel() {
        double[] ends = {0, grid.height() / 2.0, grid.width(), grid.height() / 2.0};
        grid.toWorld().transform(ends, 0, ends, 0, 2);
        Coordinate[] line = {new Coordinate(ends[0], ends[1]), new Coordinate(ends[2], ends[3])};
        return EqualArea.around(grid.envelope().centre(), grid.crs())
                        .inMetres(new GeometryFactory().createLineString(line))
                        .getLength()
                / grid.width();
    }

    /** The largest 1, 2 or 5 times a power of ten that is not above a length. */
    private static double roundLength(double most) {
        double power = Math.pow(10, Math.floor(Math.log10(most)));
        double[] steps = {5, 2, 1};
        for (double step : steps) {
            if (step * power <= most) {
                return step * power;
            }
        }
        return power;
    }

    private void drawNorthArrow(Graphics2D graphics, int x, int y) {
        // Direction of growing northing in pixels.
        double[] north = {0, 1};
        grid.toPixels().deltaTransform(north, 0, north, 0, 1);
        AffineTransform upright = graphics.getTransform();
        graphics.translate(x, y);
        graphics.rotate(Math.atan2(north[0], -north[1]));
        graphics.setColor(INK);
        graphics.fillPolygon(new int[] {0, 11, 0, -11}, new int[] {-34, 10, 2, 10}, 4);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
        centred(graphics, "N", 0, -38);
        graphics.setTransform(upright);
    }
}
