// Finding claims: all in memory, in columns; a filter's counts are of what the other filters leave.
const FACETS = ['outlet', 'actor', 'voice', 'attribution', 'modality', 'certainty', 'topic', 'quantity'];
const AT_ONCE = 40;
const form = one('#find');
const claims = data.claims;
let folded = null;
let coded = null;
let found = [];
let shownCount = 0;
let isTyping = false;

const fold = (text) => text.normalize('NFKD').replace(/\p{M}+/gu, '').replace(/[‘’]/gu, "'").replace(/[“”„«»]/gu, '"').toLowerCase();

/** Each claim's words folded, and its values as small numbers; made once, when they are first needed. */
function prepare() {
  if (folded) return;
  folded = claims.id.map((_, at) => fold([claims.text[at], claims.claimant[at], data.actors[claims.actor[at]]].filter(Boolean).join(' \n ')));
  coded = Object.fromEntries(FACETS.map((facet) => [facet, codes(facet)]));
}

const valueOf = {
  outlet: (at) => data.articles[claims.article[at]].outlet,
  quantity: (at) => claims.quantities[at],
};

function codes(facet) {
  const numbers = new Map();
  const number = (value) => {
    if (!numbers.has(value)) numbers.set(value, numbers.size);
    return numbers.get(value);
  };
  const values = claims.id.map((_, at) => {
    const value = valueOf[facet] ? valueOf[facet](at) : claims[facet][at];
    return [value].flat().filter((each) => each !== null).map(number);
  });
  return { values, names: [...numbers.keys()], numbers };
}

function nameOf(facet, value) {
  if (facet === 'actor') return data.actors[value] ?? value;
  if (facet === 'quantity') return data.quantities[value] ?? value;
  return facet === 'outlet' ? value : plainly(value);
}

function readForm() {
  return Object.fromEntries(['q', ...FACETS, 'from', 'to'].map((name) => [name, form.elements[name].value.trim()]));
}

function wordsOf(query) {
  return (fold(query).match(/"[^"]*"?|[^\s"]+/gu) ?? []).map((word) => word.replaceAll('"', '').trim()).filter(Boolean);
}

function isDated(article, from, to) {
  if (!from && !to) return true;
  return Boolean(article.from && article.to) && (!to || article.from <= to) && (!from || article.to >= from);
}

/** The claims that pass all filters, and for each filter how many pass all the others. */
function select(wanted) {
  prepare();
  const sought = wordsOf(wanted.q);
  const dated = data.articles.map((article) => isDated(article, wanted.from, wanted.to));
  const asked = FACETS.map((facet) => (wanted[facet] ? coded[facet].numbers.get(wanted[facet]) ?? -1 : null));
  const counts = FACETS.map((facet) => new Uint32Array(coded[facet].names.length));
  const passing = [];
  for (let at = 0; at < folded.length; at += 1) {
    if (!dated[claims.article[at]] || !sought.every((word) => folded[at].includes(word))) continue;
    let failed = -1;
    let fails = 0;
    for (let facet = 0; facet < FACETS.length && fails < 2; facet += 1) {
      if (asked[facet] !== null && !coded[FACETS[facet]].values[at].includes(asked[facet])) { failed = facet; fails += 1; }
    }
    if (fails === 0) passing.push(at);
    if (fails > 1) continue;
    for (let facet = 0; facet < FACETS.length; facet += 1) {
      if (fails === 0 || facet === failed) for (const value of coded[FACETS[facet]].values[at]) counts[facet][value] += 1;
    }
  }
  return { passing, counts };
}

function fillOptions(wanted, counts) {
  FACETS.forEach((facet, place) => {
    const names = coded[facet].names.map((value, at) => ({ value, name: nameOf(facet, value), count: counts[place][at] }));
    const kept = names.filter(({ value, count }) => count || value === wanted[facet]);
    kept.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
    const options = kept.map(({ value, name, count }) => element('option', { value }, `${name} (${count.toLocaleString('en')})`));
    form.elements[facet].replaceChildren(element('option', { value: '' }, 'any'), ...options);
    form.elements[facet].value = wanted[facet] ?? '';
  });
}

