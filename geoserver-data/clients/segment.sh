#!/bin/sh
# Maps landslides in a layer with curl: starts landslide:SegmentLayer, tells how far it is, and fetches the polygons as GeoJSON.
#
#   GEOSERVER=http://localhost:8080/geoserver GEOSERVER_USER=admin GEOSERVER_PASSWORD=... sh segment.sh NAME
#
# NAME is that of the new layers; the others that can be set: WORKSPACE, LAYER, DEM_LAYER (empty for a model without a DEM), MODEL.
set -eu
: "${GEOSERVER:=http://localhost:8080/geoserver}" "${GEOSERVER_USER:=admin}" "${GEOSERVER_PASSWORD:=geoserver}"
: "${WORKSPACE:=landslide}" "${LAYER:=landslide:optical}" "${DEM_LAYER=landslide:dem}" "${MODEL:=fusion-synthetic}"
name=${1:-curl-example}

ask() {
  curl --silent --show-error --fail --user "$GEOSERVER_USER:$GEOSERVER_PASSWORD" "$@"
}

input() {
  printf '<wps:Input><ows:Identifier>%s</ows:Identifier><wps:Data><wps:LiteralData>%s</wps:LiteralData></wps:Data></wps:Input>' "$1" "$2"
}

# The answer's first match of a sed expression, with the ampersands of XML put right.
first() {
  printf '%s' "$answer" | tr -d '\n' | sed -n "s/.*$1.*/\\1/p" | sed 's/&amp;/\&/g'
}

answer=$(ask --header 'Content-Type: text/xml' "$GEOSERVER/wps" --data-binary @- <<XML
<wps:Execute version="1.0.0" service="WPS" xmlns:wps="http://www.opengis.net/wps/1.0.0" xmlns:ows="http://www.opengis.net/ows/1.1">
  <ows:Identifier>landslide:SegmentLayer</ows:Identifier>
  <wps:DataInputs>
    $(input layer "$LAYER")
    $([ -z "$DEM_LAYER" ] || input demLayer "$DEM_LAYER")
    $(input model "$MODEL")
    $(input products mask,polygons)
    $(input minArea 100)
    $(input workspace "$WORKSPACE")
    $(input name "$name")
    $(input replace true)
  </wps:DataInputs>
  <wps:ResponseForm>
    <wps:ResponseDocument storeExecuteResponse="true" status="true">
      <wps:Output><ows:Identifier>layers</ows:Identifier></wps:Output>
    </wps:ResponseDocument>
  </wps:ResponseForm>
</wps:Execute>
XML
)
status=$(first 'statusLocation="\([^"]*\)"')
if [ -z "$status" ]; then
  echo "refused: $(first '<ows:ExceptionText>\([^<]*\)')" >&2
  exit 1
fi
while :; do
  answer=$(ask "$status")
  case $answer in
    *ProcessSucceeded*) break ;;
    *ProcessFailed* | *ExceptionReport*)
      echo "failed: $(first '<ows:ExceptionText>\([^<]*\)')" >&2
      exit 1
      ;;
  esac
  percent=$(first 'percentCompleted="\([0-9]*\)"')
  echo "${percent:-0} %" >&2
  sleep 2
done
echo "layers: $(first '<wps:LiteralData>\([^<]*\)')"
ask "$GEOSERVER/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=$WORKSPACE:${name}_polygons&outputFormat=application/json" \
  --output "$name.geojson"
echo "polygons: $name.geojson"
