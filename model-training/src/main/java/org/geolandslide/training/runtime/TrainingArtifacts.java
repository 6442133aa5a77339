package org.geolandslide.training.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.geolandslide.training.graph.ElementType;
import org.geolandslide.training.graph.Gradients;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.OnnxModels;
import org.geolandslide.training.graph.Parameter;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Identity;
import org.geolandslide.training.operator.Sum;

/**
 * The files from which ONNX Runtime makes a training session, apart from the checkpoint.
 *
 * @param training forward pass, loss and gradients
 * @param evaluation forward pass and loss with running statistics, and the predictions
 * @param optimizer the optimiser
 */
public record TrainingArtifacts(Path training, Path evaluation, Path optimizer) {

    /**
     * Writes the artifacts.
     *
     * @param folder where to
     * @param training graph with static shapes; it is extended by the backward pass
     * @param loss a single number in the training graph
     * @param evaluation graph with the same parameters whose outputs are the loss and the predictions
     * @param settings the optimiser
     * @throws IllegalArgumentException if the two graphs have different parameters
     */
    public static TrainingArtifacts write(
            Path folder, Graph training, Tensor loss, Graph evaluation, Optimizer settings) throws IOException {
        requireSameParameters(training, evaluation);
        appendBackwardPass(training, loss);
        Files.createDirectories(folder);
        TrainingArtifacts artifacts = new TrainingArtifacts(
                folder.resolve("training_model.onnx"),
                folder.resolve("eval_model.onnx"),
                folder.resolve("optimizer_model.onnx"));
        Files.write(
                artifacts.training, OnnxModels.withParametersAsInputs(training).toByteArray());
        Files.write(
                artifacts.evaluation,
                OnnxModels.withParametersAsInputs(evaluation).toByteArray());
        Files.write(artifacts.optimizer, OptimizerModel.of(settings).toByteArray());
        return artifacts;
    }

    private static void requireSameParameters(Graph training, Graph evaluation) {
        List<Tensor> ofTraining =
                training.parameters().stream().map(Parameter::tensor).toList();
        List<Tensor> ofEvaluation =
                evaluation.parameters().stream().map(Parameter::tensor).toList();
        if (!ofTraining.equals(ofEvaluation)) {
            throw new IllegalArgumentException(
                    "the training graph has the parameters " + ofTraining + ", the evaluation graph " + ofEvaluation);
        }
    }

    /** Names and order are those that the training session expects. */
    private static void appendBackwardPass(Graph graph, Tensor loss) {
        Gradients gradients = Gradients.append(graph, loss, new Sum());
        graph.output(loss);
        List<Parameter> trainable =
                graph.parameters().stream().filter(Parameter::trainable).toList();
        Map<Parameter, Tensor> buffers = new LinkedHashMap<>();
        for (Parameter parameter : trainable) {
            String name = parameter.name() + "_grad.accumulation.buffer";
            buffers.put(
                    parameter,
                    graph.input(name, ElementType.FLOAT, parameter.tensor().shape()));
        }
        Tensor reset = graph.input("lazy_reset_grad", ElementType.BOOL, Shape.of(1));
        buffers.forEach((parameter, buffer) -> {
            String name = parameter.name();
            Tensor gradient = graph.applyNamed(name + "_grad", new Identity(), gradients.of(parameter));
            graph.output(graph.applyNamed(name + "_grad.accumulation.out", new Accumulate(), buffer, gradient, reset));
        });
    }
}
