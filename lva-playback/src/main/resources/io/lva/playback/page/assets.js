import { element, make } from "./dom.js";
import { clockText, dateText } from "./format.js";

/** So many can be looked through without a search. */
const MANY = 8;

/** Decodes the name in an address; a malformed one names nothing. */
function named(encoded) {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return "";
  }
}

/** The list of assets; one of them is chosen. */
export class AssetList {
  #assets = [];
  #chosen = null;
  #onChoose;

  /** @param onChoose told the asset that somebody wants to see */
  constructor(onChoose) {
    this.#onChoose = onChoose;
    element("filter").addEventListener("input", () => this.draw());
  }

  get chosen() {
    return this.#chosen;
  }

  /** Takes what the server says now. */
  update(assets) {
    this.#assets = assets;
    if (this.#chosen) {
      this.#chosen = assets.find((each) => each.locator === this.#chosen.locator) ?? this.#chosen;
    }
    element("filter").hidden = assets.length < MANY;
    this.draw();
  }

  /** The asset that the address names, else one that is being recorded. */
  first() {
    const wanted = named(location.hash.slice(1));
    return this.#assets.find((each) => each.name === wanted) ?? this.#assets.find((each) => each.live) ?? this.#assets[0];
  }

  choose(asset) {
    this.#chosen = asset;
    history.replaceState(null, "", `#${encodeURIComponent(asset.name)}`);
    document.title = `${asset.name} – Recordings`;
    this.draw();
  }

  draw() {
    const wanted = element("filter").value.trim().toLowerCase();
    const shown = this.#assets.filter((each) => each.name.toLowerCase().includes(wanted));
    const list = element("assets");
    const focused = document.activeElement?.closest?.("#assets button")?.dataset.locator;
    list.replaceChildren(...shown.map((each) => this.#item(each)));
    if (!shown.length) {
      list.append(make("li", { className: "none" }, wanted ? "No asset of this name" : "No assets yet"));
    }
    if (focused) {
      [...list.querySelectorAll("button")].find((button) => button.dataset.locator === focused)?.focus();
    }
  }

  #item(asset) {
    const state = make("span", { className: "state" });
    state.setAttribute("aria-hidden", "true");
    const name = make("span", { className: "name", title: asset.name }, asset.name);
    const button = make("button", { type: "button", className: asset.live ? "recording" : "" }, state, name, make("small", {}, stateText(asset)));
    button.dataset.locator = asset.locator;
    button.setAttribute("aria-current", String(this.#chosen?.locator === asset.locator));
    button.addEventListener("click", () => this.#onChoose(asset));
    return make("li", {}, button);
  }
}

function stateText(asset) {
  if (asset.live) {
    return "recording";
  }
  return asset.end ? `until ${dateText(asset.end)} ${clockText(asset.end).slice(0, 5)}` : "empty";
}
