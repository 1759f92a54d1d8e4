const STUCK_MILLIS = 6000;
const SILENT_MILLIS = 20_000;
const ENOUGH_SECONDS = 1;

/** Notices play that has stopped for no reason: a decoder that hangs, a playlist that is not asked for any more. */
export class Watchdog {
  #video;
  #position = 0;
  #movedAt = 0;
  #heardAt = 0;

  constructor(video) {
    this.#video = video;
  }

  /** Something was started anew, or a playlist has come. */
  reset() {
    this.#movedAt = this.#heardAt = performance.now();
  }

  heard() {
    this.#heardAt = performance.now();
  }

  /** To be asked regularly while something plays. */
  isStuck(live) {
    const now = performance.now();
    if (this.#video.paused || this.#video.currentTime !== this.#position || !this.#hasMore()) {
      this.#position = this.#video.currentTime;
      this.#movedAt = now;
    }
    return now - this.#movedAt > STUCK_MILLIS || (live && now - this.#heardAt > SILENT_MILLIS);
  }

  #hasMore() {
    const { buffered, currentTime } = this.#video;
    for (let i = 0; i < buffered.length; i++) {
      if (currentTime >= buffered.start(i) && currentTime < buffered.end(i) - ENOUGH_SECONDS) {
        return true;
      }
    }
    return false;
  }
}
