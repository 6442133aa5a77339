// What every part of the page needs: elements, words, numbers.

/** An element by its id. */
export const $ = (id) => document.getElementById(id);

/** A number as people read it. */
export const number = (value, digits = 0) => Number(value).toLocaleString('en', { maximumFractionDigits: digits });

/** A share from 0 to 1. */
export const percent = (value) => `${number(value * 100, 1)} %`;

/** An area in the unit that suits it. */
export const areaText = (squareMetres) =>
  squareMetres < 10_000 ? `${number(squareMetres)} m²` : squareMetres < 1e6 ? `${number(squareMetres / 1e4, 2)} ha` : `${number(squareMetres / 1e6, 2)} km²`;

/** An element with text and attributes. */
export function element(name, attributes = {}, ...children) {
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

/** Tells something to those who hear the page. */
export function announce(text) {
  $('announcer').textContent = text;
}

/** Shows why something failed, and moves there. */
export function showError(error) {
  console.error(error);
  $('error-text').textContent = error.message || String(error);
  $('error').hidden = false;
  $('error').focus();
}

/** Takes the reason away. */
export function hideError() {
  $('error').hidden = true;
}
