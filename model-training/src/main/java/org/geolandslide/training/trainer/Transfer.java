package org.geolandslide.training.trainer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.geolandslide.training.config.StartConfig;
import org.geolandslide.training.network.Standardization;
import org.geolandslide.training.runtime.Checkpoint;
import org.geolandslide.training.split.UsedSamples;

/**
 * What a training starts with from another run: its best weights, where name and shape fit, and its standardisation of the inputs, which
 * the weights expect.
 *
 * @param source folder of the other run
 * @param state its state
 * @param weights its best weights
 */
record Transfer(Path source, RunState state, Checkpoint weights) {

    /**
     * Reads the other run.
     *
     * @param folder folder of the new run; the other one lies beside it
     * @throws IOException if there is no such run, or it has no finished epoch
     */
    static Transfer read(StartConfig start, Path folder) throws IOException {
        RunFolder run = find(start, folder);
        Path source = run.root();
        RunState state = run.readState();
        if (state.bestEpoch() == 0) {
            throw new IOException("the run " + source + " to start from has no finished epoch");
        }
        return new Transfer(source, state, Checkpoint.read(run.checkpoint(state.bestEpoch())));
    }

    /**
     * What the other run was trained and validated on.
     *
     * @param folder folder of the new run; the other one lies beside it
     * @throws IOException if there is no such run, or it does not say
     */
    static UsedSamples samples(StartConfig start, Path folder) throws IOException {
        RunFolder run = find(start, folder);
        if (!run.hasSamples()) {
            throw new IOException("the run " + run.root() + " to start from has no "
                    + run.samples().getFileName()
                    + ", which says what it was trained on; go on with it once (--resume) to write it");
        }
        return run.readSamples();
    }

    private static RunFolder find(StartConfig start, Path folder) throws IOException {
        RunFolder run = new RunFolder(folder.toAbsolutePath().resolveSibling(start.run()));
        if (!run.isBegun()) {
            throw new IOException("there is no run " + run.root() + " to start from");
        }
        return run;
    }

    /** The statistics of the new training's data, or those of the other run where they have as many channels. */
    FeatureStatistics statistics(FeatureStatistics measured) {
        return new FeatureStatistics(
                sameChannels(state.optical(), measured.optical()), sameChannels(state.terrain(), measured.terrain()));
    }

    private static Standardization sameChannels(Standardization theirs, Standardization own) {
        return theirs.mean().size() == own.mean().size() ? theirs : own;
    }

    /**
     * What came of the weights.
     *
     * @param checkpoint the weights to start with
     * @param kept names of the parameters whose values the other run gave
     * @param anew names of those that begin anew
     */
    record Outcome(Checkpoint checkpoint, List<String> kept, List<String> anew) {}

    /**
     * Puts the other run's weights in place of random ones.
     *
     * @throws IOException if none fits
     */
    Outcome onto(Checkpoint initial) throws IOException {
        Set<String> kept = new TreeSet<>();
        Checkpoint started = initial.startingFrom(weights, kept::add);
        if (kept.isEmpty()) {
            throw new IOException("no weights of the run " + source + " fit the network");
        }
        Set<String> anew = new TreeSet<>(initial.trainable().keySet());
        anew.addAll(initial.frozen().keySet());
        anew.removeAll(kept);
        return new Outcome(started, new ArrayList<>(kept), new ArrayList<>(anew));
    }
}
