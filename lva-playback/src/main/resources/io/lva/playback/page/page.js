import { DayStrip } from "./strip.js";
import { ArchivePlayer } from "./player.js";
import { availableMedia, exportUrl, gapsOf, listAssets } from "./api.js";

const DAY = 86_400_000;
const element = (id) => document.getElementById(id);
const video = element("video");
const player = new ArchivePlayer(video, { onMessage: showMessage });
const strip = new DayStrip(element("strip"), element("tooltip"), { onPick: seek, format: clockText });

let assets = [];
let asset = null;
let day = utcDay(Date.now());
let utc = true;
let mark = { start: null, end: null };

/* ---------------- Assets and days ---------------- */

async function refreshAssets() {
  try {
    assets = await listAssets();
  } catch {
    showMessage("The recorder does not answer.");
    return;
  }
  const nav = element("assets");
  nav.replaceChildren(...assets.map(assetButton));
  if (!asset && assets.length) {
    const wanted = decodeURIComponent(location.hash.slice(1));
    choose(assets.find((each) => each.name === wanted) ?? assets.find((each) => each.live) ?? assets[0]);
  } else if (!assets.length) {
    showMessage("Nothing has been recorded yet.");
  } else {
    asset = assets.find((each) => each.locator === asset.locator) ?? asset;
  }
  element("live").disabled = !asset?.live;
}

function assetButton(each) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = each.name;
  button.classList.toggle("recording", each.live);
  button.title = each.live ? "Recording now" : "Not recording";
  button.setAttribute("aria-current", String(asset?.locator === each.locator));
  button.addEventListener("click", () => choose(each));
  return button;
}

function choose(each) {
  asset = each;
  history.replaceState(null, "", "#" + encodeURIComponent(each.name));
  setMark(null, null);
  for (const button of element("assets").children) {
    button.setAttribute("aria-current", String(button.textContent === each.name));
  }
  element("live").disabled = !each.live;
  showDay(utcDay(each.live || !each.end ? Date.now() : Date.parse(each.end)));
  if (each.live) {
    player.playLive(each.locator);
  } else if (each.end) {
    seek(Math.max(Date.parse(each.start), Date.parse(each.end) - 60_000));
  }
}

function showDay(start) {
  day = start;
  element("date").value = new Date(day).toISOString().slice(0, 10);
  strip.show(day, day + DAY);
  return refreshDay();
}

async function refreshDay() {
  if (!asset) {
    return;
  }
  const [ranges, gaps] = await Promise.all([
    availableMedia(asset.locator, day, day + DAY),
    gapsOf(asset.locator, day, day + DAY),
  ]);
  strip.fill(ranges, gaps);
  const recorded = ranges.reduce((sum, range) => sum + range.end - range.start, 0);
  const holes = gaps.length === 1 ? "1 gap" : `${gaps.length} gaps`;
  element("summary").textContent = recorded ? `${durationText(recorded)} recorded, ${holes}` : "Nothing recorded this day";
}

/* ---------------- Play ---------------- */

function seek(time) {
  if (asset) {
    const snapped = strip.snap(time);
    player.playAt(asset.locator, snapped, asset.live);
  }
}

function live() {
  if (asset?.live) {
    if (day !== utcDay(Date.now())) {
      showDay(utcDay(Date.now()));
    }
    player.playLive(asset.locator);
  }
}

function step(seconds) {
  const now = player.wallClock();
  if (now !== null) {
    seek(now + seconds * 1000);
  }
}

function showMessage(text) {
  const message = element("message");
  message.textContent = text ?? "";
  message.hidden = !text;
}

function togglePlay() {
  if (video.paused) {
    player.resume();
  } else {
    video.pause();
  }
}

/* ---------------- Export ---------------- */

function setMark(start, end) {
  mark = { start, end };
  strip.mark(start, end);
  const complete = start !== null && end !== null && end > start;
  const link = element("export");
  link.setAttribute("aria-disabled", String(!complete));
  if (complete) {
    link.href = exportUrl(asset.locator, start, end);
    element("range").textContent = `${clockText(start)} – ${clockText(end)} (${durationText(end - start)})`;
  } else {
    link.removeAttribute("href");
    element("range").textContent = start !== null ? `From ${clockText(start)}` : "No range marked";
  }
}

/* ---------------- Text ---------------- */

function clockText(time, millis = false) {
  const date = new Date(utc ? time : time - new Date(time).getTimezoneOffset() * 60_000);
  return date.toISOString().slice(11, millis ? 23 : 19);
}

function durationText(millis) {
  const seconds = Math.round(millis / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours ? `${hours} h ${minutes} min` : minutes ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

function utcDay(time) {
  return Math.floor(time / DAY) * DAY;
}

function tick() {
  const now = player.wallClock();
  const clock = element("clock");
  clock.replaceChildren(now === null ? "--:--:--" : clockText(now, true).slice(0, 10));
  const zone = document.createElement("small");
  zone.textContent = now === null ? "" : `${new Date(now).toISOString().slice(0, 10)} ${utc ? "UTC" : "local"}`;
  clock.append(zone);
  element("play").dataset.playing = String(!video.paused);
  element("mute").dataset.muted = String(video.muted);
  const atEdge = player.atLiveEdge();
  element("live").classList.toggle("at-edge", atEdge);
  element("badge").hidden = !atEdge;
  strip.cursor(now);
  requestAnimationFrame(tick);
}

/* ---------------- Wiring ---------------- */

const keys = {
  " ": togglePlay,
  ArrowLeft: () => step(-10),
  ArrowRight: () => step(10),
  ",": () => { video.pause(); video.currentTime -= 0.04; },
  ".": () => { video.pause(); video.currentTime += 0.04; },
  l: live,
  u: toggleUtc,
  m: toggleMute,
  f: toggleFullscreen,
  t: toggleTheme,
  "[": () => setMark(player.wallClock(), mark.end),
  "]": () => setMark(mark.start, player.wallClock()),
  "+": () => strip.zoom(0.5, player.wallClock()),
  "-": () => strip.zoom(2, player.wallClock()),
  PageUp: () => showDay(day - DAY),
  PageDown: () => showDay(day + DAY),
};

function toggleUtc() {
  utc = !utc;
  strip.draw();
}

function toggleMute() {
  video.muted = !video.muted;
}

function toggleFullscreen() {
  if (document.fullscreenElement) {
    document.exitFullscreen();
  } else {
    element("stage").requestFullscreen();
  }
}

function toggleTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  strip.draw();
}

function on(id, action) {
  element(id).addEventListener("click", action);
}

on("play", togglePlay);
on("back", () => step(-10));
on("forward", () => step(10));
on("live", live);
on("clock", toggleUtc);
on("mute", toggleMute);
on("fullscreen", toggleFullscreen);
on("theme", toggleTheme);
on("previous-day", () => showDay(day - DAY));
on("next-day", () => showDay(day + DAY));
on("zoom-in", keys["+"]);
on("zoom-out", keys["-"]);
on("mark-in", keys["["]);
on("mark-out", keys["]"]);
element("date").addEventListener("change", (event) => {
  const chosen = Date.parse(event.target.value + "T00:00:00Z");
  if (!Number.isNaN(chosen)) {
    showDay(chosen);
  }
});
element("speed").addEventListener("change", (event) => player.setSpeed(Number(event.target.value)));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
    return;
  }
  const action = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (action && !(event.key === " " && event.target.tagName === "BUTTON")) {
    event.preventDefault();
    action();
  }
});

window.archive = { player, strip };
await refreshAssets();
setInterval(refreshAssets, 5000);
setInterval(() => refreshDay().catch(() => {}), 5000);
tick();
