import { dateText, dayAfter, dayOf, isUtc, parseDate } from "./format.js";

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

/** So many days are asked for at once. */
const MOST_DAYS = 31;

/** The recorded day that is nearest in one direction, the given one included; or null. */
export async function recordedDay(asset, day, direction) {
  const [oldest, newest] = [dayOf(asset.start), dayOf(asset.end)];
  let from = direction > 0 ? Math.max(day, oldest) : Math.min(day, newest);
  for (; from >= oldest && from <= newest; from = dayAfter(from, direction * MOST_DAYS)) {
    const [first, last] = [from, dayAfter(from, direction * (MOST_DAYS - 1))].sort((a, b) => a - b);
    const ranges = await recordedRanges(asset.locator, first, last);
    if (ranges.length) {
      return parseDate(direction > 0 ? ranges[0].start : ranges.at(-1).end);
    }
  }
  return null;
}

/** The recorded days from one day to another, at most 31, as texts. */
export async function recordedDays(locator, first, last) {
  const days = [];
  for (const range of await recordedRanges(locator, first, last)) {
    for (let day = parseDate(range.start); dateText(day) <= range.end; day = dayAfter(day, 1)) {
      days.push(dateText(day));
    }
  }
  return days;
}

/** Days are those of the zone that the page shows. */
async function recordedRanges(locator, first, last) {
  const zone = isUtc() ? "UTC" : Intl.DateTimeFormat().resolvedOptions().timeZone;
  const query = new URLSearchParams({ precision: "day", startTime: dateText(first), endTime: dateText(last), timeZone: zone });
  return (await json(`${base(locator)}/availableMedia?${query}`)).timeRanges;
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
