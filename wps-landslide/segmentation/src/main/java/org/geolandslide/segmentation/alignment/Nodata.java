package org.geolandslide.segmentation.alignment;

import it.geosolutions.jaiext.range.NoDataContainer;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.util.CoverageUtilities;

/** Nodata values as coverages declare them. */
public final class Nodata {
    private Nodata() {}

    /** Value that marks missing pixels of a coverage, if it declares one. */
    public static OptionalDouble of(GridCoverage2D coverage) {
        NoDataContainer declared = CoverageUtilities.getNoDataProperty(coverage);
        return declared == null ? OptionalDouble.empty() : OptionalDouble.of(declared.getAsSingleValue());
    }

    /** Coverage properties that declare a nodata value. */
    public static Map<String, Object> properties(double nodata) {
        Map<String, Object> properties = new HashMap<>();
        CoverageUtilities.setNoDataProperty(properties, nodata);
        return properties;
    }
}
