import { clockText, firstTick } from "./format.js";

const HOUR = 3_600_000;
const STEPS = [1_000, 5_000, 15_000, 60_000, 300_000, 900_000, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR];
const TICK_PIXELS = 66;
const RULER_PIXELS = 22;

/** Whatever is missing is wide enough to be seen and hit. */
const LEAST_PIXELS = 3;

/** A canvas on which a span of time lies from left to right. Sizes are CSS pixels. */
export class Painter {
  #canvas;
  #context;
  #colours;
  #start;
  #scale;

  constructor(canvas, start, end) {
    this.#canvas = canvas;
    this.#context = prepare(canvas);
    const style = getComputedStyle(document.documentElement);
    this.#colours = (name) => style.getPropertyValue(`--${name}`).trim();
    this.#start = start;
    this.#scale = this.width / (end - start);
  }

  get width() {
    return this.#canvas.clientWidth;
  }

  get height() {
    return this.#canvas.clientHeight;
  }

  x(time) {
    return (time - this.#start) * this.#scale;
  }

  /** Limits what follows to a rounded bar; what is on it may be drawn over the edges. */
  clipped(top, height, radius, draw) {
    const context = this.#context;
    context.save();
    context.beginPath();
    context.roundRect(0, top, this.width, height, radius);
    context.clip();
    draw();
    context.restore();
  }

  span(colour, start, end, top, height, least = LEAST_PIXELS) {
    const left = Math.max(0, this.x(start));
    const right = Math.min(this.width, this.x(end));
    if (right >= left) {
      this.#context.fillStyle = this.#colours(colour);
      this.#context.fillRect(left, top, Math.max(least, right - left), height);
    }
  }

  line(colour, time, top, height, width = 2) {
    this.#context.fillStyle = this.#colours(colour);
    this.#context.fillRect(Math.round(this.x(time)) - width / 2, top, width, height);
  }

  /** A line with a knob, for what can be moved. */
  needle(colour, time, top, height) {
    this.line(colour, time, top, height);
    this.#context.beginPath();
    this.#context.arc(Math.round(this.x(time)), top + 1, 4, 0, 2 * Math.PI);
    this.#context.fill();
  }

  frame(colour, start, end) {
    const left = Math.min(Math.max(1, this.x(start)), this.width - 7);
    const right = Math.min(Math.max(this.x(end), left + 6), this.width - 1);
    this.#context.strokeStyle = this.#colours(colour);
    this.#context.lineWidth = 1.5;
    this.#context.beginPath();
    this.#context.roundRect(left, 1, right - left, this.height - 2, 3);
    this.#context.stroke();
  }

  ruler(colour, end) {
    const context = this.#context;
    const step = STEPS.find((each) => each * this.#scale > TICK_PIXELS) ?? STEPS.at(-1);
    const top = this.height - RULER_PIXELS;
    context.fillStyle = this.#colours(colour);
    context.font = '11.5px system-ui, "Segoe UI", "DejaVu Sans", sans-serif';
    context.textAlign = "center";
    for (let time = firstTick(this.#start, step); time <= end; time += step) {
      const x = Math.round(this.x(time));
      const text = step < 60_000 ? clockText(time) : clockText(time).slice(0, 5);
      const half = context.measureText(text).width / 2;
      if (x > half && x < this.width - half) {
        context.fillRect(x, top + 2, 1, 4);
        context.fillText(text, x, this.height - 3);
      }
    }
  }
}

/** The height that a ruler leaves for what is above it. */
export const aboveRuler = (painter) => painter.height - RULER_PIXELS;

function prepare(canvas) {
  const ratio = devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}
