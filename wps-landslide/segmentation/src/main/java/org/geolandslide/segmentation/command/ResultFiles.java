package org.geolandslide.segmentation.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.geolandslide.model.OutputFile;
import org.geolandslide.segmentation.io.GeoJsonFile;
import org.geolandslide.segmentation.io.GeoPackageFile;
import org.geotools.data.simple.SimpleFeatureCollection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The files that a command writes. */
final class ResultFiles {
    private ResultFiles() {}

    /** Those files that were asked for. */
    static List<Path> named(@Nullable Path... files) {
        return Stream.of(files).filter(Objects::nonNull).map(Path.class::cast).toList();
    }

    /**
     * Finds out before the work begins what would fail after it.
     *
     * @param features file for features, if one was asked for
     * @param read files that the command reads
     * @param written files that it writes
     * @throws ParameterException if the features have no known format, or a file has two uses: one of two results would be lost, and
     *     so would an input that is written to
     * @throws IOException if a file cannot be written
     */
    static void check(CommandSpec spec, @Nullable Path features, Collection<Path> read, Collection<Path> written)
            throws IOException {
        if (features != null && !isGeoPackage(features) && !features.toString().endsWith(".geojson")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--features is " + features + ", expected a file that ends in .gpkg or .geojson");
        }
        Set<Path> taken = new HashSet<>();
        for (Path input : read) {
            taken.add(real(input));
        }
        for (Path output : written) {
            if (!taken.add(real(output))) {
                throw new ParameterException(
                        spec.commandLine(), output + " is named twice, as an output and as another file");
            }
        }
        for (Path file : written) {
            OutputFile.requireWritable(file);
        }
    }

    private static Path real(Path file) throws IOException {
        return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath().normalize();
    }

    /** Writes a GeoPackage or GeoJSON, as the file's name says. */
    static void writeFeatures(SimpleFeatureCollection features, Path file) throws IOException {
        if (isGeoPackage(file)) {
            GeoPackageFile.write(features, file);
        } else {
            GeoJsonFile.write(features, file);
        }
    }

    static void writeReport(ObjectNode report, Path file) throws IOException {
        OutputFile.write(file, unfinished -> Files.writeString(unfinished, report.toPrettyString() + "\n"));
    }

    private static boolean isGeoPackage(Path file) {
        return file.toString().endsWith(".gpkg");
    }
}
