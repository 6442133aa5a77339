// Maps landslides in a layer from JavaScript: Node.js 18 or later as it is, a browser with the body of main().
//
//   GEOSERVER=http://localhost:8080/geoserver GEOSERVER_USER=admin GEOSERVER_PASSWORD=... node segment.mjs NAME
//
// NAME is that of the new layers. Leave demLayer out for a model that takes no DEM.
const {
  GEOSERVER: address = 'http://localhost:8080/geoserver',
  GEOSERVER_USER: user = 'admin',
  GEOSERVER_PASSWORD: password = 'geoserver',
} = process.env;
const name = process.argv[2] ?? 'javascript-example';
const headers = { Authorization: 'Basic ' + Buffer.from(`${user}:${password}`).toString('base64') };

const escaped = (text) => String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;');

function segmentLayer(inputs) {
  const input = ([key, value]) => `<wps:Input><ows:Identifier>${key}</ows:Identifier>
    <wps:Data><wps:LiteralData>${escaped(value)}</wps:LiteralData></wps:Data></wps:Input>`;
  return `<wps:Execute version="1.0.0" service="WPS"
      xmlns:wps="http://www.opengis.net/wps/1.0.0" xmlns:ows="http://www.opengis.net/ows/1.1">
    <ows:Identifier>landslide:SegmentLayer</ows:Identifier>
    <wps:DataInputs>${Object.entries(inputs).map(input).join('')}</wps:DataInputs>
    <wps:ResponseForm><wps:ResponseDocument storeExecuteResponse="true" status="true">
      <wps:Output><ows:Identifier>layers</ows:Identifier></wps:Output>
    </wps:ResponseDocument></wps:ResponseForm>
  </wps:Execute>`;
}

async function text(url, options) {
  const answer = await fetch(url, { ...options, headers: { ...headers, ...options?.headers } });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  return answer.text();
}

const match = (xml, pattern) => xml.match(pattern)?.[1].replace(/&amp;/g, '&');

async function main() {
  let xml = await text(`${address}/wps`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml' },
    body: segmentLayer({
      layer: 'landslide:optical',
      demLayer: 'landslide:dem',
      model: 'fusion-synthetic',
      products: 'mask,polygons',
      minArea: 100,
      workspace: 'landslide',
      name,
      replace: true,
    }),
  });
  const status = match(xml, /statusLocation="([^"]*)"/);
  while (status && !/ProcessSucceeded|ProcessFailed|ExceptionReport/.test(xml)) {
    console.error(`${match(xml, /percentCompleted="(\d+)"/) ?? 0} %`);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    xml = await text(status);
  }
  if (!xml.includes('ProcessSucceeded')) throw new Error(match(xml, /<ows:ExceptionText>([^<]*)/) ?? xml);
  console.log(`layers: ${match(xml, /<wps:LiteralData>([^<]*)/)}`);

  const query = new URLSearchParams({
    service: 'WFS',
    version: '2.0.0',
    request: 'GetFeature',
    typeNames: `landslide:${name}_polygons`,
    outputFormat: 'application/json',
  });
  const { features } = JSON.parse(await text(`${address}/wfs?${query}`));
  const area = features.reduce((sum, feature) => sum + feature.properties.area_m2, 0);
  console.log(`polygons: ${features.length} with ${Math.round(area)} m2`);
}

main().catch((error) => {
  console.error(`failed: ${error.message}`);
  process.exit(1);
});
