function startTheme() {
  one('#theme').addEventListener('click', () => {
    const root = document.documentElement;
    const isDark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = isDark ? 'light' : 'dark';
    try { localStorage.setItem('theme', root.dataset.theme); } catch { /* then it lasts as long as the page */ }
    say(`${root.dataset.theme} colours`);
  });
}

function startAmong() {
  const items = all('#articles > li');
  const texts = items.map((item) => fold(item.textContent));
  one('#among').addEventListener('input', (event) => {
    const sought = wordsOf(event.target.value);
    items.forEach((item, at) => { item.hidden = !sought.every((word) => texts[at].includes(word)); });
  });
}

startTheme();
if (data.claims) {
  startAmong();
  startFinding();
  startComparing();
}
route();
