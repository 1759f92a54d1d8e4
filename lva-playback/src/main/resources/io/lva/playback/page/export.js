import { availableMedia, exportProblem, exportUrl, gapsOf } from "./api.js";
import { countText, coverage, missingText } from "./coverage.js";
import { element, isWrong, save, setText, setWrong } from "./dom.js";
import { clockText, durationText, fileTime, parseClock } from "./format.js";

/** One file holds no more. */
const MOST_HOURS = 4;

const FIELDS = ["range-start", "range-end"];

/** A few pictures less than asked for are no hole. */
const MISSING_MILLIS = 500;

function problemOf(start, end) {
  if (end <= start) {
    return "The end must be after the start";
  }
  return end - start > MOST_HOURS * 3_600_000 ? `Longer than ${MOST_HOURS} hours, the most of one file` : null;
}

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

  /** Another asset, or none, has nothing marked yet. */
  open(asset) {
    this.#asset = asset;
    this.clear();
  }

  clear() {
    FIELDS.forEach((field) => setWrong(field, false));
    this.#mark(null, null);
  }

  begin(time) {
    setWrong("range-start", false);
    this.#mark(time, this.#end);
  }

  end(time) {
    setWrong("range-end", false);
    this.#mark(this.#start, time);
  }

  /** Marks both ends at once, in either order. */
  between(one, other) {
    FIELDS.forEach((field) => setWrong(field, false));
    this.#mark(Math.min(one, other), Math.max(one, other));
  }

  /** Takes the time of a day that was typed into a field. What is none stays there to be mended, and marks nothing. */
  typed(field, day) {
    const { value } = element(field);
    const time = parseClock(day, value);
    setWrong(field, time === null && value.trim() !== "");
    if (field === "range-start") {
      this.#mark(time, this.#end);
    } else {
      this.#mark(this.#start, time);
    }
  }

  #mark(start, end) {
    this.#start = start;
    this.#end = end;
    this.draw();
  }

  draw() {
    const [start, end] = [this.#start, this.#end];
    const both = this.#asset !== null && start !== null && end !== null;
    const problem = both ? problemOf(start, end) : null;
    const complete = both && !problem;
    this.#strip.mark(start, end);
    element("unmark").hidden = start === null && end === null && !FIELDS.some(isWrong);
    element("export").setAttribute("aria-disabled", String(!complete));
    this.#show("range-start", start);
    this.#show("range-end", end);
    if (FIELDS.some(isWrong)) {
      element("export").removeAttribute("href");
      this.#say("No such time: type one as hh:mm:ss", /* isProblem= */ true);
    } else if (problem) {
      element("export").removeAttribute("href");
      this.#say(problem, /* isProblem= */ true);
    } else if (complete) {
      element("export").href = exportUrl(this.#asset.locator, start, end);
      this.#say(durationText(end - start));
      this.#measure(start, end).catch(() => {}); // the list of assets says that the server is gone
    } else {
      element("export").removeAttribute("href");
      this.#say(start !== null ? `From ${clockText(start)}` : end !== null ? `Until ${clockText(end)}` : "");
    }
  }

  /** Shows an end of the range, unless what was typed there has to be mended first. */
  #show(field, time) {
    if (!isWrong(field)) {
      element(field).value = time === null ? "" : clockText(time);
    }
  }

  /** Tells how much of the range is recorded and how much is missing. */
  async #measure(start, end) {
    const { locator } = this.#asset;
    const [ranges, gaps] = await Promise.all([availableMedia(locator, start, end), gapsOf(locator, start, end)]);
    if (locator !== this.#asset.locator || start !== this.#start || end !== this.#end) {
      return;
    }
    const found = coverage(ranges, gaps, start, end);
    if (found.recorded < MISSING_MILLIS) {
      this.#say("Nothing is recorded in this range", /* isProblem= */ true);
    } else if (found.gaps.length || end - start - found.recorded > MISSING_MILLIS) {
      const holes = found.gaps.length ? ` in ${countText(found.gaps)}` : "";
      this.#say(`${durationText(found.recorded)} of ${durationText(end - start)} recorded${missingText(found)}${holes}`);
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
