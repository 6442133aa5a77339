// The second step: the region, drawn or typed.

import { chosenLayer, overlap } from './imagery.js';
import { map } from './map.js';
import { $, announce } from './page.js';

/** Begins to draw a 'box' or a 'polygon'; undefined ends it. */
export function setDrawing(kind) {
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

/** What is wrong with the region; empty if nothing is. */
export function regionProblem() {
  return $('region-facts').classList.contains('warning') ? $('region-facts').textContent : '';
}

/** Makes drawing and typing work. */
export function connectRegion() {
  map.listen({
    regionDrawn: () => {
      setDrawing(undefined);
      regionChanged();
      announce('The region is set.');
      $('clear-region').focus();
    },
  });
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
  $('layer').addEventListener('change', () => regionFacts());
}
