// A claim in a text: what is known of it, shown on hover, focus or click; Escape closes it.
const panel = one('#panel');
let isPinned = false;
let shownClaim = null;

function openPanel(claim, pin) {
  const article = claim.closest('.view');
  const note = document.getElementById(claim.getAttribute('href').slice(1));
  if (!note) return;
  unmark();
  isPinned = pin;
  shownClaim = claim;
  for (const part of all(`[data-n="${claim.dataset.n}"].claim, [data-of~="${claim.dataset.n}"]`, article)) {
    part.classList.add('on');
  }
  panel.replaceChildren(...detailsOf(note), tools(note));
  panel.hidden = false;
}

function detailsOf(note) {
  const copied = note.cloneNode(true);
  for (const part of [copied, ...all('[id]', copied)]) part.removeAttribute('id');
  one('.back', copied)?.remove();
  return copied.childNodes;
}

function tools(note) {
  const line = element('p', { class: 'tools' });
  line.append(element('button', { type: 'button', click: () => copy(citationOf(note)) }, 'Copy with citation'), ' ');
  if (one('.runs', note.closest('.view'))) {
    line.append(element('button', { type: 'button', click: () => showBytes(note.closest('.view'), +note.dataset.start, +note.dataset.end) }, 'Bytes'), ' ');
  }
  if (note.dataset.actor) {
    const home = one('.brand a').getAttribute('href').split('#')[0];
    line.append(element('a', { href: home + addressOf('claims', { actor: note.dataset.actor }) }, 'All by this speaker'), ' ');
  }
  line.append(element('button', { type: 'button', class: 'close', 'aria-label': 'Close', click: closePanel }, '×'));
  return line;
}

function citationOf(note) {
  const article = note.closest('.view');
  const claims = all(`.claim[data-n="${note.dataset.n}"]`, article);
  return citation({
    text: claims.map(textOf).join(''),
    id: note.dataset.id,
    article: article.dataset.id,
    start: note.dataset.start,
    end: note.dataset.end,
    outlet: article.dataset.outlet,
    published: article.dataset.published,
    place: one('.place', note).textContent.match(/bytes \d+–\d+ of [^·]*/u)?.[0].trim(),
  });
}

function unmark() {
  for (const part of all('.on:not(.view)')) part.classList.remove('on');
}

function closePanel() {
  unmark();
  if (panel.contains(document.activeElement)) shownClaim?.focus();
  panel.hidden = true;
  isPinned = false;
}

function claimAt(event) {
  return event.target.closest?.('.view.reading .claim');
}

document.addEventListener('mouseover', (event) => {
  const claim = claimAt(event);
  if (claim && !isPinned) openPanel(claim, false);
});
document.addEventListener('focusin', (event) => {
  const claim = claimAt(event);
  if (claim && claim !== shownClaim) openPanel(claim, false);
});
document.addEventListener('click', (event) => {
  const claim = claimAt(event);
  if (!claim || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (String(getSelection())) return; // words were selected: no claim was meant
  openPanel(claim, true);
  if (event.detail === 0) one('button', panel).focus(); // by keyboard: what can be done with it; Escape leads back
  if (claim.id && location.hash !== `#${claim.id}`) go(`#${claim.id}`);
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !panel.hidden) closePanel();
});
