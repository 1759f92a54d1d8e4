import { address, addressed } from "./address.js";
import { availableMedia, listAssets, serverNow } from "./api.js";
import { AssetList, stateText } from "./assets.js";
import { DayView } from "./day.js";
import { element, setIcon, setText } from "./dom.js";
import { RangeExport } from "./export.js";
import { clockText, DAY, dateText, dayOf, durationText, fileTime, isUtc, restoreZone, toggleZone } from "./format.js";
import { bindKeys } from "./keyboard.js";
import { ArchivePlayer } from "./player.js";
import { Stage } from "./stage.js";
import { DayStrip } from "./strip.js";
import { restoreTheme, toggleTheme } from "./theme.js";

const REFRESH_MILLIS = 4000;
const REFRESH_SOON_MILLIS = 800;

/** A picture later than this is not live. */
const LIVE_MILLIS = 5000;

/** Less than this before the end of a playlist is a rounding error. */
const LEAST_MILLIS = 500;

restoreTheme();
restoreZone();
const video = element("video");
const stage = new Stage(video);
const player = new ArchivePlayer(video, { message: (text) => stage.say("player", text), ended: goOn });
const strip = new DayStrip(element("strip"), element("overview"), element("tooltip"), {
  pick: seek,
  zoomed: (length) => day.zoomed(length),
  marked: (start, end) => range.between(Math.round(start), Math.round(end)),
});
const day = new DayView(strip, seek);
const range = new RangeExport(strip);
const assets = new AssetList(choose);
window.archive = { player, strip };

/** The asset that was shown has been deleted, and no other was chosen since. */
let gone = false;

/* ---------------- The recordings ---------------- */

async function refresh() {
  let wait = REFRESH_MILLIS;
  try {
    const listed = await listAssets().catch(() => null);
    if (listed) {
      const before = assets.chosen; // somebody may have chosen another one meanwhile
      assets.update(listed);
      stage.say("server", null);
      follow(before, assets.chosen);
      await day.refresh().catch(() => {}); // what is known of the day stays
      wait = assets.chosen?.end && player.endedAt === null ? REFRESH_MILLIS : REFRESH_SOON_MILLIS;
    } else {
      assets.lose();
      stage.say("server", "The recorder does not answer. Trying again…");
    }
  } finally {
    setTimeout(refresh, wait); // whatever went wrong in between
  }
}

/** Takes notice of a recording that has begun. */
function follow(before, now) {
  enable(now);
  if (before && !now) {
    gone = true;
    leave(`${before.name} was deleted.`);
  } else if (!now && !gone) {
    const { asset, instant, reason } = destination();
    asset ? choose(asset, instant) : stage.say("player", reason);
  } else if (now && !now.end) {
    stage.say("player", emptyText(now));
  } else if (now && !before.end) {
    choose(now);
  } else if (now?.live && player.endedAt !== null) {
    if (player.wantsLive) {
      player.playLive(now.locator);
    } else {
      goOn(player.endedAt);
    }
  }
}

/** Where the address leads: an asset and an instant or null; else the reason why it leads nowhere. */
function destination() {
  const { name, time, instant } = addressed();
  const asset = assets.find(name);
  if (Number.isNaN(instant)) {
    return { reason: `“${time}” in the address is no time. A time is written as 2026-11-20T10:15:30Z.` };
  }
  if (!asset && assets.find("")) {
    return { reason: `There is no asset of the name “${name}”. Choose one from the list.` };
  }
  return { asset, instant, reason: "Nothing has been recorded yet. Start with: lva record rtsp://CAMERA --asset NAME --store THIS-STORE" };
}

/** Somebody has changed the address, or followed one that was shared. */
function goToAddress() {
  const { asset, instant, reason } = destination();
  gone = false;
  if (asset) {
    choose(asset, instant);
  } else {
    leave(reason);
  }
}

/** Shows no asset, and says why. */
function leave(reason) {
  assets.choose(null);
  enable(null);
  player.stop();
  range.open(null);
  day.open(null);
  strip.forget();
  stage.say("player", reason);
}

/** Nothing can be done with an asset that is empty. */
function enable(asset) {
  element("live").disabled = !asset?.live;
  for (const id of ["play", "back", "forward", "snapshot", "mark-in", "mark-out", "range-start", "range-end"]) {
    element(id).disabled = !asset?.end;
  }
}

function emptyText(asset) {
  const reason = asset.state === "waiting" ? `: ${stateText(asset)}` : "";
  return asset.live ? "Waiting for the first picture…" : `Nothing has been recorded yet${reason}.`;
}

function choose(asset, time = null) {
  gone = false;
  assets.choose(asset);
  address(asset.name, time);
  enable(asset);
  range.open(asset);
  day.open(asset);
  if (!asset.end) {
    player.stop();
    stage.say("player", emptyText(asset));
  } else if (time !== null) {
    day.follow(time);
    player.playAt(asset.locator, time, asset.live);
  } else if (asset.live) {
    player.playLive(asset.locator);
  } else {
    player.playAt(asset.locator, Math.max(asset.start, asset.end - 60_000), false);
  }
}

/* ---------------- Play ---------------- */

function seek(time) {
  const asset = assets.chosen;
  if (!asset?.end) {
    return;
  }
  const wanted = strip.snap(time);
  if (asset.live && time > asset.end) {
    live();
  } else if (wanted !== null) {
    address(asset.name, wanted);
    player.playAt(asset.locator, wanted, asset.live);
  }
}

