import { exportProblem, exportUrl } from "./api.js";
import { element, save, setText } from "./dom.js";
import { clockText, durationText, fileTime } from "./format.js";

/** The range that is marked on the strip, and its file. */
export class RangeExport {
  #strip;
  #asset = null;
  #start = null;
  #end = null;

  constructor(strip) {
    this.#strip = strip;
    element("export").addEventListener("click", (event) => {
      event.preventDefault();
      this.save();
    });
  }

  /** Another asset has nothing marked yet. */
  open(asset) {
    this.#asset = asset;
    this.clear();
  }

  clear() {
    this.#mark(null, null);
  }

  begin(time) {
    this.#mark(time, this.#end !== null && this.#end <= time ? null : this.#end);
  }

  end(time) {
    this.#mark(this.#start !== null && this.#start >= time ? null : this.#start, time);
  }

  #mark(start, end) {
    this.#start = start;
    this.#end = end;
    this.draw();
  }

  draw() {
    const [start, end] = [this.#start, this.#end];
    const complete = start !== null && end !== null;
    this.#strip.mark(start, end);
    element("unmark").hidden = start === null && end === null;
    element("export").setAttribute("aria-disabled", String(!complete));
    if (complete) {
      element("export").href = exportUrl(this.#asset.locator, start, end);
      this.#say(`${clockText(start)} – ${clockText(end)} · ${durationText(end - start)}`);
    } else {
      element("export").removeAttribute("href");
      this.#say(start !== null ? `From ${clockText(start)}` : end !== null ? `Until ${clockText(end)}` : "");
    }
  }

  #say(text, isProblem = false) {
    setText("range", text);
    element("range").classList.toggle("problem", isProblem);
  }

  async save() {
    const url = element("export").getAttribute("href");
    if (!url) {
      this.#say("Mark a start and an end first");
      return;
    }
    const name = `${this.#asset.name}-${fileTime(this.#start)}.mp4`;
    const problem = await exportProblem(url).catch(() => "the recorder does not answer");
    if (problem) {
      this.#say(`Cannot export: ${problem}`, /* isProblem= */ true);
    } else {
      save(url, name);
    }
  }
}
