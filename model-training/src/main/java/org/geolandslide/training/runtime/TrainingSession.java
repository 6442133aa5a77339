package org.geolandslide.training.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtTrainingSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A training session of ONNX Runtime. Not for use by several threads.
 *
 * <p>Tensors are fed and read as direct float buffers, row-major.
 */
public final class TrainingSession implements AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSession.SessionOptions options;
    private final OrtTrainingSession session;
    private final List<String> userInputs;

    private TrainingSession(
            OrtEnvironment environment,
            OrtSession.SessionOptions options,
            OrtTrainingSession session,
            List<String> userInputs) {
        this.environment = environment;
        this.options = options;
        this.session = session;
        this.userInputs = userInputs;
    }

    /** Opens a session on the processor. */
    public static TrainingSession open(
            TrainingArtifacts artifacts, Path checkpoint, List<String> userInputs, int threads, long seed)
            throws OrtException {
        return open(artifacts, checkpoint, userInputs, threads, seed, new TrainingDevice.Cpu());
    }

    /**
     * Opens a session.
     *
     * @param artifacts models of the network
     * @param checkpoint its parameters and, after a resumption, the optimiser's state
     * @param userInputs names of the inputs that the caller feeds, in the order of the graphs
     * @param threads threads that one step uses, of what runs on the processor
     * @param seed seed of whatever is random in the graph
     * @param device where it runs
     * @throws IllegalStateException if the device is not there
     */
    public static TrainingSession open(
            TrainingArtifacts artifacts,
            Path checkpoint,
            List<String> userInputs,
            int threads,
            long seed,
            TrainingDevice device)
            throws OrtException {
        OrtEnvironment environment = TrainingRuntime.environment(device);
        OrtTrainingSession.setSeed(seed);
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        try {
            TrainingRuntime.use(options, device);
            options.setIntraOpNumThreads(threads);
            // Spinning threads starve each other: step times were bimodal with it.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            OrtTrainingSession session = environment.createTrainingSession(
                    checkpoint.toString(),
                    artifacts.training().toString(),
                    artifacts.evaluation().toString(),
                    artifacts.optimizer().toString(),
                    options);
            return new TrainingSession(environment, options, session, List.copyOf(userInputs));
        } catch (OrtException | RuntimeException e) {
            options.close();
            throw e;
        }
    }

    /**
     * One tensor to be fed.
     *
     * @param values direct buffer, from its position to its limit
     * @param shape sizes of the dimensions
     */
    public record Feed(FloatBuffer values, long[] shape) {}

    /**
     * Forward and backward pass and one step of the optimiser.
     *
     * @param feeds one tensor per user input
     * @param learningRate step size
     * @return the loss before the step
     */
    public double trainStep(Map<String, Feed> feeds, double learningRate) throws OrtException {
        Map<String, OnnxTensor> tensors = tensors(feeds);
        try {
            double loss;
            try (OrtSession.Result result = session.trainStep(tensors)) {
                loss = ((OnnxTensor) result.get(0)).getFloatBuffer().get(0);
            }
            // A resumed session forgets its learning rate, so it is set every time.
            session.setLearningRate((float) learningRate);
            session.optimizerStep();
            session.lazyResetGrad();
            return loss;
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    /**
     * Forward and backward pass without a step of the optimiser: nothing changes but batch normalisation's running statistics.
     *
     * @param feeds one tensor per user input
     */
    public void observe(Map<String, Feed> feeds) throws OrtException {
        Map<String, OnnxTensor> tensors = tensors(feeds);
        try {
            session.trainStep(tensors).close();
            session.lazyResetGrad();
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    /**
     * Forward pass with running statistics.
     *
     * @param feeds one tensor per user input
     * @return outputs of the evaluation graph by name; the buffers are copies
     */
    public Map<String, FloatBuffer> evaluate(Map<String, Feed> feeds) throws OrtException {
        Map<String, OnnxTensor> tensors = tensors(feeds);
        try (OrtSession.Result result = session.evalStep(tensors)) {
            Map<String, FloatBuffer> outputs = new LinkedHashMap<>();
            result.forEach(output -> outputs.put(output.getKey(), ((OnnxTensor) output.getValue()).getFloatBuffer()));
            return outputs;
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    /** ONNX Runtime reads the map by position, not by name. */
    private Map<String, OnnxTensor> tensors(Map<String, Feed> feeds) throws OrtException {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try {
            for (String name : userInputs) {
                Feed feed = feeds.get(name);
                if (feed == null) {
                    throw new IllegalArgumentException("nothing is fed to the input " + name);
                }
                tensors.put(name, OnnxTensor.createTensor(environment, feed.values(), feed.shape()));
            }
            return tensors;
        } catch (OrtException | RuntimeException e) {
            tensors.values().forEach(OnnxTensor::close);
            throw e;
        }
    }

    /**
     * Saves parameters and optimiser state; the file is replaced in one move after it has reached the disk, so that it is whole even
     * after a power cut.
     */
    public void save(Path checkpoint) throws OrtException, IOException {
        Path unfinished = checkpoint.resolveSibling("." + checkpoint.getFileName() + ".part");
        try {
            session.saveCheckpoint(unfinished, true);
            try (FileChannel written = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(unfinished, checkpoint, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /**
     * Writes the network with its present parameters as an ordinary ONNX model.
     *
     * @param model file to write
     * @param outputs outputs of the evaluation graph that the model keeps
     */
    public void exportModel(Path model, List<String> outputs) throws OrtException {
        session.exportModelForInference(model, outputs.toArray(String[]::new));
    }

    @Override
    public void close() {
        session.close();
        options.close();
    }
}
