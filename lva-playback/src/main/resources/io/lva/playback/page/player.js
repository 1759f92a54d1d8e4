import { manifestUrl } from "./api.js";

/** A live manifest goes back so far; what is older is asked for in windows of the same length. */
const WINDOW = 4 * 3_600_000;
const MARGIN = 60_000;

/** A picture this close to the end of a live playlist counts as live. */
const EDGE_SECONDS = 6;

/** Small delays are made up by playing faster, larger ones by a jump. */
const FASTEST = 1.1;
const JUMP_SECONDS = 4;
const TOLERANCE_SECONDS = 0.2;

/** hls.js stays three parts behind the edge; two and a half are enough. */
const CLOSER_PARTS = 0.5;

/** Plays an asset by wall clock: live, or any recorded instant. Times are milliseconds since the Unix epoch. */
export class ArchivePlayer {
  #video;
  #hls = null;
  #loaded = null;
  #pending = null;
  #speed = 1;
  #following = false;
  #found = 0;
  #shown = null;
  #callbacks;

  /**
   * @param callbacks message(text or null), ended(time): a window of a recording is over, next is asked for
   */
  constructor(video, callbacks) {
    this.#video = video;
    this.#callbacks = callbacks;
    video.addEventListener("ended", () => this.#onEnded());
    video.addEventListener("pause", () => (this.#following = false));
    setInterval(() => this.#keepUp(), 250);
    this.#watchPictures();
  }

  /** Notes which picture is on the screen: while seeking it is not the one at the current time. */
  #watchPictures() {
    this.#video.requestVideoFrameCallback?.((_, picture) => {
      this.#shown = picture.mediaTime;
      this.#watchPictures();
    });
  }

  get hls() {
    return this.#hls;
  }

  playLive(locator) {
    this.#following = true;
    if (this.#loaded?.live && this.#loaded.locator === locator) {
      this.#jumpToEdge();
      this.resume(true);
      return;
    }
    this.#load({ locator, live: true }, null);
  }

  /** Shows nothing. */
  stop() {
    this.#hls?.destroy();
    this.#hls = null;
    this.#loaded = null;
    this.#shown = null;
  }

  /** Plays from an instant; where nothing is recorded, from the next picture behind it. */
  playAt(locator, time, live) {
    this.#following = false;
    this.#video.playbackRate = this.#speed;
    const position = this.#loaded?.locator === locator ? this.#positionOf(time) : null;
    if (position !== null) {
      this.#video.currentTime = position;
      this.#callbacks.message(null);
      this.resume();
      return;
    }
    const recent = live && time > Date.now() - WINDOW + MARGIN;
    this.#load({ locator, live: recent, start: time - MARGIN, end: time + WINDOW }, time);
  }

  /** The UTC of the picture on the screen, or null. */
  wallClock() {
    const position = this.#shown ?? this.#video.currentTime;
    const fragment = this.#fragmentAt(position);
    return fragment?.programDateTime ? fragment.programDateTime + (position - fragment.start) * 1000 : null;
  }

  atLiveEdge() {
    const details = this.#details();
    return Boolean(this.#loaded?.live && details?.live) && details.edge - this.#video.currentTime < EDGE_SECONDS;
  }

  /** Whether the picture stands still because there is nothing to show yet. */
  isWaiting() {
    return Boolean(this.#hls) && !this.#video.paused && !this.#video.ended && this.#video.readyState < 3;
  }

  setSpeed(speed) {
    this.#speed = speed;
    this.#following &&= speed === 1;
    this.#video.playbackRate = speed;
  }

  pause() {
    this.#video.pause();
  }

  resume(follow = false) {
    this.#following = follow && this.#speed === 1;
    this.#video.play().catch((error) => error.name === "NotAllowedError" && this.#callbacks.message("Press play."));
  }

  #load(what, seekTo) {
    this.#hls?.destroy();
    this.#callbacks.message(null);
    this.#loaded = what;
    this.#pending = seekTo;
    this.#found = 0;
    this.#shown = null;
    const hls = new Hls({
      lowLatencyMode: true,
      liveDurationInfinity: true,
      backBufferLength: 60,
      maxBufferLength: 20,
      startPosition: -1,
      autoStartLoad: seekTo === null,
    });
    this.#hls = hls;
    hls.on(Hls.Events.LEVEL_UPDATED, () => hls === this.#hls && this.#seekPending(hls));
    hls.on(Hls.Events.MANIFEST_PARSED, () => this.#onManifest(hls));
    hls.on(Hls.Events.ERROR, (_, error) => this.#onError(hls, error));
    hls.loadSource(what.live ? manifestUrl(what.locator) : manifestUrl(what.locator, what.start, what.end));
    hls.attachMedia(this.#video);
  }

  #onManifest(hls) {
    if (hls === this.#hls) {
      if (this.#pending !== null) {
        hls.startLoad(-1);
      }
      this.resume(this.#pending === null && this.#loaded.live);
    }
  }

  #seekPending(hls) {
    if (this.#pending === null) {
      return;
    }
    const position = this.#positionOf(this.#pending, /* clamp= */ true);
    this.#pending = null;
    if (position !== null) {
      hls.startLoad(position);
      this.#video.currentTime = position;
      this.#video.playbackRate = this.#speed;
    }
  }

  #onError(hls, error) {
    if (hls !== this.#hls || !error.fatal) {
      return;
    }
    if (error.response?.code === 404 && error.details === Hls.ErrorDetails.MANIFEST_LOAD_ERROR) {
      this.#callbacks.message(this.#loaded.live ? "Waiting for the first picture…" : "Nothing is recorded here.");
      if (this.#loaded.live) {
        this.#reload(hls, 1000);
      }
    } else if (error.type === Hls.ErrorTypes.MEDIA_ERROR) {
      hls.recoverMediaError();
    } else {
      this.#callbacks.message("The connection to the recorder was lost; trying again…");
      this.#reload(hls, 2000);
    }
  }

  /** Begins anew where the picture stands. */
  #reload(hls, delay) {
    const time = this.#following ? null : (this.wallClock() ?? this.#pending);
    setTimeout(() => hls === this.#hls && this.#load(this.#loaded, time), delay);
  }

  #onEnded() {
    if (this.#loaded && !this.#loaded.live) {
      this.#callbacks.ended(this.#details()?.fragments.at(-1)?.endProgramDateTime ?? this.#loaded.end);
    }
  }

  /** Stays close to the newest picture while nothing else was asked for. */
  #keepUp() {
    const hls = this.#hls;
    if (!this.#following || !this.#loaded?.live || !hls?.targetLatency || this.#video.paused || this.isWaiting()) {
      return;
    }
    const target = hls.targetLatency - CLOSER_PARTS * (this.#details()?.partTarget ?? 0);
    const late = hls.latency - target;
    if (late > JUMP_SECONDS) {
      this.#jumpToEdge();
    } else if (late > TOLERANCE_SECONDS) {
      this.#video.playbackRate = FASTEST;
    } else if (late < TOLERANCE_SECONDS / 4) {
      this.#video.playbackRate = 1;
    }
  }

  #jumpToEdge() {
    const edge = this.#hls.liveSyncPosition;
    if (edge && Math.abs(edge - this.#video.currentTime) > 0.5) {
      this.#video.currentTime = edge;
    }
  }

  #details() {
    const hls = this.#hls;
    return hls?.levels?.[Math.max(0, hls.currentLevel)]?.details;
  }

  /** All fragments, the one under construction too. */
  #fragments() {
    const details = this.#details();
    const fragments = details?.fragments ?? [];
    return details?.fragmentHint ? [...fragments, details.fragmentHint] : fragments;
  }

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

  /** The position of an instant; behind a gap the next picture. Null when the manifest does not hold it. */
  #positionOf(time, clamp = false) {
    const fragments = this.#fragments();
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
