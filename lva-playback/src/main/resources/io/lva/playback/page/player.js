import { manifestUrl } from "./api.js";

/** Recorded windows are asked for an hour at a time, so that a manifest stays small. */
const WINDOW = 3_600_000;
const LEAD = 60_000;
const EDGE_SECONDS = 8;

/** Plays an asset by wall clock: live, or any recorded instant. */
export class ArchivePlayer {
  #video;
  #hls = null;
  #loaded = null;
  #pending = null;
  #onMessage;

  constructor(video, { onMessage }) {
    this.#video = video;
    this.#onMessage = onMessage;
    video.addEventListener("ended", () => this.#continueBehindWindow());
  }

  playLive(locator) {
    if (this.#loaded?.live && this.#loaded.locator === locator) {
      const edge = this.#hls.liveSyncPosition;
      if (edge) {
        this.#video.currentTime = edge;
      }
      this.resume();
      return;
    }
    this.#load({ locator, live: true }, null);
  }

  playAt(locator, time, live) {
    const position = this.#loaded?.locator === locator ? this.#positionOf(time) : null;
    if (position !== null) {
      this.#video.currentTime = position;
      this.resume();
      return;
    }
    this.#load({ locator, live: false, start: time - LEAD, end: time + WINDOW, growing: live }, time);
  }

  /** The UTC of the picture on the screen, in milliseconds, or null. */
  wallClock() {
    return this.#hls?.playingDate?.getTime() ?? null;
  }

  atLiveEdge() {
    if (!this.#loaded?.live || this.#video.paused) {
      return false;
    }
    const details = this.#details();
    return Boolean(details?.live) && details.edge - this.#video.currentTime < EDGE_SECONDS;
  }

  setSpeed(speed) {
    this.#video.playbackRate = speed;
    this.#video.defaultPlaybackRate = speed;
  }

  resume() {
    this.#video.play().catch(() => this.#onMessage("Press play."));
  }

  #load(what, seekTo) {
    this.#hls?.destroy();
    this.#onMessage(null);
    this.#loaded = what;
    this.#pending = seekTo;
    const hls = new Hls({
      lowLatencyMode: true,
      liveDurationInfinity: true,
      backBufferLength: 60,
      maxBufferLength: 30,
      startPosition: what.live ? -1 : 0,
    });
    this.#hls = hls;
    hls.on(Hls.Events.LEVEL_UPDATED, () => this.#seekPending());
    hls.on(Hls.Events.MANIFEST_PARSED, () => this.resume());
    hls.on(Hls.Events.ERROR, (_, error) => this.#onError(hls, error));
    hls.loadSource(manifestUrl(what.locator, what.live ? undefined : what.start, what.end));
    hls.attachMedia(this.#video);
  }

  #seekPending() {
    if (this.#pending === null) {
      return;
    }
    const position = this.#positionOf(this.#pending, /* clamp= */ true);
    this.#pending = null;
    if (position !== null) {
      this.#video.currentTime = position;
    }
  }

  #onError(hls, error) {
    if (hls !== this.#hls || !error.fatal) {
      return;
    }
    if (error.response?.code === 404) {
      this.#onMessage("Nothing is recorded here.");
    } else if (error.type === Hls.ErrorTypes.MEDIA_ERROR) {
      hls.recoverMediaError();
    } else {
      this.#onMessage("The connection to the recorder was lost; trying again…");
      setTimeout(() => hls === this.#hls && hls.loadSource(hls.url), 2000);
    }
  }

  #continueBehindWindow() {
    if (this.#loaded && !this.#loaded.live) {
      this.playAt(this.#loaded.locator, this.#loaded.end, this.#loaded.growing);
    }
  }

  #details() {
    return this.#hls?.levels?.[Math.max(0, this.#hls.currentLevel)]?.details;
  }

  /** The position of an instant; behind a gap the next picture. Null when the manifest does not hold it. */
  #positionOf(time, clamp = false) {
    const fragments = (this.#details()?.fragments ?? []).filter((each) => each.programDateTime);
    if (!fragments.length || (!clamp && time < fragments[0].programDateTime)) {
      return null;
    }
    const found = fragments.find((each) => time < each.programDateTime + each.duration * 1000);
    if (!found) {
      return clamp ? fragments.at(-1).start : null;
    }
    return found.start + Math.max(0, (time - found.programDateTime) / 1000);
  }
}
