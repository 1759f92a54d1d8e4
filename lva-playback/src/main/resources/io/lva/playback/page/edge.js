/** Small delays are made up by playing faster, larger ones by a jump. */
const FASTEST = 1.1;
const SLOWEST = 0.95;
const EARLY_SECONDS = 0.4;
const JUMP_SECONDS = 3;
const TOLERANCE_SECONDS = 0.15;

/** The hold-back of a playlist is three parts; two and a half are enough. */
const CLOSER_PARTS = 0.5;
const HOLD_BACK_SEGMENTS = 3;

/** Two seconds: after so long a wait a jump is acceptable. */
const LONG_STILL = 8;

/** Each stall of the network moves the picture away from the edge for a while. */
const STALL_SECONDS = 0.3;
const MOST_CAUTION_SECONDS = 1.5;
const CALMING = 0.98;

/** A picture not much further from the edge than it could be counts as live. */
const LIVE_SECONDS = 2.5;

/** Keeps a picture close to the growing end of a playlist, without stalling. */
export class LiveEdge {
  #video;
  #caution = 0;
  #still = 0;

  constructor(video) {
    this.#video = video;
  }

  /** The picture stood still although there were newer ones. */
  stalled() {
    this.#caution = Math.min(MOST_CAUTION_SECONDS, this.#caution + STALL_SECONDS);
  }

  /** To be called four times per second while there is nothing to show. */
  stoodStill() {
    this.#still++;
  }

  /** Whether the newest picture has been reached; during an outage of the camera it stays so. */
  isReached(details) {
    return endOf(details) - this.#video.currentTime < this.#target(details) + LIVE_SECONDS;
  }

  /** To be called four times per second while the newest picture is wanted. */
  follow(details) {
    this.#caution *= CALMING;
    const late = this.#late(details);
    const limit = this.#still > LONG_STILL ? TOLERANCE_SECONDS : JUMP_SECONDS;
    this.#still = 0;
    const rate = this.#video.playbackRate;
    if (late > limit) {
      this.jump(details);
    } else if (late > TOLERANCE_SECONDS) {
      this.#video.playbackRate = FASTEST;
    } else if (late < -EARLY_SECONDS) {
      this.#video.playbackRate = SLOWEST;
    } else if ((rate > 1 && late < TOLERANCE_SECONDS / 4) || (rate < 1 && late > -TOLERANCE_SECONDS)) {
      this.#video.playbackRate = 1;
    }
  }

  jump(details) {
    const now = this.#video.currentTime;
    const wanted = this.#reachable(details, Math.min(now + this.#late(details), endOf(details) - TOLERANCE_SECONDS));
    if (Math.abs(wanted - now) > TOLERANCE_SECONDS) {
      this.#video.currentTime = Math.max(details.fragments[0].start, wanted);
    }
  }

  /** With key frames far apart play goes on in what is loaded, or at the newest key frame; the rest follows as it is loaded. */
  #reachable(details, wanted) {
    if (details.startTimeOffset === null) {
      return wanted;
    }
    const { currentTime, buffered } = this.#video;
    let loaded = currentTime;
    for (let i = 0; i < buffered.length; i++) {
      if (currentTime >= buffered.start(i) && currentTime < buffered.end(i)) {
        loaded = Math.max(loaded, buffered.end(i) - TOLERANCE_SECONDS);
      }
    }
    return Math.min(wanted, Math.max(loaded, endOf(details) + details.startTimeOffset));
  }

  /** How late the picture is; hls.js moves its own target away with every stall. */
  #late(details) {
    return endOf(details) + details.age - this.#video.currentTime - this.#target(details);
  }

  #target(details) {
    const parts = details.partHoldBack && details.partHoldBack - CLOSER_PARTS * details.partTarget;
    return (parts || details.holdBack || HOLD_BACK_SEGMENTS * details.averagetargetduration) + this.#caution;
  }
}

/** While a run ends, hls.js takes the last part for the end, which may lie before that of the last fragment. */
function endOf(details) {
  return Math.max(details.edge, details.fragmentEnd);
}
