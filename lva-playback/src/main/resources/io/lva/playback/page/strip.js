const HOUR = 3_600_000;
const STEPS = [1_000, 5_000, 15_000, 60_000, 300_000, 900_000, HOUR, 3 * HOUR, 6 * HOUR];
const SHORTEST = 60_000;

/** Draws what is recorded of a day and what is missing, and turns clicks into instants. */
export class DayStrip {
  #canvas;
  #tooltip;
  #onPick;
  #format;
  #day = { start: 0, end: 1 };
  #view = { start: 0, end: 1 };
  #ranges = [];
  #gaps = [];
  #mark = { start: null, end: null };
  #cursor = null;

  constructor(canvas, tooltip, { onPick, format }) {
    this.#canvas = canvas;
    this.#tooltip = tooltip;
    this.#onPick = onPick;
    this.#format = format;
    canvas.addEventListener("click", (event) => onPick(this.#timeAt(event.offsetX)));
    canvas.addEventListener("pointermove", (event) => this.#hover(event.offsetX));
    canvas.addEventListener("pointerleave", () => (tooltip.hidden = true));
    canvas.addEventListener("wheel", (event) => this.#onWheel(event), { passive: false });
    new ResizeObserver(() => this.draw()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
  }

  show(start, end) {
    this.#day = { start, end };
    this.#view = { start, end };
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

  cursor(time) {
    if (time !== null && (this.#cursor === null || Math.abs(time - this.#cursor) > this.#millisPerPixel() / 2)) {
      this.#cursor = time;
      this.draw();
    }
  }

  /** Within a gap, where media begins again. */
  snap(time) {
    const next = this.#ranges.find((range) => time < range.end);
    return next ? Math.max(time, next.start) : time;
  }

  zoom(factor, around) {
    const { start, end } = this.#view;
    const centre = around !== null && around > start && around < end ? around : (start + end) / 2;
    const length = Math.min(this.#day.end - this.#day.start, Math.max(SHORTEST, (end - start) * factor));
    const from = centre - ((centre - start) / (end - start)) * length;
    const clamped = Math.min(Math.max(from, this.#day.start), this.#day.end - length);
    this.#view = { start: clamped, end: clamped + length };
    this.draw();
  }

  draw() {
    const ratio = devicePixelRatio || 1;
    const width = this.#canvas.clientWidth;
    const height = this.#canvas.clientHeight;
    this.#canvas.width = width * ratio;
    this.#canvas.height = height * ratio;
    const context = this.#canvas.getContext("2d");
    context.scale(ratio, ratio);
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    const bar = { top: 8, height: height - 34 };
    this.#block(context, colour("--strip"), bar, this.#view.start, this.#view.end);
    for (const range of this.#ranges) {
      this.#block(context, colour("--recorded"), bar, range.start, range.end);
    }
    for (const gap of this.#gaps) {
      this.#block(context, colour("--gap"), { top: bar.top + bar.height - 6, height: 6 }, gap.start, gap.end);
    }
    if (this.#mark.start !== null) {
      this.#block(context, colour("--mark"), { top: 2, height: bar.height + 12 }, this.#mark.start, this.#mark.end ?? this.#mark.start);
    }
    this.#ruler(context, colour("--quiet"), height);
    if (this.#cursor !== null) {
      const x = this.#x(this.#cursor);
      context.fillStyle = colour("--text");
      context.fillRect(x - 1, 2, 2, bar.height + 12);
    }
  }

  #block(context, fill, { top, height }, start, end) {
    const left = Math.max(0, this.#x(start));
    const right = Math.min(this.#canvas.clientWidth, this.#x(end));
    if (right >= 0 && left <= this.#canvas.clientWidth && right >= left) {
      context.fillStyle = fill;
      context.fillRect(left, top, Math.max(1.5, right - left), height);
    }
  }

  #ruler(context, colour, height) {
    const step = STEPS.find((each) => each / this.#millisPerPixel() > 64) ?? STEPS.at(-1);
    context.fillStyle = colour;
    context.font = "11.5px system-ui, sans-serif";
    context.textAlign = "center";
    for (let time = Math.ceil(this.#view.start / step) * step; time <= this.#view.end; time += step) {
      const x = this.#x(time);
      context.fillRect(x, height - 24, 1, 5);
      const text = this.#format(time);
      const half = context.measureText(text).width / 2;
      if (x > half && x < this.#canvas.clientWidth - half) {
        context.fillText(step < 60_000 ? text : text.slice(0, 5), x, height - 6);
      }
    }
  }

  #hover(x) {
    const time = this.#timeAt(x);
    const slack = 3 * this.#millisPerPixel();
    const gap = this.#gaps.find((each) => time > each.start - slack && time < each.end + slack);
    const seconds = gap ? Math.max(0.1, (gap.end - gap.start) / 1000) : 0;
    this.#tooltip.textContent = gap
      ? `${this.#format(gap.start)} – ${gap.open ? "now" : this.#format(gap.end)} · ${seconds.toFixed(1)} s missing: ${gap.causes.join(", ")}`
      : this.#format(time);
    this.#tooltip.style.left = `${Math.min(Math.max(x + 12, 90), this.#canvas.clientWidth - 90)}px`;
    this.#tooltip.hidden = false;
  }

  #onWheel(event) {
    event.preventDefault();
    this.zoom(event.deltaY > 0 ? 1.25 : 0.8, this.#timeAt(event.offsetX));
  }

  #x(time) {
    return (time - this.#view.start) / this.#millisPerPixel();
  }

  #timeAt(x) {
    return this.#view.start + x * this.#millisPerPixel();
  }

  #millisPerPixel() {
    return (this.#view.end - this.#view.start) / Math.max(1, this.#canvas.clientWidth);
  }
}
