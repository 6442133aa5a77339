<?xml version="1.0" encoding="UTF-8"?>
<!-- Landslides red; background and no data transparent, so that the layer below shows. -->
<StyledLayerDescriptor version="1.0.0" xmlns="http://www.opengis.net/sld" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.opengis.net/sld http://schemas.opengis.net/sld/1.0.0/StyledLayerDescriptor.xsd">
  <NamedLayer>
    <Name>landslide-mask</Name>
    <UserStyle>
      <Title>Landslide mask</Title>
      <FeatureTypeStyle>
        <Rule>
          <RasterSymbolizer>
            <ColorMap type="values">
              <ColorMapEntry color="#FFFFFF" quantity="0" opacity="0" label="background"/>
              <ColorMapEntry color="#D7301F" quantity="1" opacity="1" label="landslide"/>
              <ColorMapEntry color="#C8C8C8" quantity="255" opacity="0" label="no data"/>
            </ColorMap>
          </RasterSymbolizer>
        </Rule>
      </FeatureTypeStyle>
    </UserStyle>
  </NamedLayer>
</StyledLayerDescriptor>
