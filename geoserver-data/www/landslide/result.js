// The result: layers on the map, a list of landslides, downloads.

import { map } from './map.js';
import { $, announce, areaText, element, number, percent, showError } from './page.js';
import * as server from './server.js';

const ROWS = 100;
const PRODUCTS = {
  mask: 'Mask',
  probability: 'Probability',
  entropy: 'Entropy',
  attention: 'Attention',
  polygons: 'Polygons',
};

/** The layers of the last run, and the landslides of the list as GeoJSON. */
let result;

function productOf(layer) {
  const found = /_(probability|entropy|attention|polygons)$/.exec(layer);
  return found ? found[1] : 'mask';
}

/** Shows what a job has answered with: `layers`, names separated by commas, and `report`. */
export async function showResult(outputs) {
  const layers = outputs.layers.split(',').map((name) => ({ name: name.trim(), product: productOf(name.trim()) }));
  let report = {};
  try {
    report = JSON.parse(outputs.report ?? '{}');
  } catch {
    // The layers are there all the same.
  }
  result = { layers, features: [] };
  map.clearResults();
  for (const layer of layers) {
    map.addResult(layer.name);
  }
  // Rasters over each other hide each other.
  const shown = new Set([layers.find((layer) => layer.product !== 'polygons')?.name, layers.find((layer) => layer.product === 'polygons')?.name]);
  $('layers').replaceChildren(...layers.map((layer) => resultEntry(layer, shown.has(layer.name))));
  $('summary').textContent = summary(report);
  $('list').hidden = true;
  $('results').hidden = false;
  $('results-title').focus({ preventScroll: true });
  $('results').scrollIntoView({ block: 'start' });
  announce(`Done. ${$('summary').textContent}`);
  layers.forEach((layer) => loadLegend(layer));
  const polygons = layers.find((layer) => layer.product === 'polygons');
  if (polygons) {
    await showList(polygons);
  }
}

function summary(report) {
  const parts = [];
  if (report.polygons !== undefined) {
    parts.push(`${number(report.polygons)} landslide${report.polygons === 1 ? '' : 's'}, ${areaText(report.areaSquareMetres)} in all.`);
  }
  if (report.validShare !== undefined && report.validShare < 0.9995) {
    parts.push(`${percent(report.validShare)} of the pixels had data and lay in the region.`);
  }
  if (report.model) {
    parts.push(`Model ${report.model.name}, threshold ${number(report.parameters?.threshold, 3)}, ${number(report.seconds, 1)} s.`);
  }
  return parts.join(' ');
}

function resultEntry(layer, shown) {
  const id = `result-${layer.product}`;
  const visible = element('input', { type: 'checkbox', id, checked: shown });
  map.setVisible(layer.name, shown);
  visible.addEventListener('change', () => map.setVisible(layer.name, visible.checked));
  const opacity = element('input', { type: 'range', min: '0', max: '100', value: layer.product === 'polygons' ? '100' : '50', id: `${id}-opacity` });
  const read = () => {
    opacity.setAttribute('aria-valuetext', `${opacity.value} %`);
    map.setOpacity(layer.name, opacity.value / 100);
  };
  opacity.addEventListener('input', read);
  read();
  const entry = element(
    'li',
    { 'data-layer': layer.name, 'data-product': layer.product },
    element('label', { class: 'check title' }, visible, ` ${PRODUCTS[layer.product]} `, element('code', {}, layer.name)),
    element('label', { class: 'slider' }, 'Opacity', opacity),
    element('div', { class: 'legend' }),
    element('p', { class: 'downloads' }, ...downloads(layer)),
  );
  return entry;
}

async function loadLegend(layer) {
  const place = document.querySelector(`#layers li[data-product="${layer.product}"] .legend`);
  try {
    const image = element('img', { src: await server.legend(layer.name), alt: `Legend of ${PRODUCTS[layer.product].toLowerCase()}` });
    place?.replaceChildren(image);
  } catch (error) {
    place?.replaceChildren(element('p', { class: 'facts' }, `No legend: ${error.message}`));
  }
}

function downloads(layer) {
  const base = layer.name.replace(/^.*?:/, '').replace(/[^\w.-]+/g, '_');
  if (layer.product !== 'polygons') {
    return [download('GeoTIFF', server.geoTiff(layer.name), `${base}.tif`, layer)];
  }
  return [
    download('GeoPackage', () => server.geoPackage(layer.name), `${base}.gpkg`, layer),
    download('GeoJSON', server.geoJson(layer.name), `${base}.geojson`, layer),
    download('Shapefile', server.shapefile(layer.name), `${base}.zip`, layer),
  ];
}

