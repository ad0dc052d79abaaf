// The address holds the state: #002-01, #002-01-c003, #claims?outlet=…&voice=author, #compare?left=…&right=…
const views = all('.view');
const entered = {};
const scrolled = new Map();
let wasClicked = false;

function address() {
  const [name, query = ''] = location.hash.slice(1).split('?');
  let decoded = name;
  try { decoded = decodeURIComponent(name); } catch { /* it names nothing, then */ }
  return { name: decoded, query: new URLSearchParams(query) };
}

function addressOf(name, values) {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value));
  return `#${encodeURIComponent(name)}${query.size ? `?${query}` : ''}`;
}

function route() {
  const { name, query } = address();
  const target = (name && document.getElementById(name)) || views[0];
  const view = target.closest('.view') || views[0];
  const isNew = !view.classList.contains('on');
  for (const other of views) other.classList.toggle('on', other === view);
  document.body.dataset.view = view.classList.contains('reading') ? 'reading' : view.id;
  for (const link of all('nav a')) {
    const isHere = link.dataset.view === view.id || (link.dataset.view === 'start' && view.matches('.reading'));
    if (isHere) link.setAttribute('aria-current', 'page'); else link.removeAttribute('aria-current');
  }
  closePanel();
  entered[view.id]?.(query);
  settle(target, view, isNew);
  wasClicked = false;
}

/** Scroll to what the address names; back to where the reader was, where there is nothing to scroll to. */
function settle(target, view, isNew) {
  if (target.matches('.claim')) openPanel(target, true);
  if (target.matches('details')) target.open = true;
  if (target !== view) target.scrollIntoView({ block: 'center' });
  else if (!wasClicked && scrolled.has(location.hash)) scrollTo(0, scrolled.get(location.hash));
  else if (isNew || wasClicked) scrollTo(0, 0);
}

function go(hash) {
  history.pushState(null, '', hash);
}

addEventListener('hashchange', route);
document.addEventListener('click', (event) => { wasClicked = Boolean(event.target.closest('a')); }, true);
addEventListener('scroll', () => scrolled.set(location.hash, scrollY), { passive: true });
