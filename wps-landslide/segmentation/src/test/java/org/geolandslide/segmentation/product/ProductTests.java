package org.geolandslide.segmentation.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.geolandslide.segmentation.SegmentationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductTests {
    @Test
    void a_list_keeps_its_order() {
        assertThat(Product.parseList("polygons, Mask,entropy"))
                .containsExactly(Product.POLYGONS, Product.MASK, Product.ENTROPY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mask,shape|products is 'mask,shape', in which 'shape' is none of mask, probability, entropy, attention, polygons",
                "mask,|products is 'mask,', in which '' is none of mask, probability, entropy, attention, polygons",
                "mask,MASK|products is 'mask,MASK', which names mask twice"
            })
    void what_is_no_list_of_products_is_refused(String text, String message) {
        assertThatThrownBy(() -> Product.parseList(text))
                .isInstanceOf(SegmentationException.class)
                .hasMessage(message);
    }
}
