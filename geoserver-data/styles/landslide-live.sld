<?xml version="1.0" encoding="UTF-8"?>
<!--
  Shows what a network says about the part of an optical layer that a map shows, as a probability from yellow to red. Nothing is
  stored: windows are run for each map.

  It asks the default model, which must take no DEM; a parameter model names another one. If the model does not say its ground sample
  distance, add metres per pixel as the parameter resolution. MaxScaleDenominator is that of maps with pixels of
  twice the resolution (1 : 14,000 for 2 m), coarser ones are refused: let no map get there. More parameters: product (probability
  or mask), threshold, maxWindows, device.
-->
<StyledLayerDescriptor version="1.0.0" xmlns="http://www.opengis.net/sld" xmlns:ogc="http://www.opengis.net/ogc" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.opengis.net/sld http://schemas.opengis.net/sld/1.0.0/StyledLayerDescriptor.xsd">
  <NamedLayer>
    <Name>landslide-live</Name>
    <UserStyle>
      <Title>Landslides, live</Title>
      <FeatureTypeStyle>
        <Transformation>
          <ogc:Function name="landslide:LiveSegment">
            <ogc:Function name="parameter">
              <ogc:Literal>data</ogc:Literal>
            </ogc:Function>
            <ogc:Function name="parameter">
              <ogc:Literal>product</ogc:Literal>
              <ogc:Literal>probability</ogc:Literal>
            </ogc:Function>
          </ogc:Function>
        </Transformation>
        <Rule>
          <MaxScaleDenominator>14000</MaxScaleDenominator>
          <RasterSymbolizer>
            <ColorMap type="ramp">
              <ColorMapEntry color="#FFEDA0" quantity="0.2" opacity="0" label="20 %"/>
              <ColorMapEntry color="#FEB24C" quantity="0.5" opacity="0.8" label="50 %"/>
              <ColorMapEntry color="#B10026" quantity="1" opacity="1" label="100 %"/>
            </ColorMap>
          </RasterSymbolizer>
        </Rule>
      </FeatureTypeStyle>
    </UserStyle>
  </NamedLayer>
</StyledLayerDescriptor>
