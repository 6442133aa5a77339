package org.geolandslide.geoserver.rest;

import org.geoserver.platform.GeoServerExtensions;
import org.geoserver.security.GeoServerSecurityManager;
import org.springframework.security.access.AccessDeniedException;

/**
 * Lets administrators pass only. GeoServer's own REST rules ({@code security/rest.properties}) say so, too, until somebody opens reading
 * to everybody there; a model is a program, and stays for administrators.
 */
public class AdministratorCheck {
    /**
     * Makes sure that whoever asks is an administrator.
     *
     * @throws AccessDeniedException if not; GeoServer's filters ask who it is or answer 403
     */
    public void require() {
        GeoServerSecurityManager security = GeoServerExtensions.bean(GeoServerSecurityManager.class);
        if (security == null || !security.checkAuthenticationForAdminRole()) {
            throw new AccessDeniedException("the models are for administrators");
        }
    }
}
