import { element, save, setText } from "./dom.js";

/** Shorter waits are not mentioned. */
const SILENT_MILLIS = 600;
const CAMERA_MILLIS = 3000;

/** The picture and the texts over it. */
export class Stage {
  #video;
  #texts = { server: null, player: null };
  #waitingSince = null;

  constructor(video) {
    this.#video = video;
  }

  /** Shows a message in place of the picture; null removes it. Messages about the server come first. */
  say(who, text) {
    this.#texts[who] = text;
    const shown = this.#texts.server ?? this.#texts.player;
    setText("message", shown ?? "");
    element("message").hidden = !shown;
  }

  get isCovered() {
    return !element("message").hidden;
  }

  /** Shows a notice when the picture has stood still for a while. */
  waiting(isWaiting, atEdge) {
    const waits = isWaiting && !this.isCovered;
    this.#waitingSince = waits ? (this.#waitingSince ?? performance.now()) : null;
    const lasts = waits ? performance.now() - this.#waitingSince : 0;
    element("waiting").hidden = lasts < SILENT_MILLIS;
    setText("waiting-text", atEdge && lasts > CAMERA_MILLIS ? "No picture from the camera" : "Loading…");
  }

  toggleFullscreen() {
    if (document.fullscreenElement) {
      document.exitFullscreen();
    } else {
      const whole = element("player");
      // An iPhone shows nothing but the picture in full screen.
      whole.requestFullscreen ? whole.requestFullscreen() : this.#video.webkitEnterFullscreen?.();
    }
  }

  /** Saves the picture on the screen. */
  snapshot(name) {
    if (!this.#video.videoWidth) {
      return;
    }
    const canvas = document.createElement("canvas");
    canvas.width = this.#video.videoWidth;
    canvas.height = this.#video.videoHeight;
    canvas.getContext("2d").drawImage(this.#video, 0, 0);
    canvas.toBlob((picture) => {
      const url = URL.createObjectURL(picture);
      save(url, name);
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    }, "image/png");
  }
}
