/** The requests of the page; times are milliseconds since the Unix epoch. */

const base = (locator) => `${locator}/content.ism`;
const PATIENCE_MILLIS = 10_000;
const LONG_PATIENCE_MILLIS = 30_000;
const iso = (time) => new Date(time).toISOString();

export async function listAssets() {
  return (await json("assets")).assets.map((asset) => ({
    ...asset,
    start: asset.start && Date.parse(asset.start),
    end: asset.end && Date.parse(asset.end),
  }));
}

export async function availableMedia(locator, start, end) {
  const answer = await json(`${base(locator)}/availableMedia?precision=full&startTime=${iso(start)}&endTime=${iso(end)}`);
  return answer.timeRanges.map((range) => ({ start: Date.parse(range.start), end: Date.parse(range.end) }));
}

export async function gapsOf(locator, start, end) {
  const answer = await json(`${base(locator)}/gaps?startTime=${iso(start)}&endTime=${iso(end)}`);
  return answer.gaps.map((gap) => ({
    start: Date.parse(gap.start),
    end: gap.end ? Date.parse(gap.end) : Date.now(),
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

/** No request of the page waits for ever. */
function request(url, patience, options = {}) {
  return fetch(url, { cache: "no-store", signal: AbortSignal.timeout(patience), ...options });
}
