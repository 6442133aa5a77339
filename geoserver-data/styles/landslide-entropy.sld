<?xml version="1.0" encoding="UTF-8"?>
<!-- Where the network is undecided: the entropy of its probability, in bits, from transparent to violet. -->
<StyledLayerDescriptor version="1.0.0" xmlns="http://www.opengis.net/sld" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.opengis.net/sld http://schemas.opengis.net/sld/1.0.0/StyledLayerDescriptor.xsd">
  <NamedLayer>
    <Name>landslide-entropy</Name>
    <UserStyle>
      <Title>Uncertainty of landslides</Title>
      <FeatureTypeStyle>
        <Rule>
          <RasterSymbolizer>
            <ColorMap type="ramp">
              <ColorMapEntry color="#EFEDF5" quantity="0" opacity="0.01" label="0: certain"/>
              <ColorMapEntry color="#BCBDDC" quantity="0.5" opacity="0.7" label="0.5 bits"/>
              <ColorMapEntry color="#54278F" quantity="1" opacity="1" label="1: undecided"/>
            </ColorMap>
          </RasterSymbolizer>
        </Rule>
      </FeatureTypeStyle>
    </UserStyle>
  </NamedLayer>
</StyledLayerDescriptor>
