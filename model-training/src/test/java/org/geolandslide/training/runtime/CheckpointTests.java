package org.geolandslide.training.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.geolandslide.training.graph.ElementType;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Parameter;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTests {
    @TempDir
    private Path folder;

    private static Graph graph(int width) {
        Graph graph = new Graph();
        graph.parameter(parameter("weight", true, 2, width));
        graph.parameter(parameter("mean", false, width));
        return graph;
    }

    private static Parameter parameter(String name, boolean trainable, long... sizes) {
        Shape shape = Shape.of(sizes);
        float[] values = new float[(int) shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i + 0.5f;
        }
        return new Parameter(new Tensor(name, ElementType.FLOAT, shape), values, trainable);
    }

    @Test
    void what_was_written_is_read_back() throws IOException {
        Path file = folder.resolve("x.ckpt");
        Checkpoint.initial(graph(3)).write(file);
        Checkpoint read = Checkpoint.read(file);
        assertThat(read.trainable()).containsOnlyKeys("weight");
        assertThat(read.frozen()).containsOnlyKeys("mean");
        assertThat(read.trainable().get("weight").shape()).isEqualTo(Shape.of(2, 3));
        assertThat(read.trainable().get("weight").values()).containsExactly(0.5f, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f);
        read.requireFits(graph(3), file);
    }

    @Test
    void a_mean_is_made_step_by_step() {
        Checkpoint one = Checkpoint.initial(graph(2));
        Graph other = new Graph();
        Shape shape = Shape.of(2, 2);
        other.parameter(new Parameter(
                new Tensor("weight", ElementType.FLOAT, shape), new float[] {3.5f, 1.5f, -0.5f, 0.5f}, true));
        other.parameter(parameter("mean", false, 2));
        Checkpoint mean = one.towards(Checkpoint.initial(other), 1.0 / 3);
        assertThat(mean.trainable().get("weight").values()).containsExactly(1.5f, 1.5f, 1.5f, 2.5f);
        assertThat(mean.frozen().get("mean").values()).containsExactly(0.5f, 1.5f);
        assertThatThrownBy(() -> one.towards(Checkpoint.initial(graph(3)), 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("in the other checkpoint");
    }

    @Test
    void the_same_weights_give_the_same_bytes() throws IOException {
        Checkpoint.initial(graph(3)).write(folder.resolve("a.ckpt"));
        Checkpoint.initial(graph(3)).write(folder.resolve("b.ckpt"));
        assertThat(folder.resolve("a.ckpt")).hasSameBinaryContentAs(folder.resolve("b.ckpt"));
    }

    @Test
    void a_checkpoint_of_another_network_is_refused_with_the_parameters_that_differ() {
        Path file = folder.resolve("x.ckpt");
        Checkpoint checkpoint = Checkpoint.initial(graph(3));
        assertThatThrownBy(() -> checkpoint.requireFits(graph(4), file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("x.ckpt is a checkpoint of another network")
                .hasMessageContaining("weight has the shape [2, 3] instead of [2, 4]");
        Graph other = new Graph();
        other.parameter(parameter("weight", true, 2, 3));
        assertThatThrownBy(() -> checkpoint.requireFits(other, file)).hasMessageContaining("it has mean[3] on top");
        Graph more = graph(3);
        more.parameter(parameter("bias", true, 1));
        assertThatThrownBy(() -> checkpoint.requireFits(more, file)).hasMessageContaining("it lacks bias[1]");
    }

    @Test
    void what_is_no_checkpoint_is_refused() throws IOException {
        Path text = Files.writeString(folder.resolve("x.ckpt"), "this is no flatbuffer at all");
        assertThatThrownBy(() -> Checkpoint.read(text)).hasMessageContaining("is not a training checkpoint");
        Path empty = Files.createFile(folder.resolve("empty.ckpt"));
        assertThatThrownBy(() -> Checkpoint.read(empty)).hasMessageContaining("is not a training checkpoint");
    }

    @Test
    void a_checkpoint_that_was_cut_off_is_refused() throws IOException {
        Path file = folder.resolve("x.ckpt");
        Checkpoint.initial(graph(300)).write(file);
        byte[] content = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(content, content.length / 2));
        assertThatThrownBy(() -> Checkpoint.read(file).requireFits(graph(300), file))
                .isInstanceOf(IOException.class);
    }
}
