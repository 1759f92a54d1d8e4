/** Where in a playlist an instant is, and which instant a position is. Positions are seconds, instants milliseconds. */
export class Timeline {
  #details;
  #found = 0;

  /** @param details returns what hls.js knows of the playlist, or nothing */
  constructor(details) {
    this.#details = details;
  }

  /** The instant at a position, or null. */
  instantAt(position) {
    const fragment = this.#fragmentAt(position);
    return fragment?.programDateTime ? fragment.programDateTime + (position - fragment.start) * 1000 : null;
  }

  /** The position of an instant; within a gap that of the next picture. Null when it is before or after the playlist. */
  positionOf(instant) {
    const fragments = this.#all();
    if (!fragments.length || instant < fragments[0].programDateTime) {
      return null;
    }
    return this.#positionIn(fragments, instant);
  }

  /** The position that is as close to an instant as the playlist has one; null when it is empty. */
  nearest(instant) {
    const fragments = this.#all();
    return fragments.length ? (this.#positionIn(fragments, instant) ?? fragments.at(-1).start) : null;
  }

  #positionIn(fragments, instant) {
    const found = fragments.find((each) => instant < each.programDateTime + each.duration * 1000);
    return found ? found.start + Math.max(0, (instant - found.programDateTime) / 1000) : null;
  }

  /** Where the playlist ends. */
  end() {
    return this.#details()?.fragments.at(-1)?.endProgramDateTime ?? null;
  }

  /** All fragments, the one under construction too. */
  #all() {
    const details = this.#details();
    const fragments = details?.fragments ?? [];
    return details?.fragmentHint ? [...fragments, details.fragmentHint] : fragments;
  }

  /** The one found last is most often the right one: this is asked for every picture. */
  #fragmentAt(position) {
    const details = this.#details();
    const fragments = details?.fragments;
    if (!fragments?.length) {
      return null;
    }
    const holds = (each) => each && position >= each.start && position < each.start + each.duration;
    if (!holds(fragments[this.#found])) {
      this.#found = fragments.findIndex(holds);
    }
    if (this.#found >= 0) {
      return fragments[this.#found];
    }
    this.#found = 0;
    const hint = details.fragmentHint;
    return hint && position >= hint.start ? hint : position < fragments[0].start ? fragments[0] : fragments.at(-1);
  }
}
