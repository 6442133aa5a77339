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
 * What a training starts with: the best weights of another run or those of a model package, where name and shape fit, and the
 * standardisation of the inputs that these weights expect.
 *
 * @param source folder of the other run, or file of the package
 * @param epoch epoch that the weights are of
 * @param statistics standardisation of the inputs
 * @param weights the weights
 */
record Transfer(Path source, int epoch, FeatureStatistics statistics, Checkpoint weights) {

    /**
     * Reads the weights.
     *
     * @param folder folder of the new run; another run lies beside it
     * @throws IOException if there is no such run or package, the run has no finished epoch, or the package does not say how its inputs are
     *     standardised
     */
    static Transfer read(StartConfig start, Path folder) throws IOException {
        if (start.model() != null) {
            return TrainedPackage.open(Path.of(start.model())).transfer();
        }
        RunFolder run = find(start, folder);
        Path source = run.root();
        RunState state = run.readState();
        if (state.bestEpoch() == 0) {
            throw new IOException("the run " + source + " to start from has no finished epoch");
        }
        return new Transfer(
                source,
                state.bestEpoch(),
                new FeatureStatistics(state.optical(), state.terrain()),
                Checkpoint.read(run.weights(state.bestEpoch())));
    }

    /**
     * What the weights were trained and validated on.
     *
     * @param folder folder of the new run; another run lies beside it
     * @throws IOException if there is no such run or package, or it does not say
     */
    static UsedSamples samples(StartConfig start, Path folder) throws IOException {
        if (start.model() != null) {
            return TrainedPackage.open(Path.of(start.model())).samples();
        }
        RunFolder run = find(start, folder);
        if (!run.hasSamples()) {
            throw new IOException("the run " + run.root() + " to start from has no "
                    + run.samples().getFileName()
                    + ", which says what it was trained on; go on with it once (--resume) to write it");
        }
        return run.readSamples();
    }

    private static RunFolder find(StartConfig start, Path folder) throws IOException {
        RunFolder run = new RunFolder(folder.toAbsolutePath().resolveSibling(String.valueOf(start.run())));
        if (!run.isBegun()) {
            throw new IOException("there is no run " + run.root() + " to start from");
        }
        return run;
    }

    /** The statistics of the new training's data, or those of the weights where they have as many channels. */
    FeatureStatistics statistics(FeatureStatistics measured) {
        return new FeatureStatistics(
                sameChannels(statistics.optical(), measured.optical()),
                sameChannels(statistics.terrain(), measured.terrain()));
    }

    private static Standardization sameChannels(Standardization theirs, Standardization own) {
        return theirs.mean().size() == own.mean().size() ? theirs : own;
    }

    /**
     * What came of the weights.
     *
     * @param checkpoint the weights to start with
     * @param kept names of the parameters whose values were given
     * @param anew names of those that begin anew
     */
    record Outcome(Checkpoint checkpoint, List<String> kept, List<String> anew) {}

    /**
     * Puts the weights in place of random ones.
     *
     * @throws IOException if none fits
     */
    Outcome onto(Checkpoint initial) throws IOException {
        Set<String> kept = new TreeSet<>();
        Checkpoint started = initial.startingFrom(weights, kept::add);
        if (kept.isEmpty()) {
            throw new IOException("no weights of " + source + " fit the network");
        }
        Set<String> anew = new TreeSet<>(initial.trainable().keySet());
        anew.addAll(initial.frozen().keySet());
        anew.removeAll(kept);
        return new Outcome(started, new ArrayList<>(kept), new ArrayList<>(anew));
    }
}
