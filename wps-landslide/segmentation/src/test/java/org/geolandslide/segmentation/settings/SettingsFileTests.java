package org.geolandslide.segmentation.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTests {
    @TempDir
    private Path folder;

    private SettingsFile file(String text) throws IOException {
        Path path = folder.resolve("some.properties");
        Files.writeString(path, text);
        return new SettingsFile(path);
    }

    private String edited(String text, String key, Optional<String> value) throws IOException {
        SettingsFile file = file(text);
        file.put(key, value);
        return Files.readString(file.path());
    }

    @Test
    void a_file_that_is_not_there_sets_nothing_and_is_written_once() throws Exception {
        SettingsFile file = new SettingsFile(folder.resolve("new/some.properties"));
        assertThat(file.read()).isEmpty();
        assertThat(file.writeIfMissing("a=1\n")).isTrue();
        assertThat(file.writeIfMissing("a=2\n")).isFalse();
        assertThat(file.read()).containsExactly(entry("a", "1"));
    }

    @Test
    void a_setting_is_written_where_it_stands_or_is_shown() throws Exception {
        assertThat(edited("# about a\n  a : 1\nb=2\n", "a", Optional.of("new one")))
                .isEqualTo("# about a\na=new one\nb=2\n");
        assertThat(edited("# about a\n#a=NAME\n\n# about b\n#b=2\n", "a", Optional.of("x")))
                .isEqualTo("# about a\n#a=NAME\na=x\n\n# about b\n#b=2\n");
        assertThat(edited("b=2", "a", Optional.of("x"))).isEqualTo("b=2\na=x\n");
    }

    @Test
    void a_setting_is_taken_out_and_names_that_begin_alike_stay() throws Exception {
        assertThat(edited("#a=NAME\na=1\na=2\na.b=3\nab=4\n", "a", Optional.empty()))
                .isEqualTo("#a=NAME\na.b=3\nab=4\n");
    }

    @Test
    void what_needs_escapes_comes_back_as_it_was() throws Exception {
        SettingsFile file = file("#a=\n");
        file.put("a", Optional.of("C:\\models\tüß"));
        assertThat(file.read()).isEqualTo(Map.of("a", "C:\\models\tüß"));
    }

    @Test
    void a_setting_over_several_lines_is_left_to_people() throws Exception {
        String text = "a=1\\\n2\nb=3\n";
        SettingsFile file = file(text);
        assertThatThrownBy(() -> file.put("a", Optional.of("x")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("some.properties: the setting 'a' cannot be replaced");
        assertThat(file.path()).hasContent(text);
    }

    @Test
    void a_broken_escape_is_an_error() throws Exception {
        SettingsFile file = file("a=\\u12\n");
        assertThatThrownBy(file::read).isInstanceOf(IOException.class).hasMessageContaining("broken escape");
    }
}
