package org.geolandslide.geoserver.publish;

import org.geolandslide.segmentation.SegmentationException;
import org.geoserver.catalog.Catalog;
import org.geoserver.catalog.WorkspaceInfo;
import org.geoserver.security.ResourceAccessManager;
import org.geoserver.security.WorkspaceAccessLimits;
import org.springframework.security.core.context.SecurityContextHolder;

/** Workspaces in which the caller may publish. The catalog itself lets everybody add to it. */
final class TargetWorkspaces {
    private final Catalog catalog;
    private final ResourceAccessManager rights;

    /**
     * Workspaces.
     *
     * @param catalog one that shows all of them
     * @param rights who may do what
     */
    TargetWorkspaces(Catalog catalog, ResourceAccessManager rights) {
        this.catalog = catalog;
        this.rights = rights;
    }

    /**
     * A workspace that the caller administers.
     *
     * @throws SegmentationException if there is no such workspace or the caller does not administer it, with the same words
     */
    WorkspaceInfo administered(String name) {
        WorkspaceInfo workspace = catalog.getWorkspaceByName(name);
        WorkspaceAccessLimits limits = workspace == null
                ? null
                : rights.getAccessLimits(SecurityContextHolder.getContext().getAuthentication(), workspace);
        if (workspace == null || limits == null || !limits.isAdminable()) {
            throw new SegmentationException(
                    "workspace is '" + name + "', expected the name of a workspace that you administer");
        }
        return workspace;
    }
}