function find(wanted) {
  const { passing, counts } = select(wanted);
  found = passing;
  shownCount = 0;
  fillOptions(wanted, counts);
  one('#results').replaceChildren();
  const articles = new Set(found.map((at) => claims.article[at])).size;
  one('#count').textContent = `${found.length.toLocaleString('en')} of ${claims.id.length.toLocaleString('en')} claims, in ${articles.toLocaleString('en')} articles`;
  showMore(wordsOf(wanted.q));
}

function showMore(sought) {
  const next = found.slice(shownCount, shownCount + AT_ONCE);
  one('#results').append(...next.map((at) => result(at, sought)));
  shownCount += next.length;
  one('#more').hidden = shownCount >= found.length;
}

function result(at, sought) {
  const article = data.articles[claims.article[at]];
  const anchor = data.anchors[claims.id[at]] ?? claims.id[at];
  const link = element('a', { href: `${article.page}#${anchor}` });
  if (claims.text[at]) link.append('“', highlighted(claims.text[at], sought), '”');
  else link.append(claims.id[at]);
  const labels = ['modality', 'certainty', 'topic'].map((name) => claims[name][at]).filter(Boolean).map(plainly).join(' · ');
  return element('li', { class: 'result' },
    element('p', { class: 'quote', dir: 'auto' }, link),
    element('p', {}, element('span', { class: `tag v-${claims.voice[at]}` }, claims.voice[at]), ' ', speaker(at), ` · ${labels}`),
    element('p', { class: 'dim' }, words(article.outlet), `, ${article.published ?? 'date not known'} · ${claims.id[at]} · code points ${claims.start[at]}–${claims.end[at]} `,
      element('button', { type: 'button', class: 'small', click: () => copy(citationAt(at, article)) }, 'Copy')));
}

function speaker(at) {
  if (claims.voice[at] === 'author') return 'the article itself';
  const name = data.actors[claims.actor[at]];
  const said = claims.claimant[at];
  const cue = claims.cue[at] ? element('span', {}, ' ', quoted(claims.cue[at])) : '';
  return element('span', {}, said ? quoted(said) : words(name ?? (said === '' ? 'speaker whom only the text names' : 'speaker not named')), said && name ? element('span', {}, ' (', words(name), ')') : '', cue);
}

function citationAt(at, article) {
  return citation({
    text: claims.text[at], id: claims.id[at], article: article.id, start: claims.start[at], end: claims.end[at], outlet: article.outlet, published: article.published,
  });
}

/** The words with what was sought marked, where folding has moved nothing. */
function highlighted(text, sought) {
  const island = words(text);
  const lower = fold(text);
  if (!sought.length || lower.length !== text.length || island.childNodes.length !== 1) return island;
  const ranges = sought.flatMap((word) => placesOf(word, lower)).sort((a, b) => a[0] - b[0]);
  island.replaceChildren();
  let last = 0;
  for (const [from, to] of ranges) {
    if (from < last) continue;
    island.append(text.slice(last, from), element('mark', {}, text.slice(from, to)));
    last = to;
  }
  island.append(text.slice(last));
  return island;
}

function placesOf(word, text) {
  const places = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) places.push([at, at + word.length]);
  return places;
}

function startFinding() {
  entered.claims = (query) => {
    isTyping = false;
    prepare();
    for (const name of ['q', 'from', 'to']) form.elements[name].value = query.get(name) ?? '';
    find(Object.fromEntries(['q', ...FACETS, 'from', 'to'].map((name) => [name, query.get(name) ?? ''])));
  };
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', (event) => { event.preventDefault(); go('#claims'); route(); });
  form.addEventListener('input', (event) => {
    const isWord = event.target.name === 'q';
    const wanted = readForm();
    const hash = addressOf('claims', wanted);
    // One step of the history for each search, not for each letter.
    if (isWord && isTyping) history.replaceState(null, '', hash); else go(hash);
    isTyping = isWord;
    find(wanted);
  });
  one('#more').addEventListener('click', () => showMore(wordsOf(form.elements.q.value)));
}
