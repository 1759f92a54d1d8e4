import { manifestUrl } from "./api.js";
import { LiveEdge } from "./edge.js";
import { Timeline } from "./timeline.js";
import { Watchdog } from "./watchdog.js";

/** A live manifest goes back so far; what is older is asked for in windows of the same length. */
const WINDOW = 4 * 3_600_000;
const MARGIN = 60_000;

/** With so much left to play, it is not the end that has been reached. */
const STARVED_SECONDS = 0.25;

/** Until two pictures have been seen, as of a camera with 25 per second. */
const PICTURE_SECONDS = 0.04;
const LONGEST_PICTURE_SECONDS = 2;
const NATIVE_TYPE = "application/vnd.apple.mpegurl";
const KEEP_UP_MILLIS = 250;
const WATCH_MILLIS = 1000;
const REPLAY_SECONDS = 10;

/** For hls.js, a playlist with parts only is empty: the first fragment of a recording is not missed by much. */
const SOON = { maxNumRetry: 2, retryDelayMs: 500, maxRetryDelayMs: 500 };

/** hls.js stays three parts behind the edge; two and a half are enough. */
const CLOSER_PARTS = 0.5;

/** Says in words what this browser has no decoder for. */
function cannotDecode(reason) {
  return /h(vc|ev)1/.test(reason)
    ? "This browser has no decoder for H.265, which this camera sends. Use Safari, or Chrome or Edge on a computer with hardware decoding; or export the recording, or set the camera to H.264."
    : "This browser has no decoder for what this camera sends. Export the recording, or set the camera to H.264.";
}

/** Plays an asset by wall clock: live, or any recorded instant. Times are milliseconds since the Unix epoch. */
export class ArchivePlayer {
  #video;
  #hls = null;
  #loaded = null;
  #pending = null;
  #speed = 1;
  #following = false;
  #shown = null;
  #pictureSeconds = PICTURE_SECONDS;
  #wantsPlay = true;
  #wantsLive = false;
  #endedAt = null;
  #callbacks;
  #edge;
  #watchdog;
  #timeline = new Timeline(() => this.#details());

