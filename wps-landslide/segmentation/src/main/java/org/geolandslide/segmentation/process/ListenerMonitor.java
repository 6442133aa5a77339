package org.geolandslide.segmentation.process;

import java.util.concurrent.CancellationException;
import org.geolandslide.segmentation.engine.Monitor;
import org.geotools.api.util.ProgressListener;
import org.geotools.text.Text;
import org.jspecify.annotations.Nullable;

/** Passes progress on to a process's listener, and the listener's wish to stop to the engine. */
public final class ListenerMonitor implements Monitor {
    private final ProgressListener listener;
    private final TimeLeft left = new TimeLeft(System::nanoTime);

    private ListenerMonitor(ProgressListener listener) {
        this.listener = listener;
    }

    /** A monitor for a listener that may be missing. */
    public static Monitor of(@Nullable ProgressListener listener) {
        return listener == null ? NONE : new ListenerMonitor(listener);
    }

    @Override
    public void windows(long done, long total) {
        if (listener.isCanceled()) {
            throw new CancellationException(
                    "the segmentation was cancelled, by the client or by a time limit of the server, after " + done
                            + " of " + total + " windows");
        }
        // GeoServer's listener throws here, too, when the client has dismissed the job.
        listener.setTask(Text.text("window " + done + " of " + total + left.words(done, total)));
        listener.progress(100f * done / total);
    }
}
