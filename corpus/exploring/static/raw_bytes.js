// The bytes of the seed behind some words, from the ledger. Offsets count code points, as the dataset's do.
const MOST_BYTES = 4096;
let selected = null;

const lengthOf = (node) => (node.nodeType === Node.TEXT_NODE ? [...node.data].length : node.matches?.('.odd') ? 1 : 0);
const leaves = (node) => (node.nodeType === Node.TEXT_NODE || node.matches?.('.odd') ? [node] : [...node.childNodes].flatMap(leaves));

function textOf(node) {
  return leaves(node).map((leaf) => leaf.data ?? String.fromCodePoint(parseInt(leaf.dataset.code.slice(2), 16))).join('');
}

/** The code point of the article at which a place in the page stands. */
function offsetAt(node, offset) {
  const paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest('[data-start]');
  if (!paragraph) return null;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, offset);
  return +paragraph.dataset.start + leaves(before.cloneContents()).reduce((sum, leaf) => sum + lengthOf(leaf), 0);
}

function charactersOf(article) {
  const characters = [];
  for (const paragraph of all('.text [data-start]', article)) {
    while (characters.length < +paragraph.dataset.start) characters.push('\n');
    characters.push(...textOf(paragraph));
  }
  return characters;
}

const hexOf = (text) => [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** The part of a run that stands for the code points from start to end: bytes, hexadecimal and words. */
function partOf(run, start, end, characters) {
  const [first, last, byteStart, byteEnd, action, reason, hex] = run;
  if (action !== 'kept') return { from: byteStart, to: byteEnd, action, reason, hex, text: decoded(hex) };
  const one = Math.max(first, start);
  const two = Math.min(last, end);
  const slice = (from, to) => (hex === null ? hexOf(characters.slice(from, to).join('')) : hex.split(' ').slice(from - first, to - first).join(''));
  const from = byteStart + slice(first, one).length / 2;
  const bytes = slice(one, two);
  return { from, to: from + bytes.length / 2, action, reason, hex: bytes, text: characters.slice(one, two).join('') };
}

function decoded(hex) {
  const bytes = Uint8Array.from(hex.match(/../gu) ?? [], (pair) => parseInt(pair, 16));
  try { return new TextDecoder('utf-8', { fatal: true }).decode(bytes); } catch { return ''; }
}

function partsOf(article, start, end) {
  const runs = JSON.parse(one('.runs', article).textContent);
  const characters = charactersOf(article);
  const meets = (run) => run[0] !== null && run[0] < end && run[1] > start;
  const first = runs.findIndex(meets);
  const last = runs.findLastIndex(meets);
  return first < 0 ? [] : runs.slice(first, last + 1).map((run) => partOf(run, start, end, characters));
}

function showBytes(article, start, end) {
  const parts = partsOf(article, start, end);
  const body = element('tbody');
  let left = MOST_BYTES;
  for (const part of parts.slice(0, 200)) {
    const hex = part.hex.slice(0, left * 2);
    left -= hex.length / 2;
    const spaced = hex.replace(/../gu, '$& ').trim() + (hex.length < part.hex.length ? ' …' : '');
    const what = part.reason ? `${part.action}: ${plainly(part.reason)}` : part.action;
    body.append(element('tr', {}, element('td', {}, `${part.from}–${part.to}`), element('td', {}, what),
      element('td', { class: 'hex' }, spaced), element('td', {}, shown(part.text))));
  }
  const head = element('tr', {}, ...['bytes', 'ledger', 'hexadecimal', 'text'].map((name) => element('th', { scope: 'col' }, name)));
  const table = element('table', {}, element('thead', {}, head), body);
  const range = parts.length ? `bytes ${parts[0].from}–${parts.at(-1).to} of ${article.dataset.file}` : 'no bytes are known';
  panel.replaceChildren(
    element('p', {}, element('strong', {}, 'The bytes behind'), ` code points ${start}–${end} of ${article.dataset.id}: ${range}.`),
    element('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'Bytes' }, table),
    element('p', { class: 'tools' }, element('button', { type: 'button', class: 'close', 'aria-label': 'Close', click: closePanel }, '×')),
  );
  panel.hidden = false;
  isPinned = true;
}

function shown(text) {
  const made = words(text);
  made.classList.add('short');
  return made;
}

document.addEventListener('selectionchange', () => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const start = offsetAt(range.startContainer, range.startOffset);
  const end = offsetAt(range.endContainer, range.endOffset);
  const article = (range.startContainer.parentElement ?? range.startContainer).closest?.('.view.reading');
  if (article && start !== null && end !== null && start < end) selected = { article, start, end };
});
document.addEventListener('click', (event) => {
  const button = event.target.closest?.('[data-do]');
  const article = button?.closest('.view');
  if (button?.dataset.do === 'selection') {
    if (selected?.article === article && one('.runs', article)) showBytes(article, selected.start, selected.end);
    else say('Select some words of the text first.');
  } else if (button?.dataset.do === 'left') {
    location.href = one('.brand a').getAttribute('href').split('#')[0] + addressOf('compare', { left: article.dataset.id });
  }
});
