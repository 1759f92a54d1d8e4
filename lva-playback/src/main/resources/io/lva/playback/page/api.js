/** The requests of the page; times are milliseconds since the Unix epoch. */

const base = (locator) => `${locator}/content.ism`;
const PATIENCE_MILLIS = 10_000;
const LONG_PATIENCE_MILLIS = 30_000;
const iso = (time) => new Date(time).toISOString();

let clockOffset = 0;

/** The time of the recorder's host: the clock of this device may be wrong. */
export const serverNow = () => Date.now() + clockOffset;

export async function listAssets() {
  const asked = Date.now();
  const answer = await json("assets");
  clockOffset = Date.parse(answer.now) - (asked + Date.now()) / 2;
  return answer.assets.map((asset) => ({
    ...asset,
    since: asset.since && Date.parse(asset.since),
    start: asset.start && Date.parse(asset.start),
    end: asset.end && Date.parse(asset.end),
  }));
}

export async function availableMedia(locator, start, end) {
  const answer = await json(`${base(locator)}/availableMedia?precision=full&startTime=${iso(start)}&endTime=${iso(end)}`);
  return answer.timeRanges.map((range) => ({ start: Date.parse(range.start), end: Date.parse(range.end) }));
}

const DAY = 86_400_000;
const MOST_DAYS = 31;
const date = (time) => iso(time).slice(0, 10);

/** The start of the recorded UTC day that is nearest to a time in one direction, or null. */
export async function recordedDay(asset, time, direction) {
  for (let from = time; from >= asset.start - DAY && from <= asset.end + DAY; from += direction * MOST_DAYS * DAY) {
    const ends = [from, from + direction * (MOST_DAYS - 1) * DAY].sort((a, b) => a - b);
    const { timeRanges } = await json(
      `${base(asset.locator)}/availableMedia?precision=day&startTime=${date(Math.max(0, ends[0]))}&endTime=${date(ends[1])}`,
    );
    if (timeRanges.length) {
      return Date.parse(direction > 0 ? timeRanges[0].start : timeRanges.at(-1).end);
    }
  }
  return null;
}

/** The recorded days of at most a month, as texts; in local time the UTC days that they begin in. */
export async function recordedDays(locator, start, end) {
  const { timeRanges } = await json(
    `${base(locator)}/availableMedia?precision=day&startTime=${date(start)}&endTime=${date(Math.min(end, start + (MOST_DAYS - 1) * DAY))}`,
  );
  const days = [];
  for (const range of timeRanges) {
    for (let day = Date.parse(range.start); day <= Date.parse(range.end); day += DAY) {
      days.push(date(day));
    }
  }
  return days;
}

export async function gapsOf(locator, start, end) {
  const answer = await json(`${base(locator)}/gaps?startTime=${iso(start)}&endTime=${iso(end)}`);
  return answer.gaps.map((gap) => ({
    start: Date.parse(gap.start),
    end: gap.end ? Date.parse(gap.end) : serverNow(),
    step: gap.clockStepMillis ?? 0,
    open: !gap.end,
    causes: gap.causes,
  }));
}

export function manifestUrl(locator, start, end) {
  const range = start === undefined ? "" : `,startTime=${iso(start)},endTime=${iso(end)}`;
  return `${base(locator)}/manifest(format=m3u8-cmaf${range}).m3u8`;
}

export function exportUrl(locator, start, end) {
  return `${base(locator)}/export(startTime=${iso(start)},endTime=${iso(end)}).mp4`;
}

/** Asks whether a range can be exported; returns what is in the way, or null. Four hours take a while to lay out. */
export async function exportProblem(url) {
  const response = await request(url, LONG_PATIENCE_MILLIS, { headers: { Range: "bytes=0-0" } });
  return response.ok ? null : (await response.text()).trim();
}

async function json(url) {
  const response = await request(url, PATIENCE_MILLIS);
  if (!response.ok) {
    throw new Error(`${response.status} for ${url}`);
  }
  return response.json();
}

/** Every request of the page has a time limit. */
function request(url, patience, options = {}) {
  return fetch(url, { cache: "no-store", signal: AbortSignal.timeout(patience), ...options });
}
