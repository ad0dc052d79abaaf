const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const data = JSON.parse(one('#data').textContent);

/** An element with attributes and children; words are only ever set as text. */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'click') made.addEventListener('click', value);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ''));
  return made;
}

const ODD = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/u;

/** Words that cannot turn what stands around them: control characters by their code, in an island of their own. */
function words(text) {
  const island = element('bdi');
  let run = '';
  for (const character of String(text)) {
    if (!ODD.test(character)) { run += character; continue; }
    island.append(run, element('span', { class: 'odd', 'data-code': codeOf(character) }));
    run = '';
  }
  island.append(run);
  return island;
}

const codeOf = (character) => `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
const quoted = (text) => element('span', {}, '“', words(text), '”');
const plainly = (term) => String(term).replaceAll('_', ' ');

function say(message) {
  one('#said').textContent = message;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = element('textarea', { class: 'unseen' });
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }
  say('Copied.');
}

function citation({ text, id, article, start, end, outlet, published, place }) {
  const { title, version, digest } = data.dataset;
  const said = text ? `“${text}” – ` : '';
  const which = `${title} ${version}${digest ? `, content digest ${digest.slice(0, 16)}` : ''}`;
  return `${said}${outlet}, ${published || 'date not known'}. Claim ${id}, article ${article}, `
    + `code points ${start}–${end}${place ? `, ${place}` : ''}. In: ${which}.`;
}
