import { clockText, durationText, firstTick } from "./format.js";

const HOUR = 3_600_000;
const STEPS = [1_000, 5_000, 15_000, 60_000, 300_000, 900_000, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR];
const SHORTEST = 20_000;

/** Whatever is missing is wide enough to be seen and hit. */
const LEAST_PIXELS = 2;

/** Draws what is recorded of a day and what is missing, and turns clicks into instants. */
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
  #follows = true;

  /** @param callbacks pick(time): somebody wants to see this instant; zoomed(length) */
  constructor(strip, overview, tooltip, callbacks) {
    this.#strip = strip;
    this.#overview = overview;
    this.#tooltip = tooltip;
    this.#callbacks = callbacks;
    strip.addEventListener("click", (event) => callbacks.pick(this.#timeAt(event.offsetX)));
    strip.addEventListener("pointermove", (event) => this.#hover(event.offsetX));
    strip.addEventListener("pointerleave", () => (tooltip.hidden = true));
    strip.addEventListener("wheel", (event) => this.#onWheel(event), { passive: false });
    overview.addEventListener("pointerdown", (event) => this.#pan(event));
    overview.addEventListener("pointermove", (event) => event.buttons && this.#pan(event));
    new ResizeObserver(() => this.draw()).observe(strip);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
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

  /** Where on the strip an instant is, in CSS pixels from its left. */
  xOf(time) {
    return this.#x(time);
  }

  show(start, end) {
    const length = Math.min(end - start, this.viewLength > 1 ? this.viewLength : end - start);
    this.#day = { start, end };
    this.#view = { start, end: start + length };
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
    if (time === null || (this.#cursor !== null && Math.abs(time - this.#cursor) < this.#millisPerPixel() / 2)) {
      return;
    }
    this.#cursor = time;
    const { start, end } = this.#view;
    const inDay = time >= this.#day.start && time < this.#day.end;
    if (this.#follows && inDay && (time < start || time > end - (end - start) * 0.05)) {
      this.#setView(time - (end - start) * 0.8, end - start);
    }
    this.draw();
  }

  /** Within a gap, where media begins again. */
  snap(time) {
    const next = this.#ranges.find((range) => time < range.end);
    return next ? Math.max(time, next.start) : time;
  }

  zoom(factor, around) {
    this.zoomTo((this.#view.end - this.#view.start) * factor, around);
  }

  zoomTo(wanted, around = this.#cursor) {
    const { start, end } = this.#view;
    const inView = around !== null && around > start && around < end;
    const inDay = around !== null && around >= this.#day.start && around < this.#day.end;
    const length = Math.min(this.#day.end - this.#day.start, Math.max(SHORTEST, wanted));
    const centre = inDay ? around : (start + end) / 2;
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
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    this.#drawOverview(colour);
    const { context, width, height } = this.#prepare(this.#strip);
    const bar = { top: 2, height: height - 24 };
    this.#rounded(context, colour("strip"), 0, bar.top, width, bar.height);
    context.save();
    context.clip();
    for (const range of this.#ranges) {
      this.#block(context, colour("recorded"), bar, range.start, range.end);
    }
    for (const gap of this.#gaps) {
      this.#block(context, colour("missing"), bar, gap.start, gap.end);
    }
    context.restore();
    this.#drawMark(context, colour, bar);
    this.#ruler(context, colour("quiet"), height);
    if (this.#cursor !== null) {
      const x = this.#x(this.#cursor);
      context.fillStyle = colour("text");
      context.fillRect(x - 1, 0, 2, bar.height + 4);
    }
  }

  #drawOverview(colour) {
    const { context, width, height } = this.#prepare(this.#overview);
    const scale = width / (this.#day.end - this.#day.start);
    const x = (time) => (time - this.#day.start) * scale;
    const block = (fill, start, end, least) => {
      context.fillStyle = fill;
      context.fillRect(x(start), 3, Math.max(least, (end - start) * scale), height - 6);
    };
    block(colour("strip"), this.#day.start, this.#day.end, 0);
    this.#ranges.forEach((range) => block(colour("recorded"), range.start, range.end, 1));
    this.#gaps.forEach((gap) => block(colour("missing"), gap.start, gap.end, 1));
    if (this.#cursor !== null) {
      context.fillStyle = colour("text");
      context.fillRect(x(this.#cursor) - 1, 1, 2, height - 2);
    }
    if (this.viewLength < this.#day.end - this.#day.start) {
      context.strokeStyle = colour("text");
      context.lineWidth = 1.5;
      const left = Math.min(Math.max(0.75, x(this.#view.start)), width - 6);
      const right = Math.max(x(this.#view.end), left + 5);
      context.strokeRect(left, 0.75, Math.min(right, width - 0.75) - left, height - 1.5);
    }
  }

  #prepare(canvas) {
    const ratio = devicePixelRatio || 1;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    return { context, width, height };
  }

  #rounded(context, fill, x, y, width, height) {
    context.fillStyle = fill;
    context.beginPath();
    context.roundRect(x, y, width, height, 6);
    context.fill();
  }

  #block(context, fill, { top, height }, start, end) {
    const left = Math.max(0, this.#x(start));
    const right = Math.min(this.#strip.clientWidth, this.#x(end));
    if (right >= 0 && left <= this.#strip.clientWidth && right >= left) {
      context.fillStyle = fill;
      context.fillRect(left, top, Math.max(LEAST_PIXELS, right - left), height);
    }
  }

  #drawMark(context, colour, bar) {
    const { start, end } = this.#mark;
    if (start !== null && end !== null && end > start) {
      this.#block(context, colour("mark"), bar, start, end);
    }
    context.fillStyle = colour("mark-edge");
    for (const edge of [start, end]) {
      if (edge !== null) {
        context.fillRect(this.#x(edge) - 1, bar.top, 2, bar.height);
      }
    }
  }

  #ruler(context, colour, height) {
    const step = STEPS.find((each) => each / this.#millisPerPixel() > 66) ?? STEPS.at(-1);
    context.fillStyle = colour;
    context.font = '11.5px system-ui, "Segoe UI", "DejaVu Sans", sans-serif';
    context.textAlign = "center";
    for (let time = firstTick(this.#view.start, step); time <= this.#view.end; time += step) {
      const x = this.#x(time);
      context.fillRect(x, height - 20, 1, 4);
      const text = step < 60_000 ? clockText(time) : clockText(time).slice(0, 5);
      const half = context.measureText(text).width / 2;
      if (x > half && x < this.#strip.clientWidth - half) {
        context.fillText(text, x, height - 3);
      }
    }
  }

  #hover(x) {
    const time = this.#timeAt(x);
    const slack = 3 * this.#millisPerPixel();
    const gap = this.#gaps.find((each) => time > each.start - slack && time < each.end + slack);
    this.#tooltip.textContent = gap ? this.#gapText(gap) : clockText(time);
    this.#tooltip.hidden = false;
    const half = this.#tooltip.offsetWidth / 2;
    this.#tooltip.style.left = `${Math.min(Math.max(x, half), Math.max(half, this.#strip.clientWidth - half))}px`;
  }

  #gapText(gap) {
    const end = gap.open ? "now" : clockText(gap.end);
    const causes = gap.causes.map((cause) => cause.replaceAll("-", " ")).join(", ");
    return `${clockText(gap.start)} – ${end} · ${durationText(gap.end - gap.start)} missing: ${causes}`;
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

  #x(time) {
    return (time - this.#view.start) / this.#millisPerPixel();
  }

  #timeAt(x) {
    return this.#view.start + x * this.#millisPerPixel();
  }

  #millisPerPixel() {
    return (this.#view.end - this.#view.start) / Math.max(1, this.#strip.clientWidth);
  }
}
