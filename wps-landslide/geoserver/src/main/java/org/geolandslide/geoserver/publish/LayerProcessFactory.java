package org.geolandslide.geoserver.publish;

import org.geolandslide.segmentation.process.LandslideProcessFactory;
import org.geoserver.platform.GeoServerExtensions;
import org.geotools.api.feature.type.Name;
import org.geotools.process.factory.AnnotatedBeanProcessFactory;
import org.geotools.text.Text;

/**
 * The processes that need GeoServer's catalog, in the namespace of the others. A class of its own: GeoServer's page of WPS security
 * tells factories apart by their classes.
 */
public final class LayerProcessFactory extends AnnotatedBeanProcessFactory {
    public LayerProcessFactory() {
        super(Text.text("Landslide mapping, layers"), LandslideProcessFactory.NAMESPACE, SegmentLayerProcess.class);
    }

    @Override
    protected Object createProcessBean(Name name) {
        return GeoServerExtensions.bean(SegmentLayerProcess.class);
    }
}
