package org.geolandslide.training.evaluation;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import org.geolandslide.training.data.Sample;

/**
 * A picture of chips for the eye, one per row: the image, what is landslide, what was found, missed and invented, the probability and, if
 * the model has it, the attention.
 */
final class ChipSheet {
    private static final int CELL = 168;
    private static final int GAP = 8;
    private static final int LEFT = 150;
    private static final int TOP = 84;
    private static final int BOTTOM = 40;
    private static final int LINE = 18;
    private static final int LETTERS = 14;
    private static final int LEGEND_STEP = 130;
    private static final Color INK = new Color(0x1F2933);
    private static final Color FAINT = new Color(0x6B7280);

    /** Colour-blind safe (Okabe and Ito 2008). */
    private static final int FOUND = 0x009E73;

    private static final int MISSED = 0x0072B2;
    private static final int INVENTED = 0xD55E00;

    /** Share of the grey image that shows through a colour. */
    private static final double SHINE = 0.35;

    /**
     * One row.
     *
     * @param chip the chip
     * @param probability per pixel, row-major
     * @param attention per pixel, row-major; empty if the model has none
     * @param counts its labelled pixels
     */
    record Row(Sample chip, float[] probability, float[] attention, Confusion counts) {}

    private ChipSheet() {}

    /**
     * Draws a sheet.
     *
     * @param title heading
     * @param shown indices of the optical bands that the image shows: three as red, green and blue, one as grey
     * @param rows from the top; at least one
     * @param threshold least probability of a landslide pixel
     */
    static BufferedImage draw(String title, List<Integer> shown, List<Row> rows, double threshold) {
        List<String> columns = new ArrayList<>(List.of("image", "landslide", "found", "probability"));
        if (rows.get(0).attention().length > 0) {
            columns.add("attention");
        }
        int width = LEFT + columns.size() * (CELL + GAP) + GAP;
        int height = TOP + rows.size() * (CELL + GAP) + BOTTOM;
        BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        text(graphics, title, GAP, 26, Font.BOLD, 18, INK);
        String subtitle =
                String.format(Locale.ROOT, "Worst to best of the chips with landslide; threshold %.2f", threshold);
        text(graphics, subtitle, GAP, 48, Font.PLAIN, 13, FAINT);
        for (int column = 0; column < columns.size(); column++) {
            text(graphics, columns.get(column), x(column), TOP - 8, Font.PLAIN, 13, INK);
        }
        for (int i = 0; i < rows.size(); i++) {
            drawRow(graphics, rows.get(i), shown, TOP + i * (CELL + GAP), threshold);
        }
        int legend = height - BOTTOM / 2 + 4;
        key(graphics, "found", FOUND, LEFT, legend);
        key(graphics, "missed", MISSED, LEFT + LEGEND_STEP, legend);
        key(graphics, "not landslide", INVENTED, LEFT + 2 * LEGEND_STEP, legend);
        graphics.dispose();
        return sheet;
    }

    private static int x(int column) {
        return LEFT + column * (CELL + GAP);
    }

    private static void drawRow(Graphics2D graphics, Row row, List<Integer> shown, int top, double threshold) {
        Sample chip = row.chip();
        int y = top + LINE;
        for (String line : broken(chip.name())) {
            text(graphics, line, GAP, y, Font.BOLD, 13, INK);
            y += LINE;
        }
        String[] scores = {
            score("F1", row.counts().f1()),
            score("precision", row.counts().precision()),
            score("recall", row.counts().recall())
        };
        for (String score : scores) {
            text(graphics, score, GAP, y, Font.PLAIN, 13, FAINT);
            y += LINE;
        }
        int[] image = colours(chip, shown);
        picture(graphics, chip, 0, top, pixel -> image[pixel]);
        picture(
                graphics,
                chip,
                1,
                top,
                pixel -> chip.labels()[pixel] == 1 ? tinted(image[pixel], FOUND) : grey(image[pixel]));
        picture(graphics, chip, 2, top, pixel -> outcome(row, pixel, image[pixel], threshold));
        picture(graphics, chip, 3, top, pixel -> level(row.probability()[pixel]));
        if (row.attention().length > 0) {
            picture(graphics, chip, 4, top, pixel -> level(row.attention()[pixel]));
        }
    }

