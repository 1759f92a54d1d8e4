/** Small helps with the elements of the page. */

export const element = (id) => document.getElementById(id);

/** Writes only what changed: the page is drawn with every picture. */
export function setText(id, text) {
  if (element(id).textContent !== text) {
    element(id).textContent = text;
  }
}

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
