<?xml version="1.0" encoding="UTF-8"?>
<!-- The probability of landslide from transparent over yellow to dark red. -->
<StyledLayerDescriptor version="1.0.0" xmlns="http://www.opengis.net/sld" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.opengis.net/sld http://schemas.opengis.net/sld/1.0.0/StyledLayerDescriptor.xsd">
  <NamedLayer>
    <Name>landslide-probability</Name>
    <UserStyle>
      <Title>Landslide probability</Title>
      <FeatureTypeStyle>
        <Rule>
          <RasterSymbolizer>
            <ColorMap type="ramp">
              <ColorMapEntry color="#FFFFB2" quantity="0" opacity="0.01" label="0 %"/>
              <ColorMapEntry color="#FED976" quantity="0.25" opacity="0.5" label="25 %"/>
              <ColorMapEntry color="#FD8D3C" quantity="0.5" opacity="0.8" label="50 %"/>
              <ColorMapEntry color="#E31A1C" quantity="0.75" opacity="0.9" label="75 %"/>
              <ColorMapEntry color="#99000D" quantity="1" opacity="1" label="100 %"/>
            </ColorMap>
          </RasterSymbolizer>
        </Rule>
      </FeatureTypeStyle>
    </UserStyle>
  </NamedLayer>
</StyledLayerDescriptor>
