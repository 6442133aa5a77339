package org.geolandslide.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model package in memory whose files are the declared ones: complete, with the right checksums, self-contained, with
 * standard operators and the described inputs and outputs. That the model also computes what it computed when it was
 * packaged is checked by {@link PackageVerifier}, with the session that will serve it.
 */
public final class ModelPackage {
    /** No item needs more: it would be a mistake or an attack. */
    private static final long LARGEST_ITEM = 16L << 20;

    private final ModelDescription description;
    private final String checksum;
    private final byte[] model;
    private final GoldenSample golden;
    private final String modelCard;
    private final Optional<String> samples;

    private ModelPackage(
            ModelDescription description,
            String checksum,
            byte[] model,
            GoldenSample golden,
            String modelCard,
            Optional<String> samples) {
        this.description = description;
        this.checksum = checksum;
        this.model = model;
        this.golden = golden;
        this.modelCard = modelCard;
        this.samples = samples;
    }

    /**
     * Reads a package.
     *
     * @param location a zip archive or a folder
     * @throws InvalidPackageException if a file is missing or altered, a path leaves the package, the item lacks a field, or
     *     the ONNX model is not what the item describes
     */
    public static ModelPackage open(Path location) throws IOException {
        if (!Files.exists(location)) {
            throw new InvalidPackageException("there is no model package at " + location);
        }
        try (PackageFiles files = PackageFiles.open(location)) {
            return read(files);
        } catch (InvalidPackageException e) {
            throw new InvalidPackageException("model package " + location + ": " + e.getMessage(), e);
        }
    }

    private static ModelPackage read(PackageFiles files) throws IOException {
        Item item = ItemReader.read(files.read(Item.FILE_NAME, LARGEST_ITEM));
        PackageAsset modelAsset = item.asset(PackageAsset.MODEL);
        byte[] model = modelAsset.readFrom(files);
        GoldenSample golden = GoldenJson.read(item.asset(PackageAsset.GOLDEN).readFrom(files));
        String card = new String(item.asset(PackageAsset.MODEL_CARD).readFrom(files), StandardCharsets.UTF_8);
        PackageAsset samplesAsset = item.assets().get(PackageAsset.SAMPLES);
        Optional<String> samples = samplesAsset == null
                ? Optional.empty()
                : Optional.of(new String(samplesAsset.readFrom(files), StandardCharsets.UTF_8));
        OnnxModel onnx = OnnxModel.parse(model);
        onnx.requireSelfContained();
        onnx.requireStandardOperators();
        onnx.requireInterface(item.model());
        return new ModelPackage(item.model(), modelAsset.checksum(), model, golden, card, samples);
    }

    /** What {@code item.json} says. */
    public ModelDescription description() {
        return description;
    }

    /** The checksum that a package with a model file of this content has. */
    public static String checksumOf(byte[] model) {
        return PackageAsset.of(PackageAsset.MODEL, PackageWriter.MODEL_FILE, model)
                .checksum();
    }

    /** SHA-256 multihash of {@code model.onnx}, lower-case hexadecimal. */
    public String checksum() {
        return checksum;
    }

    /** Content of {@code model.onnx}. */
    public byte[] model() {
        return model.clone();
    }

    /** The golden sample. */
    public GoldenSample golden() {
        return golden;
    }

    /** The model card, Markdown. */
    public String modelCard() {
        return modelCard;
    }

    /**
     * The samples that the model was trained and validated on, as the training module wrote them down: CSV with the columns
     * {@code use} ({@code training} or {@code validation}) and {@code fingerprint} ({@link Checksum} of the image file) and more.
     * Empty if the package does not say.
     */
    public Optional<String> samples() {
        return samples;
    }
}
