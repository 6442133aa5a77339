package org.geolandslide.mappage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;

/** A small country with three landslides, in the map's plane (EPSG:3857, metres). */
final class Scene {
    /** West, south, east, north. */
    static final double[] EXTENT = {11_554_000, 3_920_000, 11_558_000, 3_923_000};

    /** The landslides, from the largest to the smallest. */
    static final List<Slide> SLIDES = List.of(
            new Slide("run_polygons.1", ellipse(11_556_000, 3_921_500, 420, 260), 343_062.5, 2164, 0.873, 0.991),
            new Slide("run_polygons.2", ellipse(11_555_000, 3_922_300, 160, 230), 115_610, 1236, 0.712, 0.94),
            new Slide("run_polygons.3", ellipse(11_557_200, 3_920_700, 50, 50), 7854, 314, 0.561, 0.62));

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Scene() {}

    /**
     * A landslide.
     *
     * @param area square metres
     * @param perimeter metres
     */
    record Slide(String id, Area outline, double area, double perimeter, double mean, double maximum) {}

    private static Area ellipse(double x, double y, double width, double height) {
        return new Area(new Ellipse2D.Double(x - width, y - height, 2 * width, 2 * height));
    }

    /** The landslide at a point. */
    static Optional<Slide> at(double x, double y) {
        return SLIDES.stream().filter(slide -> slide.outline().contains(x, y)).findFirst();
    }

    /** Landslides as GeoServer writes them. */
    static String geoJson(List<Slide> slides) {
        ObjectNode root = MAPPER.createObjectNode().put("type", "FeatureCollection");
        ArrayNode features = root.putArray("features");
        for (Slide slide : slides) {
            ObjectNode feature = features.addObject().put("type", "Feature").put("id", slide.id());
            ObjectNode geometry = feature.putObject("geometry").put("type", "Polygon");
            ArrayNode ring = geometry.putArray("coordinates").addArray();
            double[] point = new double[6];
            for (PathIterator corners = slide.outline().getPathIterator(null, 5); !corners.isDone(); corners.next()) {
                if (corners.currentSegment(point) != PathIterator.SEG_CLOSE) {
                    ring.addArray().add(point[0]).add(point[1]);
                }
            }
            feature.put("geometry_name", "geometry");
            feature.putObject("properties")
                    .put("area_m2", slide.area())
                    .put("perim_m", slide.perimeter())
                    .put("prob_mean", slide.mean())
                    .put("prob_max", slide.maximum());
        }
        root.put("totalFeatures", slides.size());
        root.put("numberMatched", slides.size());
        root.put("numberReturned", slides.size());
        return root.toString();
    }

    /**
     * A map.
     *
     * @param layer its name tells what is drawn
     * @param extent west, south, east, north
     */
    static byte[] map(String layer, double[] extent, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        double scaleX = width / (extent[2] - extent[0]);
        double scaleY = height / (extent[3] - extent[1]);
        graphics.transform(new AffineTransform(scaleX, 0, 0, -scaleY, -extent[0] * scaleX, extent[3] * scaleY));
        if (layer.endsWith("_polygons")) {
            graphics.setStroke(new java.awt.BasicStroke((float) (2 / scaleX)));
            graphics.setColor(new Color(0xE31A1C));
            SLIDES.forEach(slide -> graphics.draw(slide.outline()));
        } else if (layer.contains(":run")) {
            graphics.setColor(new Color(0xCB181D));
            SLIDES.forEach(slide -> graphics.fill(slide.outline()));
        } else {
            drawImagery(graphics);
        }
        graphics.dispose();
        return png(image);
    }

    private static void drawImagery(Graphics2D graphics) {
        graphics.setPaint(new GradientPaint(
                new Point2D.Double(EXTENT[0], EXTENT[1]),
                new Color(0x3F6B3A),
                new Point2D.Double(EXTENT[2], EXTENT[3]),
                new Color(0x9DB07A)));
        graphics.fill(new java.awt.geom.Rectangle2D.Double(
                EXTENT[0], EXTENT[1], EXTENT[2] - EXTENT[0], EXTENT[3] - EXTENT[1]));
        graphics.setColor(new Color(0xB59A78));
        SLIDES.forEach(slide -> graphics.fill(slide.outline()));
    }

    /** A legend of one entry. */
    static byte[] legend() {
        BufferedImage image = new BufferedImage(150, 26, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(new Color(0xCB181D));
        graphics.fillRect(2, 3, 20, 20);
        graphics.setColor(Color.BLACK);
        graphics.drawString(String.format(Locale.ROOT, "Landslide"), 30, 18);
        graphics.dispose();
        return png(image);
    }

    private static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
