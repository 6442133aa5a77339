package org.geolandslide.model;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Reads what {@link ItemWriter} writes, and refuses with the name of the field what is not so. */
final class ItemReader {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ItemReader() {}

    static Item read(byte[] json) throws InvalidPackageException {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(json);
        } catch (IOException e) {
            throw new InvalidPackageException("item.json is not JSON: " + e.getMessage(), e);
        }
        JsonField root = new JsonField("", tree).object();
        root.required("type").mustBe("Feature");
        root.required("stac_version").mustBe(ItemWriter.STAC_VERSION);
        requireExtension(root.required("stac_extensions"), ItemWriter.MLM);
        requireExtension(root.required("stac_extensions"), ItemWriter.FILE);
        try {
            return new Item(
                    readModel(root.required("properties").object()),
                    readAssets(root.required("assets").object()));
        } catch (IllegalArgumentException e) {
            throw new InvalidPackageException("item.json: " + e.getMessage(), e);
        }
    }

    private static void requireExtension(JsonField extensions, String extension) throws InvalidPackageException {
        for (JsonField declared : extensions.elements()) {
            if (declared.text().equals(extension)) {
                return;
            }
        }
        throw new InvalidPackageException(
                "item.json: /stac_extensions is " + extensions.node() + ", expected " + extension + " in it");
    }

    private static ModelDescription readModel(JsonField properties) throws InvalidPackageException {
        Map<String, Band> bands = readBands(properties.required("bands"));
        JsonField window = properties.required("landslide:window");
        Windowing windowing = new Windowing(
                window.required("size").smallInteger(),
                window.required("overlap").smallInteger(),
                window.required("multiple").smallInteger(),
                window.required("receptive_field").smallInteger(),
                window.has("fixed") && window.required("fixed").bool(),
                window.has("resample") && window.required("resample").bool());
        List<ModelInput> inputs = new ArrayList<>();
        for (JsonField input : properties.required("mlm:input").elements()) {
            inputs.add(readInput(input, bands, windowing));
        }
        List<ModelOutput> outputs = new ArrayList<>();
        for (JsonField output : properties.required("mlm:output").elements()) {
            outputs.add(readOutput(output, windowing));
        }
        return new ModelDescription(
                properties.required("mlm:name").text(),
                properties.required("description").text(),
                properties.required("mlm:architecture").text(),
                inputs,
                outputs,
                readMap(properties, "mlm:hyperparameters"),
                properties.required("mlm:total_parameters").integer(),
                windowing,
                properties.required("landslide:threshold").number(),
                readMap(properties, "landslide:training"),
                readMap(properties, "landslide:metrics"),
                properties.required("landslide:code_version").text(),
                readInstant(properties.required("datetime")));
    }

    private static Instant readInstant(JsonField field) throws InvalidPackageException {
        try {
            return Instant.parse(field.text());
        } catch (DateTimeException e) {
            throw new InvalidPackageException(
                    "item.json: " + field.path() + " is " + field.node() + ", expected a date and time in UTC", e);
        }
    }

    private static Map<String, Band> readBands(JsonField field) throws InvalidPackageException {
        Map<String, Band> bands = new HashMap<>();
        for (JsonField band : field.elements()) {
            String name = band.required("name").text();
            bands.put(
                    name,
                    new Band(
                            name,
                            band.required("data_type").text(),
                            band.has("unit") ? band.required("unit").text() : "",
                            band.optionalNumber("nodata"),
                            band.optionalNumber("gsd")));
        }
        return bands;
    }

    private static ModelInput readInput(JsonField field, Map<String, Band> bands, Windowing windowing)
            throws InvalidPackageException {
        String name = field.required("name").text();
        List<Band> inputBands = new ArrayList<>();
        for (JsonField reference : field.required("bands").elements()) {
            Band band = bands.get(reference.text());
            if (band == null) {
                throw new InvalidPackageException("item.json: " + reference.path() + " names the band "
                        + reference.node() + ", /properties/bands has only " + bands.keySet());
            }
            inputBands.add(band);
        }
        requireImages(field.required("input"), inputBands.size(), windowing);
        String description =
                field.has("description") ? field.required("description").text() : "";
        return new ModelInput(name, inputBands, description);
    }

    private static ModelOutput readOutput(JsonField field, Windowing windowing) throws InvalidPackageException {
        String outputName = field.required("name").text();
        if (outputName.equals(ModelOutput.DETECTION)) {
            requireStructure(field.required("result"), List.of(-1L, 1L), "one value per window");
        } else {
            requireImages(field.required("result"), 1, windowing);
        }
        List<OutputClass> classes = new ArrayList<>();
        if (field.has("classification:classes")) {
            for (JsonField entry : field.required("classification:classes").elements()) {
                classes.add(new OutputClass(
                        entry.required("value").smallInteger(),
                        entry.required("name").text(),
                        entry.required("description").text(),
                        entry.required("color_hint").text()));
            }
        }
        String description =
                field.has("description") ? field.required("description").text() : "";
        return new ModelOutput(outputName, description, classes);
    }

    /** The engine feeds and reads {@code [N, bands, H, W]} float32 of any N and of any or the window's size. */
    private static void requireImages(JsonField structure, int bands, Windowing windowing)
            throws InvalidPackageException {
        long side = windowing.fixed() ? windowing.size() : -1;
        requireStructure(structure, List.of(-1L, (long) bands, side, side), bands + " band(s)");
    }

    private static void requireStructure(JsonField structure, List<Long> expected, String what)
            throws InvalidPackageException {
        structure.required("data_type").mustBe("float32");
        List<Long> shape = new ArrayList<>();
        for (JsonField size : structure.required("shape").elements()) {
            shape.add(size.integer());
        }
        if (!shape.equals(expected)) {
            throw new InvalidPackageException("item.json: " + structure.path() + "/shape is " + shape + ", expected "
                    + expected + " for " + what);
        }
    }

    private static Map<String, Object> readMap(JsonField properties, String name) throws InvalidPackageException {
        if (!properties.has(name)) {
            return Map.of();
        }
        JsonField field = properties.required(name).object();
        return MAPPER.convertValue(field.node(), new TypeReference<Map<String, Object>>() {});
    }

    private static Map<String, PackageAsset> readAssets(JsonField field) throws InvalidPackageException {
        Map<String, PackageAsset> assets = new HashMap<>();
        for (Iterator<String> keys = field.node().fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            JsonField asset = field.required(key);
            String href = asset.required("href").text();
            assets.put(
                    key,
                    new PackageAsset(
                            key,
                            PackageFiles.requireInside(href.startsWith("./") ? href.substring(2) : href),
                            asset.required("file:checksum").text(),
                            asset.required("file:size").integer()));
        }
        return assets;
    }
}