    /** A score with its name; a dash where it divides by nothing. */
    private static String score(String name, double value) {
        return name + (Double.isNaN(value) ? " -" : String.format(Locale.ROOT, " %.3f", value));
    }

    /** A name in lines that fit beside the pictures. */
    private static List<String> broken(String name) {
        List<String> lines = new ArrayList<>();
        for (int start = 0; start < name.length(); start += LETTERS) {
            lines.add(name.substring(start, Math.min(name.length(), start + LETTERS)));
        }
        return lines;
    }

    private static int outcome(Row row, int pixel, int colour, double threshold) {
        byte label = row.chip().labels()[pixel];
        boolean found = row.probability()[pixel] >= threshold;
        if (label == Sample.UNLABELLED || (label != 1 && !found)) {
            return grey(colour);
        }
        return tinted(colour, label != 1 ? INVENTED : found ? FOUND : MISSED);
    }

    /** A picture of the chip in its cell, its sides in proportion. */
    private static void picture(Graphics2D graphics, Sample chip, int column, int top, IntUnaryOperator colour) {
        BufferedImage picture = new BufferedImage(chip.width(), chip.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < chip.width() * chip.height(); i++) {
            picture.setRGB(i % chip.width(), i / chip.width(), colour.applyAsInt(i));
        }
        double scale = (double) CELL / Math.max(chip.width(), chip.height());
        graphics.drawImage(
                picture,
                x(column),
                top,
                (int) Math.round(scale * chip.width()),
                (int) Math.round(scale * chip.height()),
                null);
    }

    /** The shown bands of the chip, stretched so that its brightest and darkest hundredth saturate. */
    private static int[] colours(Sample chip, List<Integer> shown) {
        float[] sorted = new float[shown.size() * chip.width() * chip.height()];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = chip.optical()[shown.get(i % shown.size())][i / shown.size()];
        }
        Arrays.sort(sorted);
        float least = sorted[sorted.length / 100];
        float brightest = sorted[sorted.length - 1 - sorted.length / 100];
        float most = brightest > least ? brightest : least + 1;
        int[] colours = new int[chip.width() * chip.height()];
        for (int i = 0; i < colours.length; i++) {
            for (int channel = 0; channel < 3; channel++) {
                float value = chip.optical()[shown.get(channel % shown.size())][i];
                float share = Math.max(0, Math.min(1, (value - least) / (most - least)));
                colours[i] = colours[i] << 8 | Math.round(255 * share);
            }
        }
        return colours;
    }

    private static int level(float value) {
        int grey = Math.round(255 * Math.max(0, Math.min(1, value)));
        return grey << 16 | grey << 8 | grey;
    }

    private static int grey(int colour) {
        int mean = ((colour >> 16 & 0xFF) + (colour >> 8 & 0xFF) + (colour & 0xFF)) / 3;
        return mean << 16 | mean << 8 | mean;
    }

    private static int tinted(int colour, int tint) {
        int result = 0;
        int shine = grey(colour) & 0xFF;
        for (int shift = 16; shift >= 0; shift -= 8) {
            result |= (int) Math.round(SHINE * shine + (1 - SHINE) * (tint >> shift & 0xFF)) << shift;
        }
        return result;
    }

    private static void key(Graphics2D graphics, String name, int colour, int x, int y) {
        graphics.setColor(new Color(colour));
        graphics.fillRect(x, y - 11, 14, 14);
        text(graphics, name, x + 20, y, Font.PLAIN, 13, INK);
    }

    private static void text(Graphics2D graphics, String text, int x, int y, int style, int size, Color colour) {
        graphics.setFont(new Font(Font.SANS_SERIF, style, size));
        graphics.setColor(colour);
        graphics.drawString(text, x, y);
    }
}
