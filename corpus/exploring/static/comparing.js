// Two articles side by side, and what both give figures for or whom both quote.
function startComparing() {
  const pair = one('#pair');
  for (const name of ['left', 'right']) {
    pair.elements[name].append(element('option', { value: '' }, 'choose an article'), ...data.articles.map((article) => (
      element('option', { value: article.id }, `${article.id} ${article.outlet}, ${article.published ?? 'date not known'}: ${article.label.slice(0, 60)}`))));
  }
  pair.addEventListener('submit', (event) => event.preventDefault());
  pair.addEventListener('change', () => {
    const values = { left: pair.elements.left.value, right: pair.elements.right.value };
    go(addressOf('compare', values));
    showPair(values);
  });
  entered.compare = (query) => {
    const values = { left: query.get('left') ?? '', right: query.get('right') ?? '' };
    for (const name of ['left', 'right']) pair.elements[name].value = values[name];
    showPair(values);
  };
}

function showPair({ left, right }) {
  const chosen = [left, right].map((id) => data.articles.findIndex((article) => article.id === id));
  one('#columns').replaceChildren(...chosen.filter((at) => at >= 0).map((at) => columnOf(data.articles[at])));
  const isPair = chosen.every((at) => at >= 0) && left !== right;
  one('#shared').replaceChildren(...(isPair ? shared(...chosen) : []));
}

function columnOf(article) {
  const heading = element('h3', {}, element('a', { href: article.page || `#${article.anchor}` }, article.id), ' ', words(`${article.outlet}, ${article.published ?? 'date not known'}`));
  if (article.page) return element('div', { class: 'column' }, heading, element('iframe', { src: article.page, title: `Article ${article.id}` }));
  const text = one('.text', document.getElementById(article.anchor)).cloneNode(true);
  for (const part of all('[id]', text)) { part.removeAttribute('id'); part.removeAttribute('aria-describedby'); }
  for (const part of all('h3', text)) part.replaceWith(element('p', { class: `${part.className} as-heading`, dir: 'auto' }, ...part.childNodes));
  return element('div', { class: 'column' }, heading, text);
}

function claimsOf(article, key) {
  const groups = new Map();
  claims.id.forEach((_, at) => {
    if (claims.article[at] !== article) return;
    for (const value of [claims[key][at]].flat().filter(Boolean)) groups.set(value, [...(groups.get(value) ?? []), at]);
  });
  return groups;
}

function shared(left, right) {
  const made = [];
  for (const [key, title, names] of [['quantities', 'Figures on the same', data.quantities], ['actor', 'Speakers in both', data.actors]]) {
    const one = claimsOf(left, key);
    const two = claimsOf(right, key);
    const both = [...one.keys()].filter((value) => two.has(value));
    if (!both.length) continue;
    made.push(element('h3', {}, title), ...both.map((value) => element('details', {},
      element('summary', {}, words(names[value] ?? value), ` (${one.get(value).length} and ${two.get(value).length})`),
      element('div', { class: 'columns' }, listOf(one.get(value)), listOf(two.get(value))))));
  }
  return made.length ? made : [element('p', {}, 'The two share no speaker of the register and no quantity.')];
}

const listOf = (some) => element('ol', { class: 'results column' }, ...some.map((at) => result(at, [])));
