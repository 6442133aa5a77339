// The third step and what follows: begin a job, follow it, cancel it.

import { askToSignIn } from './account.js';
import { chosenLayer, chosenModel, wantsDem } from './imagery.js';
import { map } from './map.js';
import { $, announce, hideError, showError } from './page.js';
import { regionProblem, setDrawing } from './region.js';
import { clearResult, showResult } from './result.js';
import * as server from './server.js';

/** How long to wait before a job is asked for again: short work is seen to end, long work is not asked for without need. */
const POLL_MILLISECONDS = [250, 250, 500, 500, 1000, 1000, 2000];

/** The job that is followed: its `id` once the server has told it, the quarters that were `told`, whether it was `cancelled`. */
let job;

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
    ['corners', regionProblem() !== '', regionProblem()],
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
      job.id = status.id;
      window.history.replaceState(null, '', `#job=${status.id}`);
    }
    await follow(status);
  } catch (error) {
    end();
    showError(error);
  }
}

function begin() {
  job = { told: 0, cancelled: false };
  clearResult();
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
  job = undefined;
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
async function follow(first) {
  const followed = job;
  let status = first;
  let missed = 0;
  let asked = 0;
  while (followed === job && (status.state === 'waiting' || status.state === 'running')) {
    if (!followed.id) {
      throw new Error('The server began to work and does not tell where to ask for it.');
    }
    if (!followed.cancelled && missed === 0) {
      progress(progressWords(status), status.percent);
      const quarter = Math.floor(status.percent / 25);
      if (quarter > followed.told) {
        followed.told = quarter;
        announce(`${Math.round(status.percent)} % done.`);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS[Math.min(asked, POLL_MILLISECONDS.length - 1)]));
    asked += 1;
    if (followed !== job) {
      return;
    }
    try {
      status = await server.jobStatus(followed.id);
      missed = 0;
    } catch (error) {
      missed += 1;
      if (!followed.cancelled && (missed > 10 || error.status)) {
        throw error;
      }
      progress('The server does not answer; asking again', $('progress').value);
    }
  }
  if (followed !== job) {
    return;
  }
  document.title = 'Landslide mapping';
  const { cancelled } = followed;
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
  const cancelled = job;
  if (!cancelled) {
    return;
  }
  if (!cancelled.id) {
    announce('The server has not begun yet; try again in a moment.');
    return;
  }
  cancelled.cancelled = true;
  $('cancel').disabled = true;
  $('cancel').textContent = 'Cancelling…';
  try {
    await server.dismiss(cancelled.id);
    if (cancelled === job) {
      document.title = 'Landslide mapping';
      end();
      stopped();
    }
  } catch (error) {
    cancelled.cancelled = false;
    $('cancel').disabled = false;
    $('cancel').textContent = 'Cancel';
    showError(error);
  }
}

/** Goes on with a job that a page before this one began. */
export async function resume() {
  const id = /^#job=([\w-]+)$/.exec(window.location.hash)?.[1];
  if (!id) {
    return;
  }
  begin();
  job.id = id;
  try {
    await follow(await server.jobStatus(id));
  } catch (error) {
    end();
    showError(error);
  }
}

/** Makes the buttons work. */
export function connectJob() {
  $('form').addEventListener('submit', run);
  $('cancel').addEventListener('click', cancel);
  $('error-close').addEventListener('click', () => {
    hideError();
    $('run').focus();
  });
}
