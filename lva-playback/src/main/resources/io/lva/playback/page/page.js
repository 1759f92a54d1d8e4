import { availableMedia, exportProblem, exportUrl, gapsOf, listAssets } from "./api.js";
import { clockText, DAY, dateText, dayAfter, dayOf, durationText, isUtc, parseDate, toggleZone } from "./format.js";
import { ArchivePlayer } from "./player.js";
import { DayStrip } from "./strip.js";

const REFRESH = 4000;
const MANY_ASSETS = 8;
const element = (id) => document.getElementById(id);
const video = element("video");
const player = new ArchivePlayer(video, { message: showMessage, ended: goOn });
const strip = new DayStrip(element("strip"), element("overview"), element("tooltip"), { pick: seek, zoomed: showZoom });

let assets = [];
let asset = null;
let day = dayOf(Date.now());
let mark = { start: null, end: null };
let fitted = false;

/* ---------------- Assets ---------------- */

async function refreshAssets() {
  try {
    assets = await listAssets();
  } catch {
    showMessage("The recorder does not answer.");
    return;
  }
  element("filter").hidden = assets.length < MANY_ASSETS;
  if (asset) {
    const before = asset;
    asset = assets.find((each) => each.locator === asset.locator) ?? asset;
    if (!before.end && asset.end) {
      choose(asset);
    }
  }
  drawAssets();
  if (!assets.length) {
    showMessage("Nothing has been recorded yet.");
  } else if (!asset) {
    const wanted = decodeURIComponent(location.hash.slice(1));
    choose(assets.find((each) => each.name === wanted) ?? assets.find((each) => each.live) ?? assets[0]);
  }
  element("live").disabled = !asset?.live;
}

/** The first picture should not have to wait for the page. */
async function keepRefreshing() {
  await refreshAssets();
  setTimeout(keepRefreshing, asset?.end ? REFRESH : REFRESH / 5);
}

function drawAssets() {
  const wanted = element("filter").value.trim().toLowerCase();
  const shown = assets.filter((each) => each.name.toLowerCase().includes(wanted));
  const list = element("assets");
  const focused = document.activeElement?.closest?.("#assets button")?.dataset.locator;
  list.replaceChildren(...shown.map(assetItem));
  if (focused) {
    [...list.querySelectorAll("button")].find((button) => button.dataset.locator === focused)?.focus();
  }
}

function assetItem(each) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.locator = each.locator;
  button.classList.toggle("recording", each.live);
  button.setAttribute("aria-current", String(asset?.locator === each.locator));
  button.append(span("state"), span("name", each.name), small(stateText(each)));
  button.addEventListener("click", () => choose(each));
  const item = document.createElement("li");
  item.append(button);
  return item;
}

function span(kind, text = "") {
  const made = document.createElement("span");
  made.className = kind;
  made.textContent = text;
  made.title = text;
  return made;
}

function small(text) {
  const made = document.createElement("small");
  made.textContent = text;
  return made;
}

function stateText(each) {
  if (each.live) {
    return "recording";
  }
  return each.end ? `until ${dateText(each.end)} ${clockText(each.end).slice(0, 5)}` : "empty";
}

function choose(each) {
  asset = each;
  history.replaceState(null, "", `#${encodeURIComponent(each.name)}`);
  setMark(null, null);
  drawAssets();
  element("live").disabled = !each.live;
  fitted = false;
  showDay(dayOf(each.live || !each.end ? Date.now() : each.end));
  if (!each.end) {
    player.stop();
    showMessage(each.live ? "Waiting for the first picture…" : "Nothing has been recorded yet.");
  } else if (each.live) {
    player.playLive(each.locator);
  } else {
    seek(Math.max(each.start, each.end - 60_000));
  }
}

/* ---------------- Days ---------------- */

function showDay(start) {
  day = start;
  element("date").value = dateText(day);
  strip.show(day, dayAfter(day, 1));
  return refreshDay().catch(() => {});
}

