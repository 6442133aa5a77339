package org.geolandslide.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelPackageTests {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writePackage() throws Exception {
        file = TinyModel.RED.write(folder.resolve("red.zip"), 64, 16);
    }

    @Test
    void what_was_written_is_read_back() throws Exception {
        ModelPackage model = ModelPackage.open(file);
        assertThat(model.description()).isEqualTo(TinyModel.RED.description(64, 16));
        assertThat(model.model()).isEqualTo(TinyModel.RED.onnx());
        assertThat(model.checksum()).isEqualTo(Checksum.of(TinyModel.RED.onnx()));
        assertThat(model.modelCard()).isEqualTo("# red-share\n");
        assertThat(PackageVerifier.verify(model)).isLessThan(1e-6);
    }

    @Test
    void a_package_may_list_the_samples_that_the_model_was_trained_on() throws Exception {
        assertThat(ModelPackage.open(file).samples()).isEmpty();
        String samples = "use,sample,fingerprint\ntraining,a,1220ab\n";
        Path listing = folder.resolve("listing.zip");
        PackageWriter.write(
                listing,
                TinyModel.RED.description(64, 16),
                TinyModel.RED.onnx(),
                TinyModel.RED.golden(),
                "",
                Optional.of(samples));
        assertThat(ModelPackage.open(listing).samples()).contains(samples);
        // The package without the list differs in nothing else.
        assertThat(ModelPackage.open(listing).checksum())
                .isEqualTo(ModelPackage.open(file).checksum());
        file = listing;
        Path altered = repack(
                Map.of("samples.csv", samples.replace("training", "whatever").getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> ModelPackage.open(altered))
                .isInstanceOf(InvalidPackageException.class)
                .hasMessageContaining("'samples.csv' has the checksum 1220");
        Map<String, byte[]> without = content();
        without.remove("samples.csv");
        Path incomplete = zip(without);
        assertThatThrownBy(() -> ModelPackage.open(incomplete))
                .isInstanceOf(InvalidPackageException.class)
                .hasMessageContaining("the package lacks the file 'samples.csv'");
    }

    @Test
    void the_same_content_gives_the_same_bytes() throws Exception {
        Path again = TinyModel.RED.write(folder.resolve("again.zip"), 64, 16);
        assertThat(again).hasSameBinaryContentAs(file);
    }

    @Test
    void an_unpacked_package_is_a_package() throws Exception {
        Path unpacked = unpack();
        assertThat(ModelPackage.open(unpacked).checksum())
                .isEqualTo(ModelPackage.open(file).checksum());
    }

    @Test
    void writing_leaves_nothing_behind_when_it_fails() throws Exception {
        Path target = folder.resolve("elsewhere").resolve("bad.zip");
        byte[] foreign = proto(model -> {
            model.getGraphBuilder().getNodeBuilder(0).setDomain("com.microsoft");
            return model;
        });
        GoldenSample golden = TinyModel.RED.golden();
        ModelDescription description = TinyModel.RED.description(64, 16);
        assertThatThrownBy(() -> PackageWriter.write(target, description, foreign, golden, ""))
                .isInstanceOf(InvalidPackageException.class)
                .hasMessageContaining("com.microsoft.Conv");
        try (Stream<Path> left = Files.list(target.getParent())) {
            assertThat(left).isEmpty();
        }
    }

    @Nested
    class Refusals {
        @Test
        void an_output_with_more_than_one_value_per_pixel() throws Exception {
            byte[] twoClasses = proto(model -> {
                var graph = model.getGraphBuilder();
                graph.getNodeBuilder(graph.getNodeCount() - 1).setOutput(0, "landslide");
                graph.addNode(NodeProto.newBuilder()
                        .setOpType("Concat")
                        .addInput("landslide")
                        .addInput("landslide")
                        .addOutput("probability")
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("axis")
                                .setType(AttributeProto.AttributeType.INT)
                                .setI(1)));
                graph.getOutputBuilder(0)
                        .getTypeBuilder()
                        .getTensorTypeBuilder()
                        .getShapeBuilder()
                        .getDimBuilder(1)
                        .setDimValue(2);
                return model;
            });
            GoldenSample given = TinyModel.RED.golden();
            try (OrtSession session = OrtEnvironment.getEnvironment().createSession(twoClasses)) {
                GoldenSample golden =
                        new GoldenSample(given.inputs(), PackageVerifier.run(session, given.inputs()), 1e-4);
                Path target = folder.resolve("two.zip");
                ModelDescription description = TinyModel.RED.description(64, 16);
                assertThatThrownBy(() -> PackageWriter.write(target, description, twoClasses, golden, ""))
                        .isInstanceOf(InvalidPackageException.class)
                        .hasMessageContaining("'probability' of 'red-share' has the shape [1, 2, 8, 8]")
                        .hasMessageContaining("expected [1, 1, 8, 8]");
                assertThat(target).doesNotExist();
            }
        }

        @Test
        void a_golden_sample_of_another_shape() throws Exception {
            ObjectNode golden = (ObjectNode) JSON.readTree(content().get("golden.json"));
            ArrayNode shape =
                    (ArrayNode) golden.get("outputs").get("probability").get("shape");
            shape.set(2, 4).set(3, 16);
            byte[] turned = JSON.writeValueAsBytes(golden);
            ModelPackage model = ModelPackage.open(zip(withAsset("golden.json", turned)));
            assertThatThrownBy(() -> PackageVerifier.verify(model))
                    .isInstanceOf(InvalidPackageException.class)
                    .hasMessageContaining("has the shape [1, 1, 8, 8], its golden sample [1, 1, 4, 16]");
        }

        @ParameterizedTest
        @ValueSource(longs = {-7, 1L << 40})
        void a_size_that_no_file_has(long size) throws Exception {
            ObjectNode item = (ObjectNode) JSON.readTree(content().get("item.json"));
            ((ObjectNode) item.get("assets").get("golden")).put("file:size", size);
            assertRefused(
                    repack(Map.of("item.json", JSON.writeValueAsBytes(item))),
                    "file:size is " + size + ", expected 0 to");
        }

        @Test
        void a_file_that_is_packed_too_tightly() throws Exception {
            assertRefused(
                    zip(withAsset("MODEL_CARD.md", new byte[20 << 20])),
                    "'MODEL_CARD.md' unpacks from",
                    "more than 100 times as much");
        }

        @Test
        void a_place_where_nothing_is() {
            assertRefused(folder.resolve("none.zip"), "there is no model package");
        }

        @Test
        void a_file_that_is_no_archive() throws IOException {
            Path text = Files.writeString(folder.resolve("text.zip"), "hello");
            assertRefused(text, "is not a zip archive");
        }

        @Test
        void a_model_with_another_checksum() throws IOException {
            byte[] altered = TinyModel.RED.onnx();
            altered[altered.length / 2] ^= 1;
            assertRefused(
                    repack(Map.of("model.onnx", altered)), "'model.onnx' has the checksum 1220", "item.json says 1220");
        }

        @Test
        void a_model_of_another_size() throws IOException {
            assertRefused(repack(Map.of("model.onnx", new byte[3])), "'model.onnx' has 3 bytes, item.json says");
            assertRefused(repack(Map.of("model.onnx", new byte[1 << 16])), "'model.onnx' is larger than the expected");
        }

        @ParameterizedTest
        @ValueSource(strings = {"item.json", "model.onnx", "golden.json", "MODEL_CARD.md"})
        void a_missing_file(String name) throws IOException {
            Map<String, byte[]> content = content();
            content.remove(name);
            assertRefused(zip(content), "the package lacks the file '" + name + "'");
        }

        @ParameterizedTest
        @ValueSource(strings = {"../evil", "/etc/evil", "a/../../evil", "a\\..\\evil", "C:evil"})
        void an_entry_that_leaves_the_package(String name) throws IOException {
            Map<String, byte[]> content = content();
            content.put(name, new byte[1]);
            assertRefused(zip(content), "leaves the package");
        }

        @ParameterizedTest
        @ValueSource(strings = {"../model.onnx", "/model.onnx"})
        void an_asset_that_leaves_the_package(String href) throws IOException {
            assertRefused(edited("\"./model.onnx\"", "\"" + href + "\""), "the path '" + href + "' leaves the package");
        }

        @Test
        void a_link_that_leaves_the_package() throws IOException {
            Path unpacked = unpack();
            Path outside = Files.move(unpacked.resolve("model.onnx"), folder.resolve("outside.onnx"));
            Files.createSymbolicLink(unpacked.resolve("model.onnx"), outside);
            assertRefused(unpacked, "the path 'model.onnx' leaves the package");
        }

        @Test
        void an_input_that_the_model_does_not_have() throws IOException {
            assertRefused(
                    edited("\"name\" : \"dem\"", "\"name\" : \"thermal\""),
                    "item.json describes the inputs [optical, thermal], the ONNX model has [dem, optical]");
        }

        @Test
        void a_band_that_is_not_described() throws IOException {
            assertRefused(
                    edited("\"bands\" : [ \"elevation\" ]", "\"bands\" : [ \"height\" ]"), "names the band \"height\"");
        }

        @Test
        void another_version_of_stac() throws IOException {
            assertRefused(edited("\"1.1.0\"", "\"1.0.0\""), "/stac_version is \"1.0.0\", expected \"1.1.0\"");
        }

        @Test
        void a_field_that_is_missing() throws IOException {
            assertRefused(
                    edited("\"landslide:threshold\"", "\"other\""), "item.json lacks /properties/landslide:threshold");
        }

        @Test
        void a_field_of_another_type() throws IOException {
            assertRefused(
                    edited("\"landslide:threshold\" : 0.5", "\"landslide:threshold\" : \"half\""),
                    "/properties/landslide:threshold is \"half\", expected a number");
        }

        @Test
        void a_value_out_of_range() throws IOException {
            assertRefused(
                    edited("\"landslide:threshold\" : 0.5", "\"landslide:threshold\" : 1.5"),
                    "threshold 1.5 is not between 0 and 1");
        }

        @Test
        void an_item_that_is_no_json() throws IOException {
            assertRefused(repack(Map.of("item.json", "{".getBytes(StandardCharsets.UTF_8))), "item.json is not JSON");
        }

        @Test
        void external_data() throws Exception {
            byte[] model = proto(builder -> {
                builder.getGraphBuilder()
                        .getInitializerBuilder(0)
                        .clearFloatData()
                        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                        .addExternalData(StringStringEntryProto.newBuilder()
                                .setKey("location")
                                .setValue("/etc/passwd"));
                return builder;
            });
            assertThatThrownBy(() -> PackageWriter.write(
                            folder.resolve("x.zip"),
                            TinyModel.RED.description(64, 16),
                            model,
                            TinyModel.RED.golden(),
                            ""))
                    .isInstanceOf(InvalidPackageException.class)
                    .hasMessageContaining("keeps the tensor 'scale' in external data");
        }

        @Test
        void a_model_that_is_not_onnx() {
            byte[] text = "this is not a protobuf".getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> PackageWriter.write(
                            folder.resolve("x.zip"),
                            TinyModel.RED.description(64, 16),
                            text,
                            TinyModel.RED.golden(),
                            ""))
                    .isInstanceOf(InvalidPackageException.class);
        }

        @Test
        void a_model_that_does_not_reproduce_its_golden_sample() throws Exception {
            Path other = folder.resolve("other.zip");
            assertThatThrownBy(() -> PackageWriter.write(
                            other,
                            TinyModel.RED.description(64, 16),
                            TinyModel.RED.onnx(),
                            TinyModel.ELEVATION.golden(),
                            ""))
                    .isInstanceOf(InvalidPackageException.class)
                    .hasMessageContaining("does not reproduce its golden sample")
                    .hasMessageContaining("allowed is 1.0E-4");
            assertThat(other).doesNotExist();
        }

        private void assertRefused(Path location, String... parts) {
            assertThatThrownBy(() -> ModelPackage.open(location))
                    .isInstanceOf(InvalidPackageException.class)
                    .satisfies(failure -> assertThat(failure.getMessage()).contains(parts));
        }
    }

    private static byte[] proto(UnaryOperator<ModelProto.Builder> change) {
        return change.apply(TinyModel.RED.proto().toBuilder()).build().toByteArray();
    }

    private Map<String, byte[]> content() throws IOException {
        Map<String, byte[]> content = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                content.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return content;
    }

    private Path repack(Map<String, byte[]> changes) throws IOException {
        Map<String, byte[]> content = content();
        content.putAll(changes);
        return zip(content);
    }

    /** The package's files with another content of one of them, which the item declares properly. */
    private Map<String, byte[]> withAsset(String name, byte[] changed) throws IOException {
        Map<String, byte[]> content = content();
        JsonNode item = JSON.readTree(content.get("item.json"));
        for (JsonNode asset : item.get("assets")) {
            if (asset.get("href").asText().endsWith(name)) {
                ((ObjectNode) asset).put("file:checksum", Checksum.of(changed)).put("file:size", changed.length);
            }
        }
        content.put("item.json", JSON.writeValueAsBytes(item));
        content.put(name, changed);
        return content;
    }

    private Path edited(String find, String replace) throws IOException {
        String item = new String(content().get("item.json"), StandardCharsets.UTF_8);
        assertThat(item).contains(find);
        return repack(Map.of("item.json", item.replace(find, replace).getBytes(StandardCharsets.UTF_8)));
    }

    private Path zip(Map<String, byte[]> content) throws IOException {
        Path target = Files.createTempFile(folder, "package", ".zip");
        try (OutputStream out = Files.newOutputStream(target);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : content.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return target;
    }

    private Path unpack() throws IOException {
        Path target = Files.createDirectory(folder.resolve("unpacked"));
        for (Map.Entry<String, byte[]> entry : content().entrySet()) {
            Files.write(target.resolve(entry.getKey()), entry.getValue());
        }
        return target;
    }
}
