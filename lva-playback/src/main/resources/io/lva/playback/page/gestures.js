const MOVED_PIXELS = 6;

/**
 * Turns what fingers and mouse do on the strip into its actions: a click or tap picks, a finger pans, two fingers zoom, and
 * a mouse marks a range by dragging.
 */
export class StripGestures {
  #actions;
  #pointers = new Map();
  #start = null;
  #moved = false;

  /** @param actions pick(x), hover(x), leave(), pan(pixels), zoom(factor, x), mark(from, to) */
  constructor(strip, actions) {
    this.#actions = actions;
    strip.addEventListener("pointerdown", (event) => this.#down(strip, event));
    strip.addEventListener("pointermove", (event) => this.#move(event));
    strip.addEventListener("pointerup", (event) => this.#up(event));
    strip.addEventListener("pointercancel", (event) => this.#forget(event));
    strip.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && actions.leave());
  }

  #down(strip, event) {
    if (event.button) {
      return;
    }
    strip.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, event.offsetX);
    if (this.#pointers.size === 1) {
      this.#start = event.offsetX;
      this.#moved = false;
    }
  }

  #move(event) {
    const before = this.#pointers.get(event.pointerId);
    if (before === undefined) {
      this.#actions.hover(event.offsetX);
      return;
    }
    const apart = this.#apart();
    this.#pointers.set(event.pointerId, event.offsetX);
    this.#moved ||= Math.abs(event.offsetX - this.#start) > MOVED_PIXELS || this.#pointers.size > 1;
    if (this.#pointers.size > 1) {
      this.#actions.zoom(apart / Math.max(1, this.#apart()), this.#middle());
    } else if (this.#moved && event.pointerType === "mouse") {
      this.#actions.mark(this.#start, event.offsetX);
    } else if (this.#moved) {
      this.#actions.pan(event.offsetX - before);
    }
  }

  #up(event) {
    if (this.#pointers.has(event.pointerId) && !this.#moved) {
      this.#actions.pick(event.offsetX);
    }
    this.#forget(event);
  }

  #forget(event) {
    this.#pointers.delete(event.pointerId);
    if (event.pointerType !== "mouse") {
      this.#actions.leave();
    }
  }

  #apart() {
    const all = [...this.#pointers.values()];
    return Math.max(1, Math.max(...all) - Math.min(...all));
  }

  #middle() {
    const all = [...this.#pointers.values()];
    return (Math.max(...all) + Math.min(...all)) / 2;
  }
}
