package org.geolandslide.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a package as a zip archive, whole or not at all. */
public final class PackageWriter {
    static final String MODEL_FILE = "model.onnx";
    static final String CARD_FILE = "MODEL_CARD.md";
    static final String SAMPLES_FILE = "samples.csv";

    private PackageWriter() {}

    /** Writes a package that does not say on which samples the model was trained. */
    public static ModelPackage write(
            Path target, ModelDescription description, byte[] model, GoldenSample golden, String modelCard)
            throws IOException {
        return write(target, description, model, golden, modelCard, Optional.empty());
    }

    /**
     * Writes a package, reads it back and runs its golden sample before it is put in place.
     *
     * @param target the zip archive; replaced if it exists
     * @param description what {@code item.json} shall say
     * @param model the ONNX file
     * @param golden one input and its output
     * @param modelCard Markdown
     * @param samples the samples that the model was trained and validated on, see {@link ModelPackage#samples()}
     * @return the package in its place
     * @throws InvalidPackageException if the model is not what the description says, or does not reproduce the golden sample
     * @throws IOException if the file cannot be written
     */
    public static ModelPackage write(
            Path target,
            ModelDescription description,
            byte[] model,
            GoldenSample golden,
            String modelCard,
            Optional<String> samples)
            throws IOException {
        Optional<byte[]> sampleList = samples.map(text -> text.getBytes(StandardCharsets.UTF_8));
        byte[] goldenJson = GoldenJson.write(golden);
        byte[] card = modelCard.getBytes(StandardCharsets.UTF_8);
        Map<String, PackageAsset> assets = new LinkedHashMap<>();
        assets.put(PackageAsset.MODEL, PackageAsset.of(PackageAsset.MODEL, MODEL_FILE, model));
        assets.put(PackageAsset.GOLDEN, PackageAsset.of(PackageAsset.GOLDEN, GoldenJson.FILE_NAME, goldenJson));
        assets.put(PackageAsset.MODEL_CARD, PackageAsset.of(PackageAsset.MODEL_CARD, CARD_FILE, card));
        sampleList.ifPresent(content ->
                assets.put(PackageAsset.SAMPLES, PackageAsset.of(PackageAsset.SAMPLES, SAMPLES_FILE, content)));
        byte[] item = ItemWriter.write(new Item(description, assets));

        OutputFile.write(target, unfinished -> {
            try (OutputStream out = Files.newOutputStream(unfinished);
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                FileTime time = FileTime.from(description.created());
                add(zip, Item.FILE_NAME, item, time);
                add(zip, CARD_FILE, card, time);
                add(zip, MODEL_FILE, model, time);
                add(zip, GoldenJson.FILE_NAME, goldenJson, time);
                if (sampleList.isPresent()) {
                    add(zip, SAMPLES_FILE, sampleList.get(), time);
                }
            }
            PackageVerifier.verify(ModelPackage.open(unfinished));
        });
        return ModelPackage.open(target);
    }

    private static void add(ZipOutputStream zip, String name, byte[] content, FileTime time) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setLastModifiedTime(time);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
