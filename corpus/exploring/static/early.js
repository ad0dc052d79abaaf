// Before anything is drawn: that there is a script, and which light the reader chose.
document.documentElement.classList.add('js');
try {
  const chosen = localStorage.getItem('theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
} catch { /* a page opened from a file may have no storage */ }
