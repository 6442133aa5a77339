// GeoServer, as this page needs it. Addresses are relative to the page, which GeoServer serves under www/landslide.

import { all, exceptionIn, executeRequest, parseXml, statusIn, textOf } from './wps.js';

const ROOT = new URL('../../', window.location.href);
/** What a layer's keyword begins with that names the model that suits it. */
const MODEL_KEYWORD = 'landslide-model:';

/** Why a request failed, in words for the user. */
export class ServerError extends Error {
  /** @param {number} [status] of HTTP */
  constructor(message, status) {
    super(message);
    this.status = status;
  }

  /** Whether other credentials may help. */
  get refused() {
    return this.status === 401 || this.status === 403;
  }
}

/** User name and password, in memory alone. */
let account;

/** @param {{user: string, password: string} | undefined} credentials */
export function setAccount(credentials) {
  account = credentials && {
    user: credentials.user,
    header: 'Basic ' + btoa(String.fromCharCode(...new TextEncoder().encode(`${credentials.user}:${credentials.password}`))),
  };
}

/** Name of the user who has signed in, if one has. */
export function signedIn() {
  return account?.user;
}

/** Asks the user to sign in and tells whether that was done; set by the page. */
let askToSignIn = async () => false;

/** @param {(reason: string) => Promise<boolean>} ask */
export function onRefusal(ask) {
  askToSignIn = ask;
}

function address(path, parameters = {}) {
  const url = new URL(path, ROOT);
  for (const [key, value] of Object.entries(parameters)) {
    if (value !== undefined) {
      url.searchParams.set(key, value);
    }
  }
  return url;
}

/** Sends a request with what the user has signed in with, and asks to sign in where the server wants that. */
async function send(url, options = {}, { ask = true } = {}) {
  let response;
  try {
    // Without the browser's own credentials: it would open a window of its own for a password.
    response = await fetch(url, {
      ...options,
      credentials: 'omit',
      cache: 'no-store',
      headers: { ...options.headers, ...(account ? { Authorization: account.header } : {}) },
    });
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    throw new ServerError('The server does not answer. Is it running, and is this machine connected?');
  }
  if (response.ok) {
    return response;
  }
  if (response.status === 401 || response.status === 403) {
    if (ask && (await askToSignIn(account ? `${account.user} may not do this.` : 'The server wants to know who you are.'))) {
      return send(url, options, { ask });
    }
    throw new ServerError(account ? `The server refused this to ${account.user}.` : 'The server refused this without signing in.', response.status);
  }
  const document = parseXml(await response.text());
  const reason = document && exceptionIn(document);
  throw new ServerError(reason ?? `The server answered with an error (${response.status}).`, response.status);
}

async function xml(url, options, how) {
  const document = parseXml(await (await send(url, options, how)).text());
  if (!document) {
    throw new ServerError('The server answered with something that is no XML.');
  }
  return document;
}

async function checkedXml(url, options, how) {
  const document = await xml(url, options, how);
  if (document.documentElement.localName.endsWith('ExceptionReport')) {
    throw new ServerError(exceptionIn(document) ?? 'The server gave no reason.');
  }
  return document;
}

async function json(response) {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    const document = parseXml(text);
    throw new ServerError((document && exceptionIn(document)) ?? 'The server answered with something that is no JSON.');
  }
}

/**
 * The raster layers that the user may see.
 *
 * @returns {Promise<Array<{name: string, title: string, coverage: string, extent: number[]}>>} `extent`: west, south, east, north in
 *     degrees
 */
export async function rasterLayers({ ask = true } = {}) {
  const [maps, coverages] = await Promise.all([
    checkedXml(address('ows', { service: 'WMS', version: '1.3.0', request: 'GetCapabilities' }), {}, { ask }),
    checkedXml(address('ows', { service: 'WCS', version: '2.0.1', request: 'GetCapabilities', sections: 'Contents' }), {}, { ask }),
  ]);
  const ids = new Set(all(coverages, 'CoverageId').map((element) => element.textContent.trim()));
  const layers = [];
  for (const layer of all(maps, 'Layer')) {
    const child = (name) => [...layer.children].find((element) => element.localName === name);
    const name = child('Name')?.textContent.trim() ?? '';
    const box = child('EX_GeographicBoundingBox');
    const coverage = coverageId(name);
    const keywords = [...(child('KeywordList')?.children ?? [])].map((element) => element.textContent.trim());
    if (ids.has(coverage) && box) {
      const bound = (side) => Number(textOf(box, side));
      layers.push({
        name,
        coverage,
        title: child('Title')?.textContent.trim() || name,
        model: keywords.find((keyword) => keyword.startsWith(MODEL_KEYWORD))?.slice(MODEL_KEYWORD.length),
        extent: [bound('westBoundLongitude'), bound('southBoundLatitude'), bound('eastBoundLongitude'), bound('northBoundLatitude')],
      });
    }
  }
  return layers.sort((a, b) => a.title.localeCompare(b.title) || a.name.localeCompare(b.name));
}

/** Name of a layer as WCS has it. */
function coverageId(layer) {
  return layer.replace(':', '__');
}

/**
 * What a raster is made of.
 *
 * @returns {Promise<{bands: string[], width: number, height: number}>} pixels
 */
export async function describe(layer) {
  const document = await checkedXml(
    address('ows', { service: 'WCS', version: '2.0.1', request: 'DescribeCoverage', coverageId: coverageId(layer) }),
  );
  const numbers = (name) => textOf(document, name).split(/\s+/).map(Number);
  const low = numbers('low');
  const high = numbers('high');
  return {
    bands: all(document, 'field').map((field) => field.getAttribute('name') ?? ''),
    width: high[0] - low[0] + 1,
    height: high[1] - low[1] + 1,
  };
}

