/** Light or dark: as the system says, until somebody chooses. */

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);

export function restoreTheme() {
  const chosen = localStorage.getItem("theme");
  if (chosen) {
    root.dataset.theme = chosen;
  }
}

export function toggleTheme() {
  root.dataset.theme = isDark() ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
}

/** Calls back whenever the colours have changed. */
export function onTheme(changed) {
  system.addEventListener("change", changed);
  new MutationObserver(changed).observe(root, { attributeFilter: ["data-theme"] });
}
