<?xml version="1.0" encoding="UTF-8"?>
<!-- Where the network looked: its mean attention, from transparent to blue. -->
<StyledLayerDescriptor version="1.0.0" xmlns="http://www.opengis.net/sld" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.opengis.net/sld http://schemas.opengis.net/sld/1.0.0/StyledLayerDescriptor.xsd">
  <NamedLayer>
    <Name>landslide-attention</Name>
    <UserStyle>
      <Title>Attention of the network</Title>
      <FeatureTypeStyle>
        <Rule>
          <RasterSymbolizer>
            <ColorMap type="ramp">
              <ColorMapEntry color="#EFF3FF" quantity="0" opacity="0.01" label="0: none"/>
              <ColorMapEntry color="#6BAED6" quantity="0.5" opacity="0.7" label="0.5"/>
              <ColorMapEntry color="#08306B" quantity="1" opacity="1" label="1: full"/>
            </ColorMap>
          </RasterSymbolizer>
        </Rule>
      </FeatureTypeStyle>
    </UserStyle>
  </NamedLayer>
</StyledLayerDescriptor>
