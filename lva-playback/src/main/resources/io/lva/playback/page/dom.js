/** Small helps with the elements of the page. */

export const element = (id) => document.getElementById(id);

/** Writes only what changed: the page is drawn with every picture. */
export function setText(id, text) {
  if (element(id).textContent !== text) {
    element(id).textContent = text;
  }
}

/** Tells, also those who do not see it, whether what was typed into a field is wrong. */
export function setWrong(id, wrong) {
  element(id).setAttribute("aria-invalid", String(wrong));
}

export const isWrong = (id) => element(id).getAttribute("aria-invalid") === "true";

export function setIcon(id, name) {
  const use = element(id).querySelector("use");
  if (use.getAttribute("href") !== `#icon-${name}`) {
    use.setAttribute("href", `#icon-${name}`);
  }
}

/** Makes an element; children may be texts. */
export function make(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** Saves what an address leads to. */
export function save(url, name) {
  make("a", { href: url, download: name }).click();
}