async function refreshDay() {
  if (!asset) {
    return;
  }
  const [shown, locator] = [day, asset.locator];
  const [ranges, gaps] = await Promise.all([
    availableMedia(locator, shown, dayAfter(shown, 1)),
    gapsOf(locator, shown, dayAfter(shown, 1)),
  ]);
  if (shown !== day || locator !== asset.locator) {
    return;
  }
  strip.fill(ranges, gaps);
  if (!fitted && ranges.length) {
    fitted = true;
    const span = ranges.at(-1).end - ranges[0].start;
    const hours = [1 / 6, 1, 6, 24].find((each) => span < each * 0.9 * 3_600_000) ?? 24;
    strip.zoomTo(hours * 3_600_000, ranges.at(-1).end);
  }
  const recorded = ranges.reduce((sum, range) => sum + range.end - range.start, 0);
  const holes = gaps.length === 0 ? "no gap" : gaps.length === 1 ? "1 gap" : `${gaps.length} gaps`;
  element("summary").textContent = recorded ? `${durationText(recorded)} recorded, ${holes}` : "Nothing recorded this day";
}

function showZoom(length) {
  for (const button of element("zoom").children) {
    const own = Number(button.dataset.hours) * 3_600_000;
    button.setAttribute("aria-pressed", String(Math.abs(own - length) < own * 0.05));
  }
}

/* ---------------- Play ---------------- */

function seek(time) {
  if (asset) {
    player.playAt(asset.locator, strip.snap(time), asset.live);
  }
}

function live() {
  if (asset?.live) {
    if (day !== dayOf(Date.now())) {
      showDay(dayOf(Date.now()));
    }
    player.playLive(asset.locator);
  }
}

/** Plays on behind the end of a window, wherever the next picture is. */
async function goOn(time) {
  const locator = asset.locator;
  const ranges = await availableMedia(locator, time + 1, time + DAY).catch(() => []);
  if (locator !== asset.locator) {
    return;
  }
  if (ranges.length) {
    player.playAt(locator, ranges[0].start, asset.live);
  } else {
    showMessage("The recording ends here.");
  }
}

function step(seconds) {
  const now = player.wallClock();
  if (now !== null) {
    const from = seconds < 0 ? now + seconds * 1000 : strip.snap(now + seconds * 1000);
    player.playAt(asset.locator, from, asset.live);
  }
}

function stepFrame(direction) {
  player.pause();
  video.currentTime += direction * 0.04;
}

function togglePlay() {
  if (video.paused) {
    player.resume();
  } else {
    player.pause();
  }
}

function showMessage(text) {
  const message = element("message");
  message.textContent = text ?? "";
  message.hidden = !text;
}

function saveSnapshot() {
  const time = player.wallClock();
  if (time === null || !video.videoWidth) {
    return;
  }
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d").drawImage(video, 0, 0);
  canvas.toBlob((blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${asset.name}-${new Date(time).toISOString().replaceAll(":", "")}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }, "image/png");
}

/* ---------------- Export ---------------- */

function setMark(start, end) {
  mark = { start, end };
  strip.mark(start, end);
  const complete = start !== null && end !== null && end > start;
  const link = element("export");
  link.setAttribute("aria-disabled", String(!complete));
  element("unmark").hidden = start === null && end === null;
  if (complete) {
    link.href = exportUrl(asset.locator, start, end);
    element("range").textContent = `${clockText(start)} – ${clockText(end)} (${durationText(end - start)})`;
  } else {
    link.removeAttribute("href");
    element("range").textContent =
      start !== null && end !== null ? "The end is before the start" : start !== null ? `From ${clockText(start)}` : end !== null ? `Until ${clockText(end)}` : "";
  }
}

async function exportRange(event) {
  event?.preventDefault();
  const url = element("export").getAttribute("href");
  if (!url) {
    return;
  }
  const problem = await exportProblem(url).catch(() => "the recorder does not answer");
  if (problem) {
    element("range").textContent = `Cannot export: ${problem}`;
    return;
  }
  const link = document.createElement("a");
  link.href = url;
  link.download = `${asset.name}-${new Date(mark.start).toISOString().replaceAll(":", "")}.mp4`;
  link.click();
}

/* ---------------- What is shown all the time ---------------- */

