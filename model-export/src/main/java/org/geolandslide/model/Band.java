package org.geolandslide.model;

import java.util.OptionalDouble;
import java.util.Set;

/**
 * One band of a model input, as the source raster delivers it.
 *
 * @param name name, unique in the model; a common band name where there is one ({@code red}, {@code green}, {@code blue},
 *     {@code nir}), {@code elevation} for a DEM
 * @param dataType STAC 1.1 data type of the source values, e.g. {@code uint8} or {@code float32}
 * @param unit unit of the values, e.g. {@code m}; empty for digital numbers
 * @param nodata value that marks missing pixels of the source, if the model was trained with one
 * @param groundSampleDistance distance between pixel centres of the training data in metres, if known
 */
public record Band(
        String name, String dataType, String unit, OptionalDouble nodata, OptionalDouble groundSampleDistance) {

    /** Data types of STAC 1.1 that a raster band can have. */
    static final Set<String> DATA_TYPES = Set.of(
            "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64");

    public Band {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a band needs a name");
        }
        if (!DATA_TYPES.contains(dataType)) {
            throw new IllegalArgumentException(
                    "band " + name + ": data type '" + dataType + "' is not one of " + DATA_TYPES);
        }
        if (groundSampleDistance.isPresent() && !(groundSampleDistance.getAsDouble() > 0)) {
            throw new IllegalArgumentException("band " + name + ": ground sample distance "
                    + groundSampleDistance.getAsDouble() + " m is not positive");
        }
    }

    /** Common band names of the STAC electro-optical extension that optical models here can use. */
    private static final Set<String> COMMON_NAMES = Set.of(
            "coastal",
            "blue",
            "green",
            "green05",
            "yellow",
            "red",
            "rededge",
            "rededge071",
            "rededge075",
            "rededge078",
            "nir",
            "nir08",
            "nir09",
            "cirrus",
            "swir16",
            "swir22",
            "pan");

    /** Whether the name is a common name of the electro-optical extension: that of light, not of terrain. */
    public boolean isCommonName() {
        return isCommonName(name);
    }

    /** Whether a name, in small letters, is a common name of the electro-optical extension. */
    public static boolean isCommonName(String name) {
        return COMMON_NAMES.contains(name);
    }
}
