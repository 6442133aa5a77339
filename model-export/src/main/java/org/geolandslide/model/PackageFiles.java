package org.geolandslide.model;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The files of a package, zipped or unpacked. Names that leave the package are refused, whether or not they are read. */
sealed interface PackageFiles extends AutoCloseable {

    /**
     * Content of a file of the package.
     *
     * @param name path relative to the package root, {@code /} between folders
     * @param limit most bytes that the file may have
     * @throws InvalidPackageException if there is no such file, it is larger than the limit or lies outside the package
     */
    byte[] read(String name, long limit) throws IOException;

    @Override
    void close() throws IOException;

    static PackageFiles open(Path location) throws IOException {
        if (Files.isDirectory(location)) {
            return new Unpacked(location.toRealPath());
        }
        return Zipped.open(location);
    }

    /** Refuses absolute names, drive letters, backslashes and names that climb out of the package. */
    static String requireInside(String name) throws InvalidPackageException {
        boolean escapes = name.isEmpty()
                || name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.indexOf(':') >= 0
                || name.indexOf('\0') >= 0
                || List.of(name.split("/", -1)).contains("..");
        if (escapes) {
            throw new InvalidPackageException("the path '" + name + "' leaves the package");
        }
        return name;
    }

    private static byte[] readAtMost(InputStream in, String name, long limit) throws IOException {
        int most = (int) Math.min(limit, Integer.MAX_VALUE - 16);
        byte[] content = in.readNBytes(most + 1);
        if (content.length > most) {
            throw new InvalidPackageException("'" + name + "' is larger than the expected " + limit + " bytes");
        }
        return content;
    }

    /** A folder. Symbolic links may not lead out of it. */
    record Unpacked(Path root) implements PackageFiles {
        @Override
        public byte[] read(String name, long limit) throws IOException {
            Path file;
            try {
                file = root.resolve(requireInside(name));
            } catch (InvalidPathException e) {
                throw new InvalidPackageException("'" + name + "' is not a path", e);
            }
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new InvalidPackageException("the package lacks the file '" + name + "'");
            }
            if (!file.toRealPath().startsWith(root)) {
                throw new InvalidPackageException("the path '" + name + "' leaves the package");
            }
            try (InputStream in = Files.newInputStream(file)) {
                return readAtMost(in, name, limit);
            }
        }

        @Override
        public void close() {}
    }

    /** A zip archive. */
    record Zipped(ZipFile zip) implements PackageFiles {
        /** Trained weights hardly compress, and the golden sample as JSON by about five times. */
        private static final long LARGEST_RATIO = 100;

        /** Files below this size may be packed as tightly as they like. */
        private static final long SMALL = 1 << 20;

        static Zipped open(Path file) throws IOException {
            ZipFile zip;
            try {
                zip = new ZipFile(file.toFile());
            } catch (ZipException e) {
                throw new InvalidPackageException("it is not a zip archive: " + e.getMessage(), e);
            }
            try {
                Set<String> seen = new HashSet<>();
                for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                    String name = entries.nextElement().getName();
                    if (!seen.add(requireInside(name))) {
                        throw new InvalidPackageException("the package holds '" + name + "' twice");
                    }
                }
                return new Zipped(zip);
            } catch (IOException | RuntimeException e) {
                zip.close();
                throw e;
            }
        }

        @Override
        public byte[] read(String name, long limit) throws IOException {
            ZipEntry entry = zip.getEntry(requireInside(name));
            if (entry == null) {
                throw new InvalidPackageException("the package lacks the file '" + name + "'");
            }
            if (entry.getSize() > SMALL + entry.getCompressedSize() * LARGEST_RATIO) {
                throw new InvalidPackageException("'" + name + "' unpacks from " + entry.getCompressedSize() + " to "
                        + entry.getSize() + " bytes, more than " + LARGEST_RATIO + " times as much; no model does");
            }
            try (InputStream in = zip.getInputStream(entry)) {
                return readAtMost(in, name, Math.min(limit, entry.getSize()));
            } catch (ZipException | EOFException e) {
                throw new InvalidPackageException("'" + name + "' cannot be unpacked: " + e.getMessage(), e);
            }
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }
}
