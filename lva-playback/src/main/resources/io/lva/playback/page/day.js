import { availableMedia, gapsOf, recordedDay } from "./api.js";
import { Calendar, typedDay } from "./calendar.js";
import { countText, coverage, missingText } from "./coverage.js";
import { element, make, setText, setWrong } from "./dom.js";
import { causeText, clockText, dateText, dayAfter, dayOf, durationText } from "./format.js";

const HOUR = 3_600_000;
const LENGTHS = [HOUR / 6, HOUR, 6 * HOUR, 24 * HOUR];

/** The day on the strip: what is recorded of it, and what is missing and why. */
export class DayView {
  #strip;
  #pick;
  #asset = null;
  #day = dayOf(Date.now());
  #fitted = false;
  #open = false;
  #listed = "";
  #calendar = new Calendar((day) => this.show(day));

  /** @param pick told the instant that somebody wants to see */
  constructor(strip, pick) {
    this.#strip = strip;
    this.#pick = pick;
    element("previous-day").addEventListener("click", () => this.move(-1));
    element("next-day").addEventListener("click", () => this.move(1));
    element("gaps").addEventListener("click", () => this.toggleGaps());
    element("date").addEventListener("change", () => this.#typed());
    for (const button of element("zoom").children) {
      button.addEventListener("click", () => strip.zoomTo(Number(button.dataset.minutes) * 60_000));
    }
  }

  /** Shows the day that was typed; what is none stays there to be mended. */
  #typed() {
    const day = typedDay(element("date").value);
    if (day === null) {
      setWrong("date", true);
      setText("date-problem", "No such day: type one as yyyy-mm-dd");
    } else {
      this.show(day);
    }
  }

  /** Where the day that is shown begins. */
  get shown() {
    return this.#day;
  }

  /** Shows the newest day of an asset; without one, nothing of today. */
  open(asset) {
    this.#asset = asset;
    this.#fitted = false;
    this.show(dayOf(asset?.end && !asset.live ? asset.end - 1 : Date.now()));
  }

  /** Shows the day of an instant. */
  follow(time) {
    if (dayOf(time) !== this.#day) {
      this.show(dayOf(time));
    }
  }

  /** The zone has changed: so have the bounds of the day. */
  redraw(time) {
    this.#listed = "";
    this.show(dayOf(time ?? this.#day + 12 * HOUR));
  }

  /** Moves to the next or previous day on which something is recorded. */
  async move(direction) {
    const asset = this.#asset;
    const day = this.#day;
    const next = dayAfter(day, direction);
    const found = asset?.end ? await recordedDay(asset, next, direction).catch(() => null) : null;
    if (asset === this.#asset && day === this.#day) {
      this.show(found ?? next);
    }
  }

  show(start) {
    this.#day = start;
    this.#calendar.follow(this.#asset, start);
    element("date").value = dateText(start);
    setWrong("date", false);
    setText("date-problem", "");
    this.#strip.show(start, dayAfter(start, 1));
    setText("summary", "");
    this.refresh().catch(() => {}); // the list of assets says that the server is gone
  }

  async refresh() {
    const [asset, start, end] = [this.#asset, this.#day, dayAfter(this.#day, 1)];
    if (!asset) {
      element("gaps").hidden = true;
      this.#showList(false);
      return;
    }
    const [ranges, gaps] = await Promise.all([availableMedia(asset.locator, start, end), gapsOf(asset.locator, start, end)]);
    if (start === this.#day && asset === this.#asset) {
      this.#strip.fill(ranges, gaps);
      this.#fit(ranges);
      this.#summarize(coverage(ranges, gaps, start, end));
    }
  }

  /** A young recording would be a thin line on a whole day. */
  #fit(ranges) {
    if (!this.#fitted && ranges.length) {
      this.#fitted = true;
      const span = ranges.at(-1).end - ranges[0].start;
      this.#strip.zoomTo(LENGTHS.find((length) => span < length * 0.9) ?? LENGTHS.at(-1), ranges.at(-1).end);
    }
  }

  #summarize(found) {
    const { recorded, gaps } = found;
    setText("summary", recorded > 0 ? `${durationText(recorded)} recorded${missingText(found)}` : "Nothing is recorded on this day");
    element("gaps").hidden = !gaps.length;
    setText("gaps", countText(gaps));
    this.#showList(this.#open && gaps.length > 0);
    const listed = JSON.stringify(gaps);
    if (listed !== this.#listed) {
      this.#listed = listed;
      element("gap-list").replaceChildren(...gaps.map((gap) => this.#gapItem(gap)));
    }
  }

  toggleCalendar() {
    this.#calendar.toggle();
  }

  toggleGaps() {
    this.#open = !this.#open;
    this.#showList(this.#open && !element("gaps").hidden);
    element("gap-list").scrollIntoView({ block: "nearest" });
  }

  #showList(shown) {
    element("gap-list").hidden = !shown;
    element("gaps").setAttribute("aria-expanded", String(shown));
  }

  #gapItem(gap) {
    const end = gap.open ? "now" : clockText(gap.end);
    const button = make(
      "button",
      { type: "button", title: "Show the seconds before" },
      make("span", { className: "when" }, gap.step < 0 ? clockText(gap.start) : `${clockText(gap.start)} – ${end}`),
      make("span", {}, gap.open ? "still missing" : durationText(gap.end - gap.start)),
      make("span", {}, causeText(gap)),
    );
    button.addEventListener("click", () => this.#pick(gap.start - 3000));
    return make("li", {}, button);
  }

  /** Marks the button of the length that the strip has. */
  zoomed(length) {
    for (const button of element("zoom").children) {
      const own = Number(button.dataset.minutes) * 60_000;
      button.setAttribute("aria-pressed", String(Math.abs(own - length) < own * 0.05));
    }
  }
}