/** A link that fetches with the user's account and saves the file under a name. */
function download(text, address, fileName, layer) {
  const link = element('a', {
    href: typeof address === 'string' ? address : '#',
    download: fileName,
    'aria-label': `Download ${PRODUCTS[layer.product].toLowerCase()} as ${text}`,
  });
  link.append(text);
  link.addEventListener('click', async (event) => {
    event.preventDefault();
    if (link.getAttribute('aria-busy') === 'true') {
      return;
    }
    link.setAttribute('aria-busy', 'true');
    announce(`Fetching ${fileName}.`);
    try {
      const blob = await server.file(typeof address === 'string' ? address : await address());
      const url = URL.createObjectURL(blob);
      element('a', { href: url, download: fileName }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
      announce(`${fileName} is here.`);
    } catch (error) {
      showError(error);
    } finally {
      link.removeAttribute('aria-busy');
    }
  });
  return link;
}

async function showList(layer) {
  try {
    const { features, total } = await server.largest(layer.name, ROWS);
    result.features = features;
    $('rows').replaceChildren(
      ...features.map((feature, i) => {
        const { area_m2: area, prob_mean: mean } = feature.properties;
        const button = element('button', { type: 'button', class: 'link' }, `No. ${i + 1}`);
        button.setAttribute('aria-label', `Show landslide ${i + 1} on the map`);
        button.addEventListener('click', () => {
          map.choose(feature, { move: true });
          showInfo(describe(feature));
          if (window.matchMedia('(max-width: 800px)').matches) {
            $('stage').scrollIntoView({ block: 'start' });
          }
        });
        return element('tr', {}, element('td', {}, button), element('td', {}, areaText(area)), element('td', {}, percent(mean)));
      }),
    );
    $('list-facts').textContent =
      total === 0
        ? 'None was found. A lower threshold or a smaller least area may show more.'
        : total > features.length
          ? `The ${features.length} largest of ${number(total)}.`
          : 'From the largest to the smallest.';
    $('list').hidden = false;
  } catch (error) {
    $('list-facts').textContent = `The list cannot be shown: ${error.message}`;
    $('list').hidden = false;
  }
}

function describe(feature) {
  const { area_m2: area, perim_m: perimeter, prob_mean: mean, prob_max: maximum } = feature.properties;
  return [
    ['Area', areaText(area)],
    ['Perimeter', `${number(perimeter)} m`],
    ['Mean probability', percent(mean)],
    ['Highest probability', percent(maximum)],
  ];
}

/** Facts beside the map: pairs of a name and a value. */
function showInfo(facts, title = 'Landslide') {
  const close = element('button', { type: 'button', class: 'quiet', 'aria-label': 'Close' }, '×');
  close.addEventListener('click', () => {
    closeInfo();
    $('map').focus();
  });
  const list = element('dl', {}, ...facts.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]));
  $('info').replaceChildren(element('strong', {}, title), close, list);
  $('info').hidden = false;
}

function closeInfo() {
  $('info').hidden = true;
  $('info').replaceChildren();
  map.choose(undefined);
}

async function clicked(point) {
  if (!result) {
    return;
  }
  const layer = (product) => result.layers.find((candidate) => candidate.product === product);
  try {
    const [found, probability] = await Promise.all(
      [layer('polygons'), layer('probability')].map((one) => (one ? map.at(one.name, point) : [])),
    );
    const values = Object.values(probability[0]?.properties ?? {});
    const here = values.length > 0 && values[0] >= 0 ? [['Probability here', percent(values[0])]] : [];
    if (found.length > 0) {
      const feature =
        result.features.find((known) => known.id === found[0].id) ?? (await server.landslide(layer('polygons').name, found[0].id)) ?? found[0];
      map.choose(feature);
      showInfo([...describe(feature), ...here]);
    } else if (here.length > 0) {
      map.choose(undefined);
      showInfo(here, 'No landslide here');
    } else {
      closeInfo();
    }
  } catch (error) {
    showError(error);
  }
}

/** Takes the last result away. */
export function clearResult() {
  result = undefined;
  map.clearResults();
  $('results').hidden = true;
  closeInfo();
}

/** Makes clicks on the map work. */
export function connectResult() {
  map.listen({ clicked });
}
