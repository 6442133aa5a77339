// The page: a form, a job, its result.

import { LandslideMap } from './map.js';
import * as server from './server.js';

/** How long to wait before a job is asked for again: short work is seen to end, long work is not asked for without need. */
const POLL_MILLISECONDS = [250, 250, 500, 500, 1000, 1000, 2000];
const ROWS = 100;
const PRODUCTS = {
  mask: 'Mask',
  probability: 'Probability',
  entropy: 'Entropy',
  attention: 'Attention',
  polygons: 'Polygons',
};

const $ = (id) => document.getElementById(id);
const number = (value, digits = 0) => Number(value).toLocaleString('en', { maximumFractionDigits: digits });
const percent = (value) => `${number(value * 100, 1)} %`;
const areaText = (squareMetres) =>
  squareMetres < 10_000 ? `${number(squareMetres)} m²` : squareMetres < 1e6 ? `${number(squareMetres / 1e4, 2)} ha` : `${number(squareMetres / 1e6, 2)} km²`;

/** An element with text and attributes. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key in made && typeof value !== 'string') {
      made[key] = value;
    } else {
      made.setAttribute(key, value);
    }
  }
  made.append(...children);
  return made;
}

const state = { layers: [], models: [], job: undefined, result: undefined };

const map = new LandslideMap($('map'), {
  regionDrawn: () => {
    setDrawing(undefined);
    regionChanged();
    announce('The region is set.');
    $('clear-region').focus();
  },
  clicked: (point) => clicked(point),
  failed: (error) => mapFailed(error),
});

// ---- Words

function announce(text) {
  $('announcer').textContent = text;
}

function showError(error) {
  console.error(error);
  $('error-text').textContent = error.message || String(error);
  $('error').hidden = false;
  $('error').focus();
}

function hideError() {
  $('error').hidden = true;
}

let mapFailure = '';

/** A map that is moved fails again and again; the same reason is told once. */
function mapFailed(error) {
  if (error.message !== mapFailure) {
    mapFailure = error.message;
    $('hint').textContent = `The map cannot be drawn: ${error.message}`;
    $('hint').hidden = false;
  }
}

// ---- Signing in

let answerSignIn;

/** Asks for name and password; false if the user does not want to give them. */
function askToSignIn(reason) {
  if (answerSignIn) {
    // One question at a time; who waits for it gets the same answer.
    const before = answerSignIn;
    return new Promise((resolve) => {
      answerSignIn = (answer) => {
        before(answer);
        resolve(answer);
      };
    });
  }
  $('sign-in-reason').textContent = reason;
  $('sign-in-error').textContent = '';
  $('sign-in-password').value = '';
  $('sign-in-dialog').showModal();
  ($('sign-in-user').value ? $('sign-in-password') : $('sign-in-user')).focus();
  return new Promise((resolve) => {
    answerSignIn = resolve;
  });
}

function closeSignIn(answer) {
  const answering = answerSignIn;
  answerSignIn = undefined;
  $('sign-in-password').value = '';
  if ($('sign-in-dialog').open) {
    $('sign-in-dialog').close();
  }
  showAccount();
  answering?.(answer);
}

function showAccount() {
  const user = server.signedIn();
  $('user').textContent = user ?? '';
  $('sign-in').hidden = Boolean(user);
  $('sign-out').hidden = !user;
}

async function signIn(event) {
  event.preventDefault();
  const user = $('sign-in-user').value;
  const password = $('sign-in-password').value;
  if (!user || !password) {
    $('sign-in-error').textContent = 'Both are needed.';
    return;
  }
  server.setAccount({ user, password });
  try {
    setLayers(await server.rasterLayers({ ask: false }));
    closeSignIn(true);
  } catch (error) {
    server.setAccount(undefined);
    $('sign-in-error').textContent = error.refused ? 'The server does not know this name and password.' : error.message;
    $('sign-in-password').focus();
  }
}

// ---- Layers and models

function fill(select, entries, empty) {
  const before = select.value;
  select.replaceChildren(element('option', { value: '' }, empty), ...entries.map(([value, text]) => element('option', { value }, text)));
  select.value = entries.some(([value]) => value === before) ? before : '';
  select.disabled = false;
}

