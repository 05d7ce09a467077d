// Light or dark as the person chose; without a choice the style sheet follows the system.
(() => {
  const root = document.documentElement;
  const key = 'theme';

  // Storage throws where the browser blocks it; then a choice lasts as long as the page.
  const stored = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const store = theme => { try { localStorage.setItem(key, theme); } catch { /* see above */ } };

  const chosen = stored();
  if (chosen === 'light' || chosen === 'dark') {
    root.dataset.theme = chosen;
  }

  const isDark = () => root.dataset.theme
    ? root.dataset.theme === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;

  document.addEventListener('DOMContentLoaded', () => {
    const toggle = document.querySelector('[data-theme-toggle]');
    toggle.hidden = false;
    toggle.addEventListener('click', () => {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      store(root.dataset.theme);
    });
  });
})();
