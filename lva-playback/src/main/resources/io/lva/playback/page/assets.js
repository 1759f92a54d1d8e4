import { element, make } from "./dom.js";
import { serverNow } from "./api.js";
import { causesText, clockText, dateText, dayOf } from "./format.js";

/** So many can be looked through without a search. */
const MANY = 8;

/** The list of assets; one of them is chosen. */
export class AssetList {
  #assets = [];
  #known = true;
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

  /** Whether the server says what happens to the assets. */
  get known() {
    return this.#known;
  }

  /** The server does not answer: what happens to the assets is unknown until it does. */
  lose() {
    this.#known = false;
    this.draw();
  }

  /** Takes what the server says now. */
  update(assets) {
    this.#assets = assets;
    this.#known = true;
    if (this.#chosen) {
      this.#chosen = assets.find((each) => each.locator === this.#chosen.locator) ?? null;
    }
    element("filter").hidden = assets.length < MANY;
    this.draw();
  }

  /** The asset of a name; for an empty name one that is being recorded, or any. Nothing where there is none. */
  find(name) {
    if (name) {
      return this.#assets.find((each) => each.name === name);
    }
    return this.#assets.find((each) => each.live) ?? this.#assets[0];
  }

  /** Marks an asset as the one that is shown; null for none. */
  choose(asset) {
    this.#chosen = asset;
    document.title = asset ? `${asset.name} – Recordings` : "Recordings";
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
    const button = make("button", { type: "button" }, state, name, make("small", {}, this.#known ? stateText(asset) : "unknown"));
    button.classList.toggle("live", this.#known && asset.state === "live");
    button.classList.toggle("trouble", this.#known && hasTrouble(asset));
    button.dataset.locator = asset.locator;
    button.setAttribute("aria-current", String(this.#chosen?.locator === asset.locator));
    button.addEventListener("click", () => this.#onChoose(asset));
    return make("li", {}, button);
  }
}

/** Nothing is to be recorded until an event opens the gate in front of the recorder. */
const isHeld = (asset) => asset.state === "waiting" && asset.causes.includes("gate-closed");

const hasTrouble = (asset) => asset.state === "interrupted" || (asset.state === "waiting" && asset.causes.length > 0 && !isHeld(asset));

/** What happens to an asset, in words. */
export function stateText(asset) {
  if (asset.state === "live") {
    return "live";
  }
  if (asset.state === "interrupted") {
    return since(asset.causes.length ? causesText(asset.causes) : "no picture", asset);
  }
  if (isHeld(asset)) {
    return since("waiting for an event", asset);
  }
  if (asset.state === "waiting") {
    return asset.causes.length ? `connecting: ${causesText(asset.causes)}` : "waiting for pictures";
  }
  return asset.end ? `until ${dateText(asset.end)} ${clockText(asset.end).slice(0, 5)}` : "empty";
}

const since = (text, asset) => (asset.since ? `${text} since ${shortTime(asset.since)}` : text);

function shortTime(time) {
  const clock = clockText(time).slice(0, 5);
  return dayOf(time) === dayOf(serverNow()) ? clock : `${dateText(time)} ${clock}`;
}
