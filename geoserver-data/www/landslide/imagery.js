// The first step: layers and models.

import { map } from './map.js';
import { $, element, number, showError } from './page.js';
import * as server from './server.js';

let layers = [];
let models = [];
let defaultModel = '';
let modelPicked = false;
let mapFailure = '';

function fill(select, entries, empty) {
  const before = select.value;
  select.replaceChildren(element('option', { value: '' }, empty), ...entries.map(([value, text]) => element('option', { value }, text)));
  select.value = entries.some(([value]) => value === before) ? before : '';
  select.disabled = false;
}

/** Fills the lists with the layers that the user may see. */
export function setLayers(list) {
  layers = list;
  const entries = layers.map((layer) => [layer.name, layer.title === layer.name ? layer.name : `${layer.title} (${layer.name})`]);
  fill($('layer'), entries, layers.length > 0 ? 'Choose a layer' : 'There is no raster layer that you may see');
  fill($('dem'), entries, 'Choose a layer');
  const workspaces = [...new Set(layers.map((layer) => layer.name.split(':')[0]))].sort();
  $('workspaces').replaceChildren(...workspaces.map((value) => element('option', { value })));
}

/** Fills the list of models; `list` is what landslide:ListModels says. */
export function setModels(list) {
  models = list.models;
  fill(
    $('model'),
    list.models.map((model) => [model.name, model.name === list.default ? `${model.name} (default)` : model.name]),
    list.models.length > 0 ? 'Choose a model' : 'There is no model yet: an administrator uploads one',
  );
  defaultModel = list.default ?? (list.models.length === 1 ? list.models[0].name : '');
  modelPicked &&= $('model').value !== '';
  proposeModel();
}

/** Chooses the model that the layer's keywords name, or the server's default, until the user has chosen one. */
function proposeModel() {
  if (!modelPicked) {
    const proposed = chosenLayer()?.model;
    $('model').value = models.some((model) => model.name === proposed) ? proposed : defaultModel;
  }
  modelChanged();
}

/** The optical layer that is chosen, if one is. */
export const chosenLayer = () => layers.find((layer) => layer.name === $('layer').value);
/** The model that is chosen, if one is. */
export const chosenModel = () => models.find((model) => model.name === $('model').value);
/** Whether the model wants elevations. */
export const wantsDem = () => chosenModel()?.inputs.some((input) => input.name === 'dem') ?? false;

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
  proposeModel();
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
  const before = layers.find((layer) => layer.name === $('dem').value);
  if (!optical || (before && overlap(before.extent, optical.extent))) {
    return;
  }
  const [workspace] = optical.name.split(':');
  const candidates = layers.filter(
    (layer) => layer !== optical && /dem|dsm|dtm|elev/i.test(`${layer.name} ${layer.title}`) && overlap(layer.extent, optical.extent),
  );
  const best = candidates.find((layer) => layer.name.startsWith(`${workspace}:`)) ?? candidates[0];
  $('dem').value = best?.name ?? '';
}

/** Whether two extents (west, south, east, north) have something in common. */
export function overlap(a, b) {
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

/** A map that is moved fails again and again; the same reason is told once. */
function mapFailed(error) {
  if (error.message !== mapFailure) {
    mapFailure = error.message;
    $('hint').textContent = `The map cannot be drawn: ${error.message}`;
    $('hint').hidden = false;
  }
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

/** Asks the server what there is. */
export function loadImagery() {
  return Promise.all([loadLayers(), loadModels()]);
}

/** Makes the lists work. */
export function connectImagery() {
  $('layer').addEventListener('change', layerChanged);
  $('model').addEventListener('change', () => {
    modelPicked = $('model').value !== '';
    modelChanged();
  });
  map.listen({ failed: mapFailed });
}