function live() {
  if (assets.chosen?.live) {
    address(assets.chosen.name, null);
    day.follow(serverNow());
    player.playLive(assets.chosen.locator);
  }
}

/** Plays on after the end of a window, wherever the next picture is. */
async function goOn(time) {
  const asset = assets.chosen;
  const ranges = await availableMedia(asset.locator, time, time + DAY).catch(() => []);
  if (asset.locator !== assets.chosen?.locator || player.endedAt !== time) {
    return;
  }
  const next = ranges.map((each) => Math.max(each.start, time)).find((start, i) => ranges[i].end - start > LEAST_MILLIS);
  if (next !== undefined && !player.wantsLive) {
    player.playAt(asset.locator, next, assets.chosen.live);
  } else {
    stage.say("player", "The recording ends here.");
  }
}

function step(seconds) {
  const now = player.wallClock();
  if (now !== null) {
    const wanted = now + seconds * 1000;
    seek(seconds < 0 ? strip.snapBack(wanted) : wanted);
  }
}

function togglePlay() {
  if (video.paused) {
    player.resume();
  } else {
    player.pause();
    const time = player.wallClock();
    if (assets.chosen && time !== null) {
      address(assets.chosen.name, time);
    }
  }
}

function snapshot() {
  const time = player.wallClock();
  if (time !== null) {
    stage.snapshot(`${assets.chosen.name}-${fileTime(time)}.png`);
  }
}

function mark(edge) {
  const time = player.wallClock();
  if (time !== null) {
    range[edge](Math.round(time));
  }
}

function changeZone() {
  toggleZone();
  showZone();
  assets.draw();
  range.draw();
  day.redraw(player.wallClock());
}

function showZone() {
  setText("zone", isUtc() ? "UTC" : "Local time");
}

/* ---------------- Drawn with every frame ---------------- */

function tick() {
  const now = player.wallClock();
  const atEdge = player.atLiveEdge();
  const isLive = assets.known && atEdge && !video.paused;
  const isWaiting = player.isWaiting();
  setText("time", now === null ? "--:--:--" : clockText(now, 10));
  setText("date-text", now === null ? "" : `${dateText(now)} ${isUtc() ? "UTC" : "local"}`);
  if (Number(element("speed").value) !== player.speed) {
    element("speed").value = String(player.speed);
  }
  setIcon("play", video.paused ? "play" : "pause");
  element("play").ariaLabel = video.paused ? "Play" : "Pause";
  setIcon("mute", video.muted ? "muted" : "sound");
  element("mute").hidden = !player.hasSound;
  element("live").classList.toggle("at-edge", isLive);
  const late = now === null ? 0 : serverNow() - now;
  const isNow = late < LIVE_MILLIS;
  element("badge").hidden = !isLive || isWaiting || stage.isCovered;
  element("badge").classList.toggle("late", !isNow);
  setText("badge", isNow ? `LIVE · ${(Math.round(late / 500) / 2).toFixed(1)} s behind` : `${durationText(Math.round(late / 1000) * 1000)} behind`);
  stage.waiting(isWaiting, atEdge);
  strip.cursor(now);
  requestAnimationFrame(tick);
}

/* ---------------- Wiring ---------------- */

const buttons = {
  play: togglePlay,
  back: () => step(-10),
  forward: () => step(10),
  live,
  zone: changeZone,
  mute: () => (video.muted = !video.muted),
  fullscreen: () => stage.toggleFullscreen(),
  snapshot,
  theme: toggleTheme,
  "mark-in": () => mark("begin"),
  "mark-out": () => mark("end"),
  unmark: () => range.clear(),
};
for (const [id, action] of Object.entries(buttons)) {
  element(id).addEventListener("click", action);
}
video.addEventListener("click", togglePlay);
addEventListener("hashchange", goToAddress);
for (const id of ["range-start", "range-end"]) {
  element(id).addEventListener("change", () => range.typed(id, day.shown));
}
element("speed").addEventListener("change", (event) => player.setSpeed(Number(event.target.value)));

bindKeys([
  [" ", "Play or pause", togglePlay, "Space"],
  ["ArrowLeft", "Back 10 s", buttons.back, "←"],
  ["ArrowRight", "Forward 10 s", buttons.forward, "→"],
  [",", "One picture back", () => player.stepPicture(-1)],
  [".", "One picture forward", () => player.stepPicture(1)],
  ["l", "Newest picture", live],
  ["[", "Mark the start of a range", buttons["mark-in"]],
  ["]", "Mark its end", buttons["mark-out"]],
  ["Escape", "Clear the range", buttons.unmark, "Esc"],
  ["e", "Export the range", () => range.save()],
  ["s", "Save the picture", snapshot],
  ["+", "Closer view of the day", () => strip.zoom(0.5, player.wallClock())],
  ["-", "Wider view of the day", () => strip.zoom(2, player.wallClock())],
  ["g", "List what is missing", () => day.toggleGaps()],
  ["d", "Days with recordings", () => day.toggleCalendar()],
  ["PageUp", "Previous day", () => day.move(-1), "Page up"],
  ["PageDown", "Next day", () => day.move(1), "Page down"],
  ["f", "Full screen", buttons.fullscreen],
  ["m", "Sound on or off", buttons.mute],
  ["u", "UTC or local time", changeZone],
  ["t", "Light or dark", toggleTheme],
  ["?", "This list", () => element("help-dialog").showModal()],
]);

showZone();
day.show(dayOf(Date.now()));
strip.zoomTo(DAY);
refresh().finally(tick);