function setLayers(layers) {
  state.layers = layers;
  const entries = layers.map((layer) => [layer.name, layer.title === layer.name ? layer.name : `${layer.title} (${layer.name})`]);
  fill($('layer'), entries, layers.length > 0 ? 'Choose a layer' : 'There is no raster layer that you may see');
  fill($('dem'), entries, 'Choose a layer');
  const workspaces = [...new Set(layers.map((layer) => layer.name.split(':')[0]))].sort();
  $('workspaces').replaceChildren(...workspaces.map((value) => element('option', { value })));
}

function setModels(list) {
  state.models = list.models;
  fill(
    $('model'),
    list.models.map((model) => [model.name, model.name === list.default ? `${model.name} (default)` : model.name]),
    list.models.length > 0 ? 'Choose a model' : 'There is no model yet: an administrator uploads one',
  );
  if (!$('model').value) {
    $('model').value = list.default ?? (list.models.length === 1 ? list.models[0].name : '');
  }
  modelChanged();
}

const chosenLayer = () => state.layers.find((layer) => layer.name === $('layer').value);
const chosenModel = () => state.models.find((model) => model.name === $('model').value);
const wantsDem = () => chosenModel()?.inputs.some((input) => input.name === 'dem') ?? false;

async function layerChanged() {
  const layer = chosenLayer();
  $('layer-facts').textContent = '';
  if (!layer) {
    return;
  }
  $('hint').hidden = true;
  mapFailure = '';
  map.showImagery(layer);
  if (!$('workspace').value) {
    $('workspace').value = layer.name.split(':')[0];
  }
  guessDem();
  regionFacts();
  try {
    const facts = await server.describe(layer.name);
    if (chosenLayer() === layer) {
      layer.facts = facts;
      layerFacts();
    }
  } catch (error) {
    $('layer-facts').textContent = error.message;
  }
}

function layerFacts() {
  const facts = chosenLayer()?.facts;
  if (!facts) {
    return;
  }
  const bands = facts.bands.length;
  let text = `${number(facts.width)} × ${number(facts.height)} pixels, ${bands} band${bands === 1 ? '' : 's'}`;
  const wanted = chosenModel()?.inputs.find((input) => input.name === 'optical')?.bands ?? [];
  if (bands < wanted.length) {
    text += `. The model wants ${wanted.length}: ${wanted.join(', ')}`;
  }
  $('layer-facts').textContent = `${text}.`;
  $('layer-facts').classList.toggle('warning', bands < wanted.length);
}

/** The layer of elevations that most likely belongs to the imagery: called so, in its workspace, covering it. */
function guessDem() {
  const optical = chosenLayer();
  if (!optical || $('dem').value) {
    return;
  }
  const [workspace] = optical.name.split(':');
  const candidates = state.layers.filter(
    (layer) => layer !== optical && /dem|dsm|dtm|elev/i.test(`${layer.name} ${layer.title}`) && overlap(layer.extent, optical.extent),
  );
  const best = candidates.find((layer) => layer.name.startsWith(`${workspace}:`)) ?? candidates[0];
  if (best) {
    $('dem').value = best.name;
  }
}