  /**
   * @param callbacks message(text or null), ended(time): everything up to here was shown, what next?
   */
  constructor(video, callbacks) {
    this.#video = video;
    this.#callbacks = callbacks;
    this.#edge = new LiveEdge(video);
    this.#watchdog = new Watchdog(video);
    video.addEventListener("canplay", () => this.#loaded && callbacks.message(null));
    video.addEventListener("ended", () => this.#onEnded());
    video.addEventListener("pause", () => (this.#following = false));
    video.addEventListener("waiting", () => this.#onWaiting());
    setInterval(() => this.#keepUp(), KEEP_UP_MILLIS);
    setInterval(() => this.#watch(), WATCH_MILLIS);
    document.addEventListener("resume", () => this.#wakeUp());
    document.addEventListener("visibilitychange", () => this.#wakeUp());
    this.#watchPictures();
  }

  /** A browser may pause what nobody sees. */
  #wakeUp() {
    if (!document.hidden && this.#hls && this.#wantsPlay && this.#video.paused && this.#endedAt === null) {
      this.#watchdog.reset();
      this.resume(this.#wantsLive);
    }
  }

  /** Notes which picture is on the screen: while seeking it is not the one at the current time. */
  #watchPictures() {
    this.#video.requestVideoFrameCallback?.((_, picture) => {
      const apart = Math.abs(picture.mediaTime - (this.#shown ?? picture.mediaTime));
      if (apart > 0 && apart < LONGEST_PICTURE_SECONDS && !this.#video.seeking && this.#video.playbackRate <= 1) {
        this.#pictureSeconds = apart;
      }
      this.#shown = picture.mediaTime;
      this.#watchPictures();
    });
  }

  get hls() {
    return this.#hls;
  }

  /** Plays the newest picture, and stays with it. */
  playLive(locator) {
    this.#begin(/* live= */ true);
    this.#speed = 1;
    this.#following = true;
    if (this.#loaded?.live && this.#loaded.locator === locator && this.#details()?.live) {
      this.#edge.jump(this.#details());
      this.resume(true);
      return;
    }
    this.#load({ locator, live: true }, null);
  }

  /** Shows nothing. */
  stop() {
    if (this.#hls) {
      this.#hls.destroy();
    } else {
      this.#video.removeAttribute("src");
      this.#video.load();
    }
    this.#hls = null;
    this.#loaded = null;
    this.#shown = null;
    this.#endedAt = null;
  }

  /** Plays from an instant; where nothing is recorded, from the next picture after it. */
  playAt(locator, time, live) {
    this.#begin(/* live= */ false);
    this.#following = false;
    this.#video.playbackRate = this.#speed;
    const position = this.#loaded?.locator === locator ? this.#timeline.positionOf(time) : null;
    if (position !== null) {
      this.#video.currentTime = position;
      this.resume();
      return;
    }
    const recent = live && time > Date.now() - WINDOW + MARGIN;
    this.#load({ locator, live: recent, start: time - MARGIN, end: time + WINDOW }, time);
  }

  #begin(live) {
    this.#wantsPlay = true;
    this.#wantsLive = live;
    this.#endedAt = null;
    this.#callbacks.message(null);
  }

  /** The UTC of the picture on the screen, or null. */
  wallClock() {
    const position = this.#shown ?? this.#video.currentTime;
    if (this.#loaded && !this.#hls) {
      const start = this.#video.getStartDate?.()?.getTime();
      return Number.isNaN(start ?? NaN) ? null : start + position * 1000;
    }
    return this.#timeline.instantAt(position);
  }

  atLiveEdge() {
    const details = this.#details();
    return Boolean(this.#loaded?.live && details?.live) && this.#edge.isReached(details);
  }

  /** The instant at which everything recorded so far has been shown, or null. */
  get endedAt() {
    return this.#endedAt;
  }

  /** Whether the newest picture is wanted, whenever there is one. */
  get wantsLive() {
    return this.#wantsLive;
  }

  get hasSound() {
    return Boolean(this.#hls?.levels?.some((level) => level.audioCodec) || this.#hls?.audioTracks?.length);
  }

  /** Whether the picture stands still because there is nothing to show yet. */
  isWaiting() {
    return Boolean(this.#hls) && !this.#video.paused && !this.#video.ended && this.#video.readyState < 3;
  }

  get speed() {
    return this.#speed;
  }

  setSpeed(speed) {
    this.#speed = speed;
    this.#following &&= speed === 1;
    this.#wantsLive &&= speed === 1;
    this.#video.playbackRate = speed;
  }

  pause() {
    this.#wantsPlay = false;
    this.#wantsLive = false;
    this.#video.pause();
  }

  resume(follow = false) {
    this.#wantsPlay = true;
    this.#video.playbackRate = this.#speed;
    if (this.#video.ended) {
      this.#video.currentTime -= REPLAY_SECONDS; // else it would begin anew, hours ago
    }
    this.#following = follow && this.#speed === 1;
    this.#video.play().catch((error) => error.name === "NotAllowedError" && this.#callbacks.message("Press play."));
  }

  /** Moves by one picture. */
  stepPicture(direction) {
    this.pause();
    this.#video.currentTime += direction * this.#pictureSeconds;
  }

  #load(what, seekTo) {
    this.#hls?.destroy();
    this.#loaded = what;
    this.#pending = seekTo;
    this.#shown = null;
    if (!Hls.isSupported()) {
      this.#loadNative(what);
      return;
    }
    const hls = new Hls({
      lowLatencyMode: true,
      liveDurationInfinity: true,
      backBufferLength: 60,
      maxBufferLength: 20,
      startPosition: -1,
      playlistLoadPolicy: { default: { ...Hls.DefaultConfig.playlistLoadPolicy.default, errorRetry: SOON } },
      autoStartLoad: seekTo === null,
    });
    this.#hls = hls;
    this.#watchdog.reset();
    hls.on(Hls.Events.LEVEL_UPDATED, () => hls === this.#hls && this.#seekPending(hls));
    hls.on(Hls.Events.LEVEL_LOADED, () => this.#watchdog.heard());
    hls.once(Hls.Events.LEVEL_LOADED, (_, { details }) => this.#onPlaylist(hls, details));
    hls.on(Hls.Events.MANIFEST_PARSED, () => this.#onManifest(hls));
    hls.on(Hls.Events.ERROR, (_, error) => this.#onError(hls, error));
    hls.loadSource(what.live ? manifestUrl(what.locator) : manifestUrl(what.locator, what.start, what.end));
    hls.attachMedia(this.#video);
  }

  /** Without Media Source Extensions the browser may know HLS itself, as Safari on an iPhone does. */
  #loadNative(what) {
    this.#hls = null;
    this.#pending = null;
    if (!this.#video.canPlayType(NATIVE_TYPE)) {
      this.#callbacks.message(
        "This browser cannot play the recordings: it has neither Media Source Extensions nor HLS. Use a current Chrome, Edge, Firefox or Safari.",
      );
      return;
    }
    this.#video.src = what.live ? manifestUrl(what.locator) : manifestUrl(what.locator, what.start + MARGIN, what.end);
    this.resume(what.live);
  }

  #onManifest(hls) {
    if (hls === this.#hls) {
      if (this.#pending !== null) {
        hls.startLoad(-1);
      }
      if (this.#wantsPlay) {
        this.resume(this.#pending === null && this.#loaded.live);
      }
    }
  }

  /** A recording that has ended has no newest picture to show: it may go on at any time. */
  #onPlaylist(hls, details) {
    if (hls === this.#hls && this.#wantsLive && !details.live) {
      hls.stopLoad();
      this.#video.pause();
      this.#end(details.fragments.at(-1)?.endProgramDateTime ?? Date.now());
    }
  }

  #end(time) {
    this.#endedAt = time;
    this.#callbacks.ended(time);
  }

  #seekPending(hls) {
    if (this.#pending === null) {
      return;
    }
    const position = this.#timeline.nearest(this.#pending);
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
    const { MANIFEST_LOAD_ERROR, LEVEL_EMPTY_ERROR } = Hls.ErrorDetails;
    const missing = error.response?.code === 404 && error.details === MANIFEST_LOAD_ERROR;
    if (missing || error.details === LEVEL_EMPTY_ERROR) {
      this.#callbacks.message(this.#loaded.live ? "Waiting for the first picture…" : "Nothing is recorded here.");
      if (this.#loaded.live) {
        this.#reload(hls, SOON.retryDelayMs);
      }
    } else if (error.details === Hls.ErrorDetails.MANIFEST_INCOMPATIBLE_CODECS_ERROR) {
      this.#callbacks.message(cannotDecode(error.error?.message ?? ""));
    } else if (error.type === Hls.ErrorTypes.MEDIA_ERROR) {
      hls.recoverMediaError();
      if (this.#wantsPlay) {
        this.resume(this.#wantsLive); // it has paused the video
      }
    } else {
      this.#callbacks.message("The connection to the recorder was lost; trying again…");
      this.#reload(hls, 2000);
    }
  }

  /** Begins anew where the picture stands. */
  #reload(hls, delay) {
    const time = this.#wantsLive ? null : (this.wallClock() ?? this.#pending);
    setTimeout(() => hls === this.#hls && this.#load(this.#loaded, time), delay);
  }

  #onEnded() {
    if (this.#loaded) {
      this.#end(this.#timeline.end() ?? this.#loaded.end ?? Date.now());
    }
  }

  /** A wait at the end of what is recorded is the camera's doing, or the end of a fast play. */
  #onWaiting() {
    const details = this.#details();
    if (this.#following && details?.live && details.edge - this.#video.currentTime > STARVED_SECONDS) {
      this.#edge.stalled();
    }
  }

  #watch() {
    if (this.#hls && this.#pending === null && this.#watchdog.isStuck(Boolean(this.#details()?.live))) {
      this.#reload(this.#hls, 0);
      this.#watchdog.reset();
    }
  }

  /** Stays close to the newest picture while nothing else was asked for. */
  #keepUp() {
    const details = this.#details();
    if (!this.#loaded?.live || !details?.live || this.#video.paused) {
      return;
    }
    if (this.isWaiting()) {
      this.#edge.stoodStill();
      return;
    }
    if (this.#following) {
      this.#edge.follow(details);
    } else if (this.#speed > 1 && this.#edge.isReached(details)) {
      this.#wantsLive = true;
      this.#following = true;
      this.#speed = 1;
    }
  }

  #details() {
    const hls = this.#hls;
    return hls?.levels?.[Math.max(0, hls.currentLevel)]?.details;
  }
}
