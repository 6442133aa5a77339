package org.geolandslide.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as the STAC file extension writes it: a multihash in lower-case hexadecimal. */
public final class Checksum {
    /** Multihash prefix: function 0x12 (SHA-256), 0x20 (32) bytes. */
    private static final String SHA_256 = "1220";

    private Checksum() {}

    static String of(byte[] content) {
        return SHA_256 + HexFormat.of().formatHex(sha256().digest(content));
    }

    /**
     * Checksum of a file.
     *
     * @throws IOException if it cannot be read
     */
    public static String of(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return SHA_256 + HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
