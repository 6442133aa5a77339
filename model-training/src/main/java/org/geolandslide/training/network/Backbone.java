package org.geolandslide.training.network;

import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Add;

/** What the levels of an encoder are made of (the RGB backbones of Lissak and Corpetti 2024, table 1). All convolutions are 3 x 3. */
public enum Backbone {
    /** Two convolutions and a shortcut per level (He et al. 2016). */
    RESIDUAL_UNET("residual U-Net"),
    /** Two convolutions per level (Ronneberger et al. 2015), with batch normalisation. */
    UNET("U-Net"),
    /**
     * As VGG-16 (Simonyan and Zisserman 2015): two convolutions in the first two levels, three in the others, with batch
     * normalisation.
     */
    VGG("VGG");

    /** Levels of VGG-16 with two convolutions. */
    private static final int SHALLOW_LEVELS = 2;

    private final String title;

    Backbone(String title) {
        this.title = title;
    }

    /** Its name in words. */
    public String title() {
        return title;
    }

    /**
     * Appends one level.
     *
     * @param name prefix of the parameters' names
     * @param level from 0
     * @param filters channels of the result
     */
    Tensor level(Layers layers, String name, int level, Tensor image, int filters) {
        return switch (this) {
            case RESIDUAL_UNET -> residualBlock(layers, name, image, filters);
            case UNET -> convolutions(layers, name, image, filters, 2);
            case VGG -> convolutions(layers, name, image, filters, level < SHALLOW_LEVELS ? 2 : 3);
        };
    }

    private static Tensor convolutions(Layers layers, String name, Tensor image, int filters, int count) {
        Tensor result = image;
        for (int i = 1; i <= count; i++) {
            result = layers.convolutionBlock(name + "." + i, result, filters, 3);
        }
        return result;
    }

    /** Two convolutions and a shortcut, projected by a 1 x 1 convolution where the channels differ. */
    static Tensor residualBlock(Layers layers, String name, Tensor image, int filters) {
        Tensor inner = layers.convolutionBlock(name + ".1", image, filters, 3);
        Tensor residual = layers.normalize(
                name + ".2.normalization", layers.convolution(name + ".2.convolution", inner, filters, 3));
        Tensor shortcut = image;
        if (image.shape().size(1) != filters) {
            shortcut = layers.normalize(
                    name + ".shortcut.normalization",
                    layers.convolution(name + ".shortcut.convolution", image, filters, 1));
        }
        return layers.relu(layers.graph().apply(new Add(), residual, shortcut));
    }
}
