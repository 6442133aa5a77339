// WPS 1.0: requests as XML, answers read. Text goes into nodes, never into markup.

const WPS = 'http://www.opengis.net/wps/1.0.0';
const OWS = 'http://www.opengis.net/ows/1.1';

/** Elements of a document or element with a local name, whatever their prefix. */
export function all(node, localName) {
  return [...node.getElementsByTagNameNS('*', localName)];
}

/** Text of the first element with a local name; empty if there is none. */
export function textOf(node, localName) {
  const found = node.getElementsByTagNameNS('*', localName)[0];
  return found ? found.textContent.trim() : '';
}

/** Reads XML; undefined if it is none. */
export function parseXml(text) {
  const document = new DOMParser().parseFromString(text, 'text/xml');
  return document.getElementsByTagName('parsererror').length > 0 ? undefined : document;
}

/**
 * An Execute request.
 *
 * @param {string} process identifier
 * @param {Array<{id: string, value: string, mimeType?: string}>} inputs literals, or complex data where there is a mime type
 * @param {{raw?: string, stored?: string[]}} outputs `raw`: the only output, answered as it is; `stored`: outputs of an
 *     asynchronous request
 */
export function executeRequest(process, inputs, outputs) {
  const document = window.document.implementation.createDocument(WPS, 'wps:Execute', null);
  const root = document.documentElement;
  root.setAttribute('service', 'WPS');
  root.setAttribute('version', '1.0.0');
  root.setAttributeNS('http://www.w3.org/2000/xmlns/', 'xmlns:ows', OWS);
  const add = (parent, namespace, name, text) => {
    const element = document.createElementNS(namespace, name);
    if (text !== undefined) {
      element.textContent = text;
    }
    return parent.appendChild(element);
  };
  add(root, OWS, 'ows:Identifier', process);
  const list = add(root, WPS, 'wps:DataInputs');
  for (const input of inputs) {
    const entry = add(list, WPS, 'wps:Input');
    add(entry, OWS, 'ows:Identifier', input.id);
    const data = add(entry, WPS, 'wps:Data');
    if (input.mimeType) {
      add(data, WPS, 'wps:ComplexData', input.value).setAttribute('mimeType', input.mimeType);
    } else {
      add(data, WPS, 'wps:LiteralData', input.value);
    }
  }
  const form = add(root, WPS, 'wps:ResponseForm');
  if (outputs.raw) {
    add(add(form, WPS, 'wps:RawDataOutput'), OWS, 'ows:Identifier', outputs.raw);
  } else {
    const answer = add(form, WPS, 'wps:ResponseDocument');
    answer.setAttribute('storeExecuteResponse', 'true');
    answer.setAttribute('status', 'true');
    for (const output of outputs.stored) {
      add(add(answer, WPS, 'wps:Output'), OWS, 'ows:Identifier', output);
    }
  }
  return new XMLSerializer().serializeToString(document);
}

/** The reason in an exception report, in plain words; undefined if the document holds none. */
export function exceptionIn(document) {
  const exception = all(document, 'Exception')[0] ?? all(document, 'ServiceException')[0];
  if (!exception) {
    return undefined;
  }
  const text = (textOf(exception, 'ExceptionText') || exception.textContent).trim();
  return plain(text) || exception.getAttribute('exceptionCode') || 'the server gave no reason';
}

const ENTITIES = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' };

/** Takes away what GeoServer wraps around a reason: class names, markup that was escaped twice, and the same words twice. */
export function plain(text) {
  const lines = text
    .replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity])
    .split('\n')
    .map((line) => line.trim().replace(/^(?:(?:[a-z]\w*\.)+[A-Z]\w*(?:Exception|Error):\s*)+/, ''))
    .map((line) => line.replace(/^Process (?:execution )?failed during execution\.?:?\s*/, ''))
    .filter((line) => line !== '' && !/^at [\w.$]+\(/.test(line));
  return [...new Set(lines)].join('\n');
}

/**
 * How far an asynchronous request has come.
 *
 * @param {Document} document an ExecuteResponse or an ExceptionReport
 * @returns {{state: 'waiting'|'running'|'done'|'failed', percent: number, task: string, reason?: string, id?: string,
 *     outputs: Record<string, string>}}
 */
export function statusIn(document) {
  const status = { state: 'waiting', percent: 0, task: '', outputs: {} };
  const root = document.documentElement;
  const location = root.getAttribute('statusLocation');
  if (location) {
    status.id = new URL(location, window.location.href).searchParams.get('executionId') ?? undefined;
  }
  const started = all(document, 'ProcessStarted')[0] ?? all(document, 'ProcessPaused')[0];
  if (all(document, 'ProcessFailed').length > 0 || root.localName === 'ExceptionReport') {
    status.state = 'failed';
    status.reason = exceptionIn(document) ?? 'the server gave no reason';
  } else if (all(document, 'ProcessSucceeded').length > 0) {
    status.state = 'done';
    status.percent = 100;
    for (const output of all(document, 'Output')) {
      const value = output.getElementsByTagNameNS('*', 'LiteralData')[0] ?? output.getElementsByTagNameNS('*', 'ComplexData')[0];
      status.outputs[textOf(output, 'Identifier')] = value ? value.textContent : '';
    }
  } else if (started) {
    status.state = 'running';
    status.percent = Number(started.getAttribute('percentCompleted')) || 0;
    status.task = started.textContent.trim();
  }
  return status;
}
