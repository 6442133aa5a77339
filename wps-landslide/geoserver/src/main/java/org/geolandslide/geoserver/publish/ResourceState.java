package org.geolandslide.geoserver.publish;

import org.geoserver.catalog.CoverageInfo;
import org.geoserver.catalog.ProjectionPolicy;
import org.geoserver.catalog.ResourceInfo;
import org.geotools.api.coverage.grid.GridGeometry;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.geotools.referencing.CRS;
import org.jspecify.annotations.Nullable;

/**
 * What changes in a resource when its data is replaced; all else, its title and keywords for example, stays as an administrator may have
 * set it.
 */
record ResourceState(
        @Nullable CoordinateReferenceSystem crs,
        @Nullable String srs,
        @Nullable ProjectionPolicy policy,
        @Nullable ReferencedEnvelope bounds,
        @Nullable ReferencedEnvelope degrees,
        @Nullable GridGeometry grid,
        @Nullable String summary,
        @Nullable String provenance) {

    /** The state of a resource now. */
    static ResourceState of(ResourceInfo resource) {
        return new ResourceState(
                resource.getNativeCRS(),
                resource.getSRS(),
                resource.getProjectionPolicy(),
                resource.getNativeBoundingBox(),
                resource.getLatLonBoundingBox(),
                resource instanceof CoverageInfo coverage ? coverage.getGrid() : null,
                resource.getAbstract(),
                resource.getMetadata().get(Entries.PROVENANCE, String.class));
    }

    /** This state with the CRS that another one declares, if both have the same CRS in their data: that was chosen. */
    ResourceState keeping(ResourceState other) {
        return crs != null && other.crs() != null && CRS.equalsIgnoreMetadata(crs, other.crs())
                ? new ResourceState(crs, other.srs(), other.policy(), bounds, degrees, grid, summary, provenance)
                : this;
    }

    void applyTo(ResourceInfo resource) {
        resource.setNativeCRS(crs);
        resource.setSRS(srs);
        resource.setProjectionPolicy(policy);
        resource.setNativeBoundingBox(bounds);
        resource.setLatLonBoundingBox(degrees);
        if (resource instanceof CoverageInfo coverage) {
            coverage.setGrid(grid);
        }
        resource.setAbstract(summary);
        resource.getMetadata().put(Entries.PROVENANCE, provenance);
    }
}
