package org.geolandslide.segmentation.process;

import org.geotools.process.factory.AnnotatedBeanProcessFactory;
import org.geotools.text.Text;

/** The processes {@code landslide:Segment}, {@code landslide:Detect}, {@code landslide:LiveSegment} and {@code landslide:ListModels}. */
public final class LandslideProcessFactory extends AnnotatedBeanProcessFactory {
    /** Namespace of the processes. */
    public static final String NAMESPACE = "landslide";

    public LandslideProcessFactory() {
        super(
                Text.text("Landslide mapping"),
                NAMESPACE,
                SegmentProcess.class,
                DetectProcess.class,
                LiveSegmentProcess.class,
                ListModelsProcess.class);
    }
}
