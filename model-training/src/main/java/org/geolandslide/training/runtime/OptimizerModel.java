package org.geolandslide.training.runtime;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import org.geolandslide.training.graph.Operator;

/**
 * The optimiser as an ONNX model. The training session feeds, in this order, the learning rate, the step, and sequences of
 * parameters, gradients and moments; the optimiser changes them in place.
 */
final class OptimizerModel {
    private static final List<String> SEQUENCES =
            List.of("params", "gradients", "first_order_moments", "second_order_moments");
    private static final String CLIPPED = "clipped_gradients";

    private OptimizerModel() {}

    static ModelProto of(Optimizer settings) {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("optimizer")
                .addInput(vector("learning_rate", DataType.FLOAT))
                .addInput(vector("step", DataType.INT64));
        // ONNX Runtime feeds SGD's moments although they are not used.
        int sequences = settings instanceof AdamW ? SEQUENCES.size() : SEQUENCES.size() - 1;
        SEQUENCES.subList(0, sequences).forEach(name -> graph.addInput(sequence(name)));
        graph.addNode(NodeProto.newBuilder()
                .setOpType("InplaceClipGradNorm")
                .setDomain(Operator.MICROSOFT)
                .setName("clip")
                .addInput("gradients")
                .addOutput(CLIPPED)
                .addAttribute(number("max_norm", settings.maxGradientNorm())));
        graph.addNode(settings instanceof AdamW adamW ? adamW(adamW) : sgd());
        // SGD's schema says that this is a single number, its kernel gives a vector: one warning here saves one at each
        // step.
        graph.addOutput(vector("updated", DataType.BOOL));
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .setProducerName("geolandslide")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(17))
                .addOpsetImport(OperatorSetIdProto.newBuilder()
                        .setDomain(Operator.MICROSOFT)
                        .setVersion(1))
                .setGraph(graph)
                .build();
    }

    private static NodeProto adamW(AdamW settings) {
        return NodeProto.newBuilder()
                .setOpType("AdamWOptimizer")
                .setDomain(Operator.MICROSOFT)
                .setName("adamw")
                .addInput("learning_rate")
                .addInput("step")
                .addInput("params")
                .addInput(CLIPPED)
                .addInput("first_order_moments")
                .addInput("second_order_moments")
                .addOutput("updated")
                .addAttribute(number("alpha", settings.beta1()))
                .addAttribute(number("beta", settings.beta2()))
                .addAttribute(number("epsilon", settings.epsilon()))
                .addAttribute(number("weight_decay", settings.weightDecay()))
                .addAttribute(integer("adam_mode", 0))
                .addAttribute(integer("correct_bias", 1))
                .build();
    }

    private static NodeProto sgd() {
        return NodeProto.newBuilder()
                .setOpType("SGDOptimizerV2")
                .setDomain(Operator.MICROSOFT)
                .setName("sgd")
                .addInput("learning_rate")
                .addInput("params")
                .addInput(CLIPPED)
                .addOutput("updated")
                .build();
    }

    private static ValueInfoProto vector(String name, DataType type) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(TensorShapeProto.newBuilder()
                                        .addDim(TensorShapeProto.Dimension.newBuilder()
                                                .setDimValue(1)))))
                .build();
    }

    private static ValueInfoProto sequence(String name) {
        TypeProto element = TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber()))
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(element)))
                .build();
    }

    private static AttributeProto number(String name, double value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF((float) value)
                .build();
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }
}
