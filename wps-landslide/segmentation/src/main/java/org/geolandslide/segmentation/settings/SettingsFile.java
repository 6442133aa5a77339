package org.geolandslide.segmentation.settings;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.geolandslide.model.OutputFile;

/**
 * A properties file (UTF-8) that people edit: writing a setting keeps their comments. It is read anew each time.
 *
 * @param path where it lies; it need not exist
 */
public record SettingsFile(Path path) {

    /** Its content by key; empty if there is no such file. */
    public Map<String, String> read() throws IOException {
        return parse(text().orElse(""));
    }

    /**
     * Writes the file if there is none.
     *
     * @param template the whole content
     * @return whether it was written
     */
    public boolean writeIfMissing(String template) throws IOException {
        if (Files.exists(path)) {
            return false;
        }
        write(template);
        return true;
    }

    /**
     * Writes one setting: in the place of its line if there is one, else below the comment that shows it ({@code #key=...}), else at the
     * end.
     *
     * @param value empty to take the setting out
     * @throws IOException if the file cannot be written, or is written in a way that leaves the setting undecided (a line that goes on)
     */
    public void put(String key, Optional<String> value) throws IOException {
        String text = text().orElse("");
        Map<String, String> wanted = parse(text);
        value.ifPresentOrElse(present -> wanted.put(key, present), () -> wanted.remove(key));
        List<String> lines = new ArrayList<>(text.lines().toList());
        Pattern line = Pattern.compile("\\s*" + Pattern.quote(key) + "\\s*([=:\\s].*)?");
        Pattern comment = Pattern.compile("\\s*[#!]\\s*" + Pattern.quote(key) + "\\s*=.*");
        int at = first(lines, line);
        lines.removeIf(candidate -> line.matcher(candidate).matches());
        if (value.isPresent()) {
            int shown = first(lines, comment);
            int place = at >= 0 ? at : shown >= 0 ? shown + 1 : lines.size();
            lines.add(place, line(key, value.get()));
        }
        String edited = String.join("\n", lines) + "\n";
        if (!parse(edited).equals(wanted)) {
            throw new IOException(path.getFileName() + ": the setting '" + key
                    + "' cannot be replaced, for it is not on one line of its own; edit the file by hand");
        }
        write(edited);
    }

    private static int first(List<String> lines, Pattern pattern) {
        for (int i = 0; i < lines.size(); i++) {
            if (pattern.matcher(lines.get(i)).matches()) {
                return i;
            }
        }
        return -1;
    }

    private Optional<String> text() throws IOException {
        try {
            return Optional.of(Files.readString(path, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void write(String text) throws IOException {
        OutputFile.write(path, unfinished -> Files.writeString(unfinished, text, StandardCharsets.UTF_8));
    }

    private static Map<String, String> parse(String text) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            throw new IOException("it holds a broken escape: " + e.getMessage(), e);
        }
        Map<String, String> content = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> content.put(key, properties.getProperty(key)));
        return content;
    }

    /** A line as {@link Properties} would write it, with its escapes. */
    private static String line(String key, String value) throws IOException {
        Properties properties = new Properties();
        properties.setProperty(key, value);
        StringWriter text = new StringWriter();
        properties.store(text, null);
        return text.toString()
                .lines()
                .filter(candidate -> !candidate.startsWith("#"))
                .findFirst()
                .orElseThrow();
    }
}
