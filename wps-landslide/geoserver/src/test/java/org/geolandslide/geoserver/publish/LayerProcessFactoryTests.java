package org.geolandslide.geoserver.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.geolandslide.segmentation.process.LandslideProcessFactory;
import org.geolandslide.segmentation.product.Product;
import org.geotools.feature.NameImpl;
import org.geotools.process.Processors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class LayerProcessFactoryTests {
    private static final NameImpl NAME = new NameImpl("landslide", "SegmentLayer");

    @Test
    void two_factories_share_the_namespace_and_each_process_finds_its_own() {
        assertThat(Processors.createProcessFactory(NAME)).isInstanceOf(LayerProcessFactory.class);
        assertThat(Processors.createProcessFactory(new NameImpl("landslide", "Segment")))
                .isInstanceOf(LandslideProcessFactory.class);
        assertThat(new LayerProcessFactory().getNames()).containsExactly(NAME);
        assertThat(Processors.getResultInfo(NAME, Map.of())).containsOnlyKeys("layers", "report");
    }

    @ParameterizedTest
    @ValueSource(strings = {"segment-layer.xml", "segment-layer-async.xml"})
    void the_example_requests_name_its_inputs_and_outputs(String file) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Element root = factory.newDocumentBuilder()
                .parse(Path.of("..", "..", "geoserver-data", "requests", file).toFile())
                .getDocumentElement();
        NodeList identifiers = root.getElementsByTagNameNS("http://www.opengis.net/ows/1.1", "Identifier");
        assertThat(identifiers.item(0).getTextContent()).isEqualTo("landslide:SegmentLayer");
        int inputs = 0;
        for (int i = 1; i < identifiers.getLength(); i++) {
            String identifier = identifiers.item(i).getTextContent();
            boolean input = identifiers.item(i).getParentNode().getLocalName().equals("Input");
            inputs += input ? 1 : 0;
            assertThat(input ? Processors.getParameterInfo(NAME) : Processors.getResultInfo(NAME, Map.of()))
                    .containsKey(identifier);
        }
        assertThat(inputs).isPositive();
        for (String required : List.of("layer", "workspace", "name")) {
            assertThat(Processors.getParameterInfo(NAME).get(required).getMinOccurs())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void every_product_has_a_style_with_a_legend(Product product) throws Exception {
        String name = "landslide-" + product.id();
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        try (var sld = Styles.class.getResourceAsStream(name + ".sld")) {
            Element root = factory.newDocumentBuilder().parse(sld).getDocumentElement();
            String ns = "http://www.opengis.net/sld";
            assertThat(root.getElementsByTagNameNS(ns, "Name").item(0).getTextContent())
                    .isEqualTo(name);
            NodeList entries = root.getElementsByTagNameNS(ns, "ColorMapEntry");
            for (int i = 0; i < entries.getLength(); i++) {
                assertThat(((Element) entries.item(i)).getAttribute("label")).isNotBlank();
                // GeoServer crosses out the sample of an entry that is not visible at all.
                assertThat(((Element) entries.item(i)).getAttribute("opacity")).isNotEqualTo("0");
            }
            assertThat(entries.getLength() > 0).isEqualTo(product.isRaster());
        }
    }
}
