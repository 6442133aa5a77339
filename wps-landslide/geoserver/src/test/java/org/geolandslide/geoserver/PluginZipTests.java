package org.geolandslide.geoserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The zips that were built, of which the system property {@code plugin.zips} names the folder; run when they are there. */
class PluginZipTests {
    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[^/]*)\\.jar");

    private static List<Path> zips() throws IOException {
        String folder = Objects.requireNonNull(
                System.getProperty("plugin.zips"), "plugin.zips is not set: run by 'mvn verify', after packing");
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            List<Path> zips = files.filter(file -> file.toString().endsWith("-plugin.zip"))
                    .sorted()
                    .toList();
            assertThat(zips).as("zips").isNotEmpty();
            return zips;
        }
    }

    private static List<String> entries(Path zip) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            return file.stream().map(entry -> entry.getName()).toList();
        }
    }

    private static List<String> jars(Path zip) throws IOException {
        return entries(zip).stream().filter(name -> name.endsWith(".jar")).toList();
    }

    private static String artifact(String jar) {
        Matcher matcher = JAR.matcher(jar);
        assertThat(matcher.matches()).as(jar).isTrue();
        return matcher.group(1);
    }

    private static Set<String> artifactsOfGeoServer() throws IOException {
        try (InputStream in =
                        Objects.requireNonNull(PluginZipTests.class.getResourceAsStream("/geoserver-2.26.2-jars.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(PluginZipTests::artifact)
                    .collect(Collectors.toSet());
        }
    }

    @ParameterizedTest
    @MethodSource("zips")
    void holds_the_plugin_and_one_runtime_as_flat_jars(Path zip) throws Exception {
        boolean gpu = zip.getFileName().toString().endsWith("-gpu-plugin.zip");
        assertThat(zip.getFileName().toString()).matches("geoserver-\\d+\\.\\d+-landslide(-gpu)?-plugin\\.zip");
        assertThat(jars(zip).stream().map(PluginZipTests::artifact))
                .containsExactlyInAnyOrder(
                        "wps-landslide-geoserver",
                        "wps-landslide-segmentation",
                        "model-export",
                        gpu ? "onnxruntime_gpu" : "onnxruntime",
                        "tribuo-util-onnx",
                        "protobuf-java");
    }

    @ParameterizedTest
    @MethodSource("zips")
    void holds_nothing_that_geoserver_ships(Path zip) throws Exception {
        Set<String> shipped = artifactsOfGeoServer();
        assertThat(shipped).hasSizeGreaterThan(280).contains("jackson-databind", "jts-core", "gs-main", "gs-wps-core");
        assertThat(jars(zip).stream().map(PluginZipTests::artifact)).doesNotContainAnyElementsOf(shipped);
    }

    @ParameterizedTest
    @MethodSource("zips")
    void holds_the_licence_of_everything_in_it(Path zip) throws Exception {
        List<String> entries = entries(zip);
        assertThat(entries).contains("landslide-LICENSE.txt", "landslide-NOTICE.txt");
        String notice;
        try (ZipFile file = new ZipFile(zip.toFile());
                InputStream in = file.getInputStream(file.getEntry("landslide-NOTICE.txt"))) {
            notice = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(notice).doesNotContain("${");
        for (String jar : jars(zip)) {
            if (jar.contains("landslide") || jar.startsWith("model-export")) {
                continue;
            }
            assertThat(notice.lines()).anyMatch(line -> line.startsWith(jar + " "));
        }
        Matcher texts = Pattern.compile("\\S+\\.txt(?=;|\\n)").matcher(notice);
        int found = 0;
        while (texts.find()) {
            String text = texts.group();
            if (!text.startsWith("landslide-")) {
                assertThat(entries).contains("landslide-licenses/" + text);
                found++;
            }
        }
        assertThat(found).isEqualTo(3);
    }
}