function tick() {
  const now = player.wallClock();
  setText("time", now === null ? "--:--:--" : clockText(now, 10));
  setText("date-text", now === null ? "" : `${dateText(now)} ${isUtc() ? "UTC" : "local"}`);
  setIcon("play", video.paused ? "play" : "pause");
  setIcon("mute", video.muted ? "muted" : "sound");
  const waiting = player.isWaiting() && element("message").hidden;
  const atEdge = player.atLiveEdge() && !video.paused;
  element("live").classList.toggle("at-edge", atEdge);
  element("badge").hidden = !atEdge || waiting;
  showWaiting(waiting);
  strip.cursor(now);
  element("strip").setAttribute("aria-valuetext", now === null ? "" : clockText(now));
  requestAnimationFrame(tick);
}

let waitingSince = null;

function showWaiting(waiting) {
  waitingSince = waiting ? (waitingSince ?? performance.now()) : null;
  const lasts = waitingSince === null ? 0 : performance.now() - waitingSince;
  element("waiting").hidden = lasts < 600;
  setText("waiting-text", player.atLiveEdge() && lasts > 3000 ? "No picture from the camera" : "Loading…");
}

function setText(id, text) {
  if (element(id).textContent !== text) {
    element(id).textContent = text;
  }
}

function setIcon(id, name) {
  const use = element(id).querySelector("use");
  if (use.getAttribute("href") !== `#icon-${name}`) {
    use.setAttribute("href", `#icon-${name}`);
  }
}

/* ---------------- Wiring ---------------- */

const keys = {
  " ": togglePlay,
  ArrowLeft: () => step(-10),
  ArrowRight: () => step(10),
  ",": () => stepFrame(-1),
  ".": () => stepFrame(1),
  l: live,
  u: changeZone,
  m: () => (video.muted = !video.muted),
  f: toggleFullscreen,
  t: toggleTheme,
  s: saveSnapshot,
  e: exportRange,
  "[": () => setMark(player.wallClock(), mark.end),
  "]": () => setMark(mark.start, player.wallClock()),
  Escape: () => setMark(null, null),
  "+": () => strip.zoom(0.5, player.wallClock()),
  "-": () => strip.zoom(2, player.wallClock()),
  PageUp: () => showDay(dayAfter(day, -1)),
  PageDown: () => showDay(dayAfter(day, 1)),
};

function changeZone() {
  toggleZone();
  element("zone").textContent = isUtc() ? "UTC" : "Local time";
  setMark(mark.start, mark.end);
  drawAssets();
  showDay(dayOf(player.wallClock() ?? day + DAY / 2));
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
  localStorage.setItem("theme", root.dataset.theme);
  strip.draw();
}

const buttons = {
  play: togglePlay,
  back: keys.ArrowLeft,
  forward: keys.ArrowRight,
  live,
  zone: changeZone,
  mute: keys.m,
  fullscreen: toggleFullscreen,
  snapshot: saveSnapshot,
  theme: toggleTheme,
  "previous-day": keys.PageUp,
  "next-day": keys.PageDown,
  "mark-in": keys["["],
  "mark-out": keys["]"],
  unmark: keys.Escape,
  export: exportRange,
};
for (const [id, action] of Object.entries(buttons)) {
  element(id).addEventListener("click", action);
}
for (const button of element("zoom").children) {
  button.addEventListener("click", () => strip.zoomTo(Number(button.dataset.hours) * 3_600_000));
}
video.addEventListener("click", togglePlay);
element("filter").addEventListener("input", drawAssets);
element("date").addEventListener("change", (event) => {
  const chosen = parseDate(event.target.value);
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
  const pressesButton = (event.key === " " || event.key === "Enter") && /^(BUTTON|A)$/.test(event.target.tagName);
  if (action && !pressesButton) {
    event.preventDefault();
    action();
  }
});

if (localStorage.getItem("theme")) {
  document.documentElement.dataset.theme = localStorage.getItem("theme");
}
window.archive = { player, strip };
showZoom(DAY);
await keepRefreshing();
setInterval(() => refreshDay().catch(() => {}), REFRESH);
tick();
