import { serverNow } from "./api.js";
import { causeText, clockText, durationText, isPlanned } from "./format.js";
import { aboveRuler, Painter } from "./painter.js";
import { StripGestures } from "./gestures.js";
import { onTheme } from "./theme.js";

const SHORTEST = 20_000;
const HIT_PIXELS = 4;
const CURSOR_MARGIN = 6;

/** How much of the height is cut out of the bar where something is missing. */
const NOTCH = 0.4;

/** A step back that ends in a gap goes on to the last seconds before it. */
const BEFORE_GAP = 3000;

/** A screen reader reads the time when it is asked. */
const DESCRIBE_MILLIS = 500;

/** Shows the recorded and missing times of a day, and turns gestures into instants. */
export class DayStrip {
  #strip;
  #overview;
  #tooltip;
  #callbacks;
  #day = { start: 0, end: 1 };
  #view = { start: 0, end: 1 };
  #ranges = [];
  #gaps = [];
  #mark = { start: null, end: null };
  #cursor = null;
  #hovered = null;
  #follows = true;
  #gestures;
  #described = 0;

  /** @param callbacks pick(time): somebody wants to see this instant; zoomed(length); marked(start, end) */
  constructor(strip, overview, tooltip, callbacks) {
    this.#strip = strip;
    this.#overview = overview;
    this.#tooltip = tooltip;
    this.#callbacks = callbacks;
    this.#gestures = new StripGestures(strip, {
      pick: (x) => callbacks.pick(this.#timeAt(x)),
      hover: (x) => this.#hover(x),
      leave: () => this.#leave(),
      pan: (pixels) => this.#panBy(pixels),
      zoom: (factor, x) => this.zoom(factor, this.#timeAt(x)),
      mark: (from, to) => callbacks.marked(this.#timeAt(from), this.#timeAt(to)),
    });
    strip.addEventListener("keydown", (event) => this.#onKey(event));
    strip.addEventListener("wheel", (event) => this.#onWheel(event), { passive: false });
    overview.addEventListener("pointerdown", (event) => this.#pan(event));
    overview.addEventListener("pointermove", (event) => event.buttons && this.#pan(event));
    new ResizeObserver(() => this.draw()).observe(strip);
    onTheme(() => this.draw());
  }

  get viewLength() {
    return this.#view.end - this.#view.start;
  }

  get ranges() {
    return this.#ranges;
  }

  get gaps() {
    return this.#gaps;
  }

  /** Where an instant is, in CSS pixels from the left. */
  xOf(time) {
    return (time - this.#view.start) / this.#millisPerPixel();
  }

  /** Shows another day, as closely as the last one. */
  show(start, end) {
    const length = Math.min(end - start, this.viewLength > 1 ? this.viewLength : end - start);
    this.#day = { start, end };
    this.#setView(this.#holds(this.#cursor) ? this.#cursor - length / 2 : start, length);
    this.#follows = true;
    this.fill([], []);
  }

  fill(ranges, gaps) {
    this.#ranges = ranges;
    this.#gaps = gaps;
    this.draw();
  }

  mark(start, end) {
    this.#mark = { start, end };
    this.draw();
  }

  /** Moves the line of the picture, and the strip with it. */
  cursor(time) {
    if (time !== null && performance.now() - this.#described > DESCRIBE_MILLIS) {
      this.#describe(time);
    }
    if (time === null || (this.#cursor !== null && Math.abs(time - this.#cursor) < this.#millisPerPixel() / 2)) {
      return;
    }
    this.#cursor = time;
    const { start, end } = this.#view;
    if (this.#follows && this.#holds(time) && (time < start || time > end - (end - start) * 0.05)) {
      this.#setView(time - (end - start) * 0.8, end - start);
    }
    this.draw();
  }

  /** No picture is shown any more. */
  forget() {
    this.#cursor = null;
    this.draw();
  }

  /** For those who do not see the strip. */
  #describe(time) {
    this.#described = performance.now();
    const seconds = Math.round((this.#day.end - this.#day.start) / 1000);
    const now = Math.round((time - this.#day.start) / 1000);
    this.#strip.setAttribute("aria-valuemax", String(seconds));
    this.#strip.setAttribute("aria-valuenow", String(Math.min(seconds, Math.max(0, now))));
    this.#strip.setAttribute("aria-valuetext", clockText(time));
  }

  /** A slider begins and ends with what is recorded of the day. */
  #onKey(event) {
    if ((event.key === "Home" || event.key === "End") && this.#ranges.length) {
      event.preventDefault();
      this.#callbacks.pick(event.key === "Home" ? this.#ranges[0].start : this.#ranges.at(-1).end - BEFORE_GAP);
    }
  }

  #panBy(pixels) {
    this.#follows = false;
    this.#setView(this.#view.start - pixels * this.#millisPerPixel(), this.viewLength);
    this.draw();
  }

  /**
   * Within a gap of this day, where media begins again; after everything that is recorded of it, its last seconds. Null
   * when nothing is recorded of it.
   */
  snap(time) {
    if (!this.#holds(time)) {
      return time;
    }
    if (!this.#ranges.length) {
      return null;
    }
    const next = this.#ranges.find((range) => time < range.end);
    return next ? Math.max(time, next.start, this.#gapAt(time)?.end ?? 0) : this.snapBack(time);
  }

  /** Within a gap of this day, the last seconds before it. */
  snapBack(time) {
    const before = this.#ranges.findLast((range) => range.start < time);
    const last = Math.min(before?.end ?? time, this.#gapAt(time)?.start ?? time);
    return before && this.#holds(time) && time > last ? Math.max(before.start, last - BEFORE_GAP) : time;
  }

  /** A short gap is bridged by its last picture: it lies within a range. */
  #gapAt(time) {
    return this.#gaps.find((gap) => time >= gap.start && time < gap.end);
  }

  #holds(time) {
    return time !== null && time >= this.#day.start && time < this.#day.end;
  }

  zoom(factor, around) {
    this.zoomTo(this.viewLength * factor, around);
  }

  zoomTo(wanted, around = this.#cursor) {
    const { start, end } = this.#view;
    const inView = around !== null && around > start && around < end;
    const length = Math.min(this.#day.end - this.#day.start, Math.max(SHORTEST, wanted));
    const centre = this.#holds(around) ? around : (start + end) / 2;
    const share = inView ? (centre - start) / (end - start) : 0.5;
    this.#setView(centre - share * length, length);
    this.#follows = true;
    this.#callbacks.zoomed(length);
    this.draw();
  }

  #setView(from, length) {
    const start = Math.min(Math.max(from, this.#day.start), this.#day.end - length);
    this.#view = { start, end: start + length };
  }

  draw() {
    if (!this.#strip.clientWidth) {
      return;
    }
    const painter = new Painter(this.#strip, this.#view.start, this.#view.end);
    const height = aboveRuler(painter) - CURSOR_MARGIN;
    painter.clipped(CURSOR_MARGIN, height, 6, () => this.#bar(painter, CURSOR_MARGIN, height));
    painter.ruler("quiet", this.#view.end);
    if (this.#hovered !== null) {
      painter.line("quiet", this.#hovered, CURSOR_MARGIN, height, 1);
    }
    if (this.#cursor !== null) {
      painter.needle("text", this.#cursor, CURSOR_MARGIN - 3, height + 5);
    }
    this.#drawOverview();
  }

  #bar(painter, top, height) {
    painter.span("future", this.#day.start, this.#day.end, top, height);
    painter.span("strip", this.#day.start, Math.min(serverNow(), this.#day.end), top, height, 0);
    this.#ranges.forEach((range) => painter.span("recorded", range.start, range.end, top, height));
    for (const gap of this.#gaps.filter((each) => !isPlanned(each))) {
      painter.span("surface", gap.start, gap.end, top, height); // a notch, not only another colour
      painter.span("missing", gap.start, gap.end, top + height * NOTCH, height * (1 - NOTCH));
    }
    const { start, end } = this.#mark;
    if (start !== null && end !== null) {
      painter.span("mark", start, end, top, height);
    }
    [start, end].filter((edge) => edge !== null).forEach((edge) => painter.line("mark-edge", edge, top, height, 3));
  }

  /** The whole day, with a frame around what is shown of it; needless where all of it is shown. */
  #drawOverview() {
    const whole = this.viewLength >= this.#day.end - this.#day.start;
    this.#overview.classList.toggle("whole", whole);
    if (whole) {
      return;
    }
    const painter = new Painter(this.#overview, this.#day.start, this.#day.end);
    const [top, height] = [3, painter.height - 6];
    painter.clipped(top, height, 3, () => this.#bar(painter, top, height));
    painter.frame("text", this.#view.start, this.#view.end);
  }

  #hover(x) {
    this.#hovered = this.#timeAt(x);
    const slack = HIT_PIXELS * this.#millisPerPixel();
    const near = this.#gaps.filter((each) => this.#hovered > each.start - slack && this.#hovered < each.end + slack);
    const gap = near.find((each) => !isPlanned(each)) ?? near[0];
    this.#tooltip.textContent = gap ? gapText(gap) : clockText(this.#hovered);
    this.#tooltip.hidden = false;
    const half = this.#tooltip.offsetWidth / 2;
    const width = this.#strip.clientWidth;
    this.#tooltip.style.left = `${Math.min(Math.max(x, half), Math.max(half, width - half))}px`;
    this.draw();
  }

  #leave() {
    this.#hovered = null;
    this.#tooltip.hidden = true;
    this.draw();
  }

  #onWheel(event) {
    event.preventDefault();
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      this.#follows = false;
      this.#setView(this.#view.start + (event.deltaX || event.deltaY) * this.#millisPerPixel(), this.viewLength);
      this.draw();
    } else {
      this.zoom(event.deltaY > 0 ? 1.25 : 0.8, this.#timeAt(event.offsetX));
    }
  }

  #pan(event) {
    const share = event.offsetX / Math.max(1, this.#overview.clientWidth);
    const time = this.#day.start + share * (this.#day.end - this.#day.start);
    this.#follows = false;
    this.#setView(time - this.viewLength / 2, this.viewLength);
    this.draw();
  }

  #timeAt(x) {
    return this.#view.start + x * this.#millisPerPixel();
  }

  #millisPerPixel() {
    return this.viewLength / Math.max(1, this.#strip.clientWidth);
  }
}

function gapText(gap) {
  if (gap.step < 0) {
    return `${clockText(gap.start)} · ${causeText(gap)}`;
  }
  const end = gap.open ? "now" : clockText(gap.end);
  const word = isPlanned(gap) ? "not recorded" : "missing";
  return `${clockText(gap.start)} – ${end} · ${durationText(gap.end - gap.start)} ${word}: ${causeText(gap)}`;
}
