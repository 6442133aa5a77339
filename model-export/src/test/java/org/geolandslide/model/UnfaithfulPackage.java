package org.geolandslide.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/** A package in which everything is right but this: its model does not compute what its golden sample expects. */
public final class UnfaithfulPackage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private UnfaithfulPackage() {}

    /** Writes such a package of {@link TinyModel#RED}: its first value is off by a half. */
    public static Path write(Path file) throws Exception {
        TinyModel.RED.write(file, 64, 16);
        try (FileSystem zip = FileSystems.newFileSystem(file)) {
            Path goldenFile = zip.getPath("golden.json");
            ObjectNode golden = (ObjectNode) JSON.readTree(Files.readAllBytes(goldenFile));
            ArrayNode values = (ArrayNode) golden.at("/outputs/probability/values");
            values.set(0, values.get(0).floatValue() + 0.5f);
            Files.write(goldenFile, JSON.writeValueAsBytes(golden));
            Path itemFile = zip.getPath("item.json");
            ObjectNode item = (ObjectNode) JSON.readTree(Files.readAllBytes(itemFile));
            ObjectNode asset = (ObjectNode) item.at("/assets/golden");
            asset.put("file:size", Files.size(goldenFile));
            asset.put("file:checksum", Checksum.of(goldenFile));
            Files.write(itemFile, JSON.writeValueAsBytes(item));
        }
        return file;
    }
}
