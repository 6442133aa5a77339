package org.geolandslide.model;

/**
 * One file of a package as {@code item.json} declares it.
 *
 * @param key key in the item's {@code assets}
 * @param href path relative to the package root
 * @param checksum multihash of the content, {@code file:checksum}
 * @param size bytes, {@code file:size}; not negative, and no more than such a file can need
 */
record PackageAsset(String key, String href, String checksum, long size) {
    static final String MODEL = "model";
    static final String GOLDEN = "golden";
    static final String MODEL_CARD = "model-card";
    static final String SAMPLES = "samples";

    /** What one array of Java holds, and about what one ONNX file without external data can be. */
    private static final long LARGEST_MODEL = Integer.MAX_VALUE - 64;

    private static final long LARGEST_OTHER = 64L << 20;

    PackageAsset {
        long largest = key.equals(MODEL) ? LARGEST_MODEL : LARGEST_OTHER;
        if (size < 0 || size > largest) {
            throw new IllegalArgumentException(
                    "/assets/" + key + "/file:size is " + size + ", expected 0 to " + largest + " bytes");
        }
    }

    static PackageAsset of(String key, String href, byte[] content) {
        return new PackageAsset(key, href, Checksum.of(content), content.length);
    }

    /** Reads the file and refuses it if it is not the one that was declared. */
    byte[] readFrom(PackageFiles files) throws java.io.IOException {
        byte[] content = files.read(href, size);
        if (content.length != size) {
            throw new InvalidPackageException(
                    "'" + href + "' has " + content.length + " bytes, item.json says " + size);
        }
        String found = Checksum.of(content);
        if (!found.equals(checksum)) {
            throw new InvalidPackageException(
                    "'" + href + "' has the checksum " + found + ", item.json says " + checksum);
        }
        return content;
    }
}