/** What landslide:ListModels answers with: `{default, models, problems}`. */
export async function models() {
  return json(await execute('landslide:ListModels', [], { raw: 'models' }));
}

function execute(process, inputs, outputs) {
  return send(address('ows'), {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml' },
    body: executeRequest(process, inputs, outputs),
  });
}

/** Begins landslide:SegmentLayer; the status of {@link statusIn}, with the job's id. */
export async function segment(inputs) {
  const response = await execute('landslide:SegmentLayer', inputs, { stored: ['layers', 'report'] });
  const document = parseXml(await response.text());
  if (!document) {
    throw new ServerError('The server answered with something that is no XML.');
  }
  return statusIn(document);
}

/** How far a job has come. */
export async function jobStatus(id) {
  return statusIn(await xml(address('ows', { service: 'WPS', version: '1.0.0', request: 'GetExecutionStatus', executionId: id })));
}

/** Stops a job. */
export async function dismiss(id) {
  await send(address('ows', { service: 'WPS', version: '1.0.0', request: 'Dismiss', executionId: id }));
}

/** A picture as a data address: an address of its own could not carry the user's name and password. */
export async function picture(url, options) {
  const response = await send(url, options);
  const blob = await response.blob();
  if (!blob.type.startsWith('image/')) {
    const document = parseXml(await blob.text());
    throw new ServerError((document && exceptionIn(document)) ?? 'The server sent no picture.');
  }
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(new ServerError('The picture cannot be read.'));
    reader.readAsDataURL(blob);
  });
}

/** Where maps are drawn. */
export function mapAddress() {
  return address('ows').href;
}

/** The legend of a layer, as a data address. */
export function legend(layer) {
  return picture(
    address('ows', {
      service: 'WMS',
      version: '1.3.0',
      request: 'GetLegendGraphic',
      format: 'image/png',
      transparent: 'true',
      layer,
      legend_options: 'fontAntiAliasing:true;fontSize:13;fontColor:0x24332f;forceLabels:on;dx:8',
    }),
  );
}

/** What lies at a pixel of a map, as GeoJSON. */
export async function featuresAt(url) {
  return (await json(await send(url))).features ?? [];
}

/**
 * The largest landslides of a layer.
 *
 * @returns {Promise<{features: object[], total: number}>} GeoJSON in EPSG:3857
 */
export async function largest(layer, count) {
  const url = featureAddress(layer, 'application/json', { srsName: 'EPSG:3857', sortBy: 'area_m2 D', count: String(count) });
  const found = await json(await send(url));
  return { features: found.features ?? [], total: found.numberMatched ?? found.totalFeatures ?? found.features?.length ?? 0 };
}

/** One landslide by its id, as GeoJSON in EPSG:3857; undefined if it is gone. */
export async function landslide(layer, id) {
  const url = featureAddress(layer, 'application/json', { srsName: 'EPSG:3857', featureId: id });
  return (await featuresAt(url))[0];
}

/** Where a raster layer is as a GeoTIFF. */
export function geoTiff(layer) {
  return address('ows', { service: 'WCS', version: '2.0.1', request: 'GetCoverage', coverageId: coverageId(layer), format: 'image/tiff' }).href;
}

function featureAddress(layer, outputFormat, more = {}) {
  return address('ows', { service: 'WFS', version: '2.0.0', request: 'GetFeature', typeNames: layer, outputFormat, ...more }).href;
}

/** Where polygons are as GeoJSON in longitude and latitude. */
export function geoJson(layer) {
  return featureAddress(layer, 'application/json', { srsName: 'EPSG:4326' });
}

/** Where polygons are as a zipped shapefile. */
export function shapefile(layer) {
  return featureAddress(layer, 'SHAPE-ZIP');
}

/**
 * Where polygons are as a GeoPackage: from WFS where its extension for that is installed, otherwise the file under the layer, which
 * GeoServer gives to administrators.
 */
export async function geoPackage(layer) {
  const capabilities = await checkedXml(address('ows', { service: 'WFS', version: '2.0.0', request: 'GetCapabilities' }));
  const getFeature = all(capabilities, 'Operation').find((operation) => operation.getAttribute('name') === 'GetFeature');
  const formats = getFeature ? all(getFeature, 'Value').map((value) => value.textContent.trim()) : [];
  const format = formats.find((candidate) => /^geopackage$|^geopkg$|geopackage\+sqlite3/i.test(candidate));
  if (format) {
    return featureAddress(layer, format);
  }
  const [workspace, name] = [layer.slice(0, layer.indexOf(':')), layer.slice(layer.indexOf(':') + 1)];
  const inWorkspace = `rest/workspaces/${encodeURIComponent(workspace)}`;
  const type = await json(await send(address(`${inWorkspace}/featuretypes/${encodeURIComponent(name)}.json`)));
  const store = type.featureType.store.name.replace(/^.*?:/, '');
  const { dataStore } = await json(await send(address(`${inWorkspace}/datastores/${encodeURIComponent(store)}.json`)));
  const parameters = [dataStore.connectionParameters.entry].flat();
  const file = parameters.find((parameter) => parameter['@key'] === 'database')?.$ ?? '';
  if (!file.startsWith('file:') || file.startsWith('file:/')) {
    throw new ServerError('The server does not tell where the GeoPackage is.');
  }
  return address(`rest/resource/${file.slice('file:'.length).split('/').map(encodeURIComponent).join('/')}`).href;
}

/** Fetches a file with what the user has signed in with. */
export async function file(url) {
  const response = await send(url);
  const type = response.headers.get('Content-Type') ?? '';
  if (/xml/.test(type)) {
    const document = parseXml(await response.text());
    throw new ServerError((document && exceptionIn(document)) ?? 'The server sent no file.');
  }
  return response.blob();
}
