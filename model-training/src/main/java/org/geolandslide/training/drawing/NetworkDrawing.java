package org.geolandslide.training.drawing;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.QuadCurve2D;
import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws a network: its blocks from left to right in the order of their computation, the coarser their pixels are the lower. */
public final class NetworkDrawing {
    private static final int BOX_WIDTH = 138;
    private static final int BOX_HEIGHT = 64;
    private static final int STEP_X = BOX_WIDTH / 2 + 34;
    private static final int STEP_Y = BOX_HEIGHT + 42;
    private static final int GAP = 26;
    private static final int MARGIN = 28;
    private static final int TOP = 96;
    private static final int ARROW = 8;
    private static final Color INK = new Color(0x1F2933);
    private static final Color FAINT = new Color(0x6B7280);
    private static final Color PLAIN = new Color(0xE7EEF5);
    private static final Color ATTENTIVE = new Color(0xFDE8C8);
    private static final Color INPUT = new Color(0xE3F1E6);
    private static final Color FRAME = new Color(0x5B7083);
    private static final Color LINE = new Color(0x8294A5);

    private NetworkDrawing() {}

    /**
     * Draws a diagram.
     *
     * @param title heading
     * @param subtitle line under it
     */
    public static BufferedImage draw(BlockDiagram diagram, String title, String subtitle) {
        int blocks = diagram.blocks().size();
        int deepest = 0;
        for (BlockDiagram.Block block : diagram.blocks()) {
            deepest = Math.max(deepest, level(diagram, block));
        }
        int[] columns = columns(diagram);
        int width = columns[blocks - 1] + BOX_WIDTH + MARGIN;
        int height = TOP + deepest * STEP_Y + BOX_HEIGHT + 2 * MARGIN;
        BufferedImage image = new BufferedImage(Math.max(width, 640), height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), height);
        text(graphics, title, MARGIN, 36, Font.BOLD, 20, INK);
        text(graphics, subtitle, MARGIN, 60, Font.PLAIN, 13, FAINT);
        for (BlockDiagram.Edge edge : diagram.edges()) {
            connect(graphics, diagram, edge, columns);
        }
        for (int i = 0; i < blocks; i++) {
            box(graphics, diagram, i, columns[i]);
        }
        graphics.dispose();
        return image;
    }

    /** Number of halvings from the size of the first input. */
    private static int level(BlockDiagram diagram, BlockDiagram.Block block) {
        double ratio = (double) diagram.blocks().get(0).height() / block.height();
        int regular = (int) Math.max(0, Math.round(Math.log(ratio) / Math.log(2)));
        if (block.height() > 1) {
            return regular;
        }
        // What is pooled over the whole image stands one level under the coarsest one.
        int coarsest = 0;
        for (BlockDiagram.Block other : diagram.blocks()) {
            if (other.height() > 1) {
                coarsest = Math.max(coarsest, level(diagram, other));
            }
        }
        return coarsest + 1;
    }

    /** Left edges of the boxes: each to the right of the one before, and of all on its level. */
    private static int[] columns(BlockDiagram diagram) {
        int[] columns = new int[diagram.blocks().size()];
        Map<Integer, Integer> ends = new HashMap<>();
        for (int i = 0; i < columns.length; i++) {
            int level = level(diagram, diagram.blocks().get(i));
            int free = ends.getOrDefault(level, MARGIN - GAP) + GAP;
            columns[i] = i == 0 ? MARGIN : Math.max(columns[i - 1] + STEP_X, free);
            ends.put(level, columns[i] + BOX_WIDTH);
        }
        return columns;
    }

    private static int y(BlockDiagram diagram, int index) {
        return TOP + level(diagram, diagram.blocks().get(index)) * STEP_Y;
    }

    private static void box(Graphics2D graphics, BlockDiagram diagram, int index, int x) {
        BlockDiagram.Block block = diagram.blocks().get(index);
        int y = y(diagram, index);
        graphics.setColor(block.weights() == 0 ? INPUT : block.attentive() ? ATTENTIVE : PLAIN);
        graphics.fillRoundRect(x, y, BOX_WIDTH, BOX_HEIGHT, 10, 10);
        graphics.setColor(FRAME);
        graphics.setStroke(new BasicStroke(1.2f));
        graphics.drawRoundRect(x, y, BOX_WIDTH, BOX_HEIGHT, 10, 10);
        text(graphics, block.name(), x + 9, y + 19, Font.BOLD, 12, INK);
        List<Long> shape = block.shape();
        String sizes = shape.get(0) + " x " + shape.get(1) + " x " + shape.get(2);
        text(graphics, sizes, x + 9, y + 37, Font.PLAIN, 12, INK);
        String weights = block.weights() == 0
                ? "input"
                : String.format(Locale.ROOT, "%,d weights", block.weights()) + (block.attentive() ? " *" : "");
        text(graphics, weights, x + 9, y + 54, Font.PLAIN, 11, FAINT);
    }

    /** From the right edge of a box to the left one of another; far ones in an arc over those between them. */
    private static void connect(Graphics2D graphics, BlockDiagram diagram, BlockDiagram.Edge edge, int[] columns) {
        int fromX = columns[edge.from()] + BOX_WIDTH / 2;
        int toX = columns[edge.to()] + BOX_WIDTH / 2;
        int fromY = y(diagram, edge.from());
        int toY = y(diagram, edge.to());
        graphics.setColor(LINE);
        graphics.setStroke(new BasicStroke(1.5f));
        double endX = toX;
        double endY;
        double controlX;
        double controlY;
        double startX = fromX;
        double startY;
        if (fromY == toY) {
            startY = fromY;
            endY = toY;
            controlX = (startX + endX) / 2;
            controlY = fromY - 18 - 0.05 * (toX - fromX);
        } else if (toY > fromY) {
            startY = fromY + (double) BOX_HEIGHT;
            endY = toY;
            controlX = startX;
            controlY = (startY + endY) / 2;
        } else {
            startY = fromY;
            endY = toY + (double) BOX_HEIGHT;
            controlX = endX;
            controlY = (startY + endY) / 2;
        }
        graphics.draw(new QuadCurve2D.Double(startX, startY, controlX, controlY, endX, endY));
        arrow(graphics, controlX, controlY, endX, endY);
    }

    private static void arrow(Graphics2D graphics, double fromX, double fromY, double x, double y) {
        double angle = Math.atan2(y - fromY, x - fromX);
        Path2D head = new Path2D.Double();
        head.moveTo(x, y);
        head.lineTo(x - ARROW * Math.cos(angle - 0.4), y - ARROW * Math.sin(angle - 0.4));
        head.lineTo(x - ARROW * Math.cos(angle + 0.4), y - ARROW * Math.sin(angle + 0.4));
        head.closePath();
        graphics.fill(head);
    }

    private static void text(Graphics2D graphics, String text, int x, int y, int style, int size, Color colour) {
        graphics.setFont(new Font(Font.SANS_SERIF, style, size));
        graphics.setColor(colour);
        graphics.drawString(text, x, y);
    }
}