function overlap(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

function modelChanged() {
  const model = chosenModel();
  $('dem-row').hidden = !wantsDem();
  $('attention-row').hidden = !model?.outputs.includes('attention');
  $('threshold').placeholder = model ? String(model.threshold) : '';
  $('threshold-facts').textContent = model
    ? `Probability from which a pixel counts as landslide; empty: the model's own, ${number(model.threshold, 3)}.`
    : 'Probability from which a pixel counts as landslide.';
  const bands = model?.inputs.map((input) => (input.name === 'dem' ? 'elevation' : input.bands.join(', '))).join('; ');
  $('model-facts').textContent = model ? `${model.description ? `${model.description.replace(/\.?$/, '.')} ` : ''}Wants ${bands}.` : '';
  guessDem();
  layerFacts();
}

// ---- The region

function setDrawing(kind) {
  map.draw(kind);
  $('draw-box').setAttribute('aria-pressed', String(kind === 'box'));
  $('draw-polygon').setAttribute('aria-pressed', String(kind === 'polygon'));
  $('stage').classList.toggle('drawing', Boolean(kind));
  $('draw-help').textContent =
    kind === 'box'
      ? 'Click or tap one corner on the map, then the opposite one. Escape ends drawing.'
      : kind === 'polygon'
        ? 'Click or tap the corners on the map; the last one twice. Escape ends drawing.'
        : '';
  if (kind && window.matchMedia('(max-width: 800px)').matches) {
    $('stage').scrollIntoView({ block: 'start' });
  }
}

function toggleDrawing(kind) {
  setDrawing($(`draw-${kind}`).getAttribute('aria-pressed') === 'true' ? undefined : kind);
}

/** Writes the region into the fields. */
function regionChanged() {
  const corners = map.region();
  const text = (value) => (Math.round(value * 1e6) / 1e6).toString();
  const bounds = corners ? boundsOf(corners) : [];
  ['west', 'south', 'east', 'north'].forEach((side, i) => {
    $(side).value = corners ? text(bounds[i]) : '';
    $(side).setCustomValidity('');
  });
  $('corners').value = corners ? corners.map((corner) => corner.map(text).join(' ')).join('\n') : '';
  $('clear-region').disabled = !corners;
  regionFacts();
}

function boundsOf(corners) {
  const [xs, ys] = [corners.map((corner) => corner[0]), corners.map((corner) => corner[1])];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

function regionFacts(problem) {
  const corners = map.region();
  const layer = chosenLayer();
  const outside = corners && layer && !overlap(boundsOf(corners), layer.extent);
  const text = problem ?? (outside ? 'The region lies beside the layer.' : corners ? `A region of ${corners.length} corners.` : '');
  $('region-facts').textContent = text;
  $('region-facts').classList.toggle('warning', Boolean(problem || outside));
}

const decimal = (text) => (/^[+-]?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : NaN);
const isPlace = (longitude, latitude) => Math.abs(longitude) <= 180 && Math.abs(latitude) <= 85;

function boxTyped() {
  const texts = ['west', 'south', 'east', 'north'].map((side) => $(side).value);
  if (texts.every((text) => text.trim() === '')) {
    map.setRegion(undefined);
    regionChanged();
    return;
  }
  if (texts.some((text) => text.trim() === '')) {
    regionFacts('A rectangle needs all four sides.');
    return;
  }
  const [west, south, east, north] = texts.map(decimal);
  if (!(west < east && south < north && isPlace(west, south) && isPlace(east, north))) {
    regionFacts('Expected degrees such as 103.25, west below east and south below north.');
    return;
  }
  map.setRegion([
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ]);
  regionChanged();
}

function cornersTyped() {
  const lines = $('corners').value.split('\n').filter((line) => line.trim() !== '');
  const corners = lines.map((line) => line.trim().split(/[\s,;]+/).map(decimal));
  if (corners.length === 0) {
    map.setRegion(undefined);
    regionChanged();
    return;
  }
  const wrong = corners.findIndex((corner) => corner.length !== 2 || !isPlace(...corner));
  if (wrong >= 0) {
    regionFacts(`Corner ${wrong + 1} is "${lines[wrong].trim()}", expected longitude and latitude such as 103.25 33.1.`);
    return;
  }
  if (corners.length < 3) {
    regionFacts('A polygon needs three corners or more.');
    return;
  }
  map.setRegion(corners);
  regionChanged();
}

// ---- The job

/** What stands in the way of a run: a field and a reason; undefined if nothing does. */
function problem() {
  const threshold = $('threshold').value;
  const minArea = $('min-area').value;
  const checks = [
    ['layer', !chosenLayer(), 'Choose an optical layer.'],
    ['model', !chosenModel(), 'Choose a model.'],
    ['dem', wantsDem() && !$('dem').value, 'This model wants a layer of elevations: choose one.'],
    ['workspace', !$('workspace').value.trim(), 'Say in which workspace the result shall be.'],
    ['name', !$('name').value.trim(), 'Give the new layer a name.'],
    ['threshold', $('threshold').validity.badInput || (threshold !== '' && !(threshold > 0 && threshold < 1)), 'The threshold lies above 0 and below 1.'],
    ['min-area', $('min-area').validity.badInput || !(Number(minArea) >= 0), 'The least area is a number of square metres, 0 or more.'],
    ['corners', $('region-facts').classList.contains('warning'), $('region-facts').textContent],
  ];
  const found = checks.find(([, wrong]) => wrong);
  return found && { field: $(found[0]), reason: found[2] };
}

function products() {
  return [...document.querySelectorAll('input[name=product]:checked')]
    .filter((box) => !box.closest('label').hidden)
    .map((box) => box.value);
}

function jobInputs() {
  const inputs = [
    ['layer', $('layer').value],
    ['demLayer', wantsDem() ? $('dem').value : ''],
    ['model', $('model').value],
    ['threshold', $('threshold').value],
    ['minArea', $('min-area').value || '0'],
    ['augment', $('augment').checked ? 'true' : ''],
    ['products', products().join(',')],
    ['workspace', $('workspace').value.trim()],
    ['name', $('name').value.trim()],
    ['replace', $('replace').checked ? 'true' : ''],
  ]
    .filter(([, value]) => value !== '')
    .map(([id, value]) => ({ id, value }));
  const region = map.regionText();
  return region ? [...inputs, { id: 'region', value: region, mimeType: 'application/ewkt' }] : inputs;
}

async function run(event) {
  event?.preventDefault();
  hideError();
  setDrawing(undefined);
  const wrong = problem();
  if (wrong) {
    if (wrong.field.id === 'corners') {
      $('typed').open = true;
    }
    $('error-text').textContent = wrong.reason;
    $('error').hidden = false;
    wrong.field.setAttribute('aria-invalid', 'true');
    wrong.field.addEventListener('input', () => wrong.field.removeAttribute('aria-invalid'), { once: true });
    wrong.field.focus();
    return;
  }
  if (products().length === 0) {
    showError(new Error('Choose at least one layer to make.'));
    return;
  }
  if (!server.signedIn() && !(await askToSignIn('Making layers takes an account that administers the workspace.'))) {
    return;
  }
  begin();
  try {
    const status = await server.segment(jobInputs());
    if (status.state !== 'failed' && status.id) {
      state.job = { ...state.job, id: status.id };
      window.history.replaceState(null, '', `#job=${status.id}`);
    }
    await follow(status, state.job);
  } catch (error) {
    end();
    showError(error);
  }
}

function begin() {
  state.job = { told: 0, cancelled: false };
  map.clearResults();
  $('results').hidden = true;
  closeInfo();
  $('inputs').disabled = true;
  $('run-row').hidden = true;
  $('running').hidden = false;
  $('cancel').disabled = false;
  $('cancel').textContent = 'Cancel';
  progress('Waiting for the server', 0);
  $('running').scrollIntoView({ block: 'nearest' });
  $('cancel').focus();
}

function end() {
  state.job = undefined;
  window.history.replaceState(null, '', window.location.pathname + window.location.search);
  $('inputs').disabled = false;
  $('run-row').hidden = false;
  $('running').hidden = true;
}

function progress(text, done) {
  $('progress-text').textContent = text;
  $('progress').value = done;
  document.title = done > 0 ? `${Math.round(done)} % · Landslide mapping` : 'Landslide mapping';
}

/** What the server says about the work, with a percentage. */
function progressWords(status) {
  if (status.state === 'waiting') {
    return 'Waiting for its turn';
  }
  const task = status.task || 'Working';
  return `${task[0].toUpperCase()}${task.slice(1)} · ${Math.round(status.percent)} %`;
}

/** Polls a job to its end, through short interruptions. */
async function follow(first, job) {
  let status = first;
  let missed = 0;
  let asked = 0;
  while (job === state.job && (status.state === 'waiting' || status.state === 'running')) {
    if (!job.id) {
      throw new Error('The server began to work and does not tell where to ask for it.');
    }
    if (!job.cancelled && missed === 0) {
      progress(progressWords(status), status.percent);
      const quarter = Math.floor(status.percent / 25);
      if (quarter > job.told) {
        job.told = quarter;
        announce(`${Math.round(status.percent)} % done.`);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS[Math.min(asked, POLL_MILLISECONDS.length - 1)]));
    asked += 1;
    if (job !== state.job) {
      return;
    }
    try {
      status = await server.jobStatus(job.id);
      missed = 0;
    } catch (error) {
      missed += 1;
      if (missed > 10 || error.status) {
        throw error;
      }
      progress('The server does not answer; asking again', $('progress').value);
    }
  }
  if (job !== state.job) {
    return;
  }
  document.title = 'Landslide mapping';
  const { cancelled } = job;
  end();
  if (status.state === 'done') {
    await showResult(status.outputs);
  } else if (cancelled) {
    stopped();
  } else if (!server.signedIn() && /that you administer/.test(status.reason)) {
    if (await askToSignIn('Making layers takes an account that administers the workspace.')) {
      await run();
    }
  } else {
    showError(new Error(status.reason));
  }
}

function stopped() {
  announce('Cancelled. Nothing was published.');
  $('draw-help').textContent = '';
  $('run').focus();
}

async function cancel() {
  const job = state.job;
  if (!job) {
    return;
  }
  if (!job.id) {
    announce('The server has not begun yet; try again in a moment.');
    return;
  }
  job.cancelled = true;
  $('cancel').disabled = true;
  $('cancel').textContent = 'Cancelling…';
  try {
    await server.dismiss(job.id);
    if (job === state.job) {
      document.title = 'Landslide mapping';
      end();
      stopped();
    }
  } catch (error) {
    job.cancelled = false;
    $('cancel').disabled = false;
    $('cancel').textContent = 'Cancel';
    showError(error);
  }
}

// ---- The result

function productOf(layer) {
  const found = /_(probability|entropy|attention|polygons)$/.exec(layer);
  return found ? found[1] : 'mask';
}

async function showResult(outputs) {
  const layers = outputs.layers.split(',').map((name) => ({ name: name.trim(), product: productOf(name.trim()) }));
  let report = {};
  try {
    report = JSON.parse(outputs.report ?? '{}');
  } catch {
    // The layers are there all the same.
  }
  state.result = { layers, features: [] };
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
    state.result.features = features;
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
  const result = state.result;
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

// ---- The beginning

function connect() {
  $('sign-in').addEventListener('click', () => askToSignIn('To make layers, or to see those that are not public.').then(() => $('layer').focus()));
  $('sign-out').addEventListener('click', () => {
    server.setAccount(undefined);
    showAccount();
    announce('Signed out.');
    $('sign-in').focus();
    loadLayers();
  });
  $('sign-in-form').addEventListener('submit', signIn);
  $('sign-in-cancel').addEventListener('click', () => closeSignIn(false));
  $('sign-in-dialog').addEventListener('cancel', () => closeSignIn(false));
  $('error-close').addEventListener('click', () => {
    hideError();
    $('run').focus();
  });
  $('layer').addEventListener('change', layerChanged);
  $('model').addEventListener('change', modelChanged);
  $('draw-box').addEventListener('click', () => toggleDrawing('box'));
  $('draw-polygon').addEventListener('click', () => toggleDrawing('polygon'));
  $('clear-region').addEventListener('click', () => {
    map.setRegion(undefined);
    setDrawing(undefined);
    regionChanged();
    announce('The whole layer.');
    $('draw-box').focus();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && $('stage').classList.contains('drawing')) {
      setDrawing(undefined);
    }
  });
  ['west', 'south', 'east', 'north'].forEach((side) => $(side).addEventListener('change', boxTyped));
  $('corners').addEventListener('change', cornersTyped);
  $('form').addEventListener('submit', run);
  $('cancel').addEventListener('click', cancel);
  server.onRefusal(askToSignIn);
}

async function loadLayers() {
  try {
    setLayers(await server.rasterLayers());
  } catch (error) {
    fill($('layer'), [], 'The layers cannot be listed');
    showError(error);
  }
}

async function loadModels() {
  try {
    setModels(await server.models());
  } catch (error) {
    fill($('model'), [], 'The models cannot be listed');
    showError(error);
  }
}

/** Goes on with a job that a page before this one began. */
async function resume() {
  const id = /^#job=([\w-]+)$/.exec(window.location.hash)?.[1];
  if (!id) {
    return;
  }
  begin();
  state.job.id = id;
  try {
    await follow(await server.jobStatus(id), state.job);
  } catch (error) {
    end();
    showError(error);
  }
}

connect();
showAccount();
await Promise.all([loadLayers(), loadModels()]);
await resume();
