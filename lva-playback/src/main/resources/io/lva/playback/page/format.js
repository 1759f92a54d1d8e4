/** Texts for times; a time is milliseconds since the Unix epoch. */

export const DAY = 86_400_000;

let utc = false;

export const isUtc = () => utc;

export function restoreZone() {
  utc = localStorage.getItem("zone") === "utc";
}

export function toggleZone() {
  utc = !utc;
  localStorage.setItem("zone", utc ? "utc" : "local");
}

/** What to add to a time so that its UTC fields show the chosen zone. */
const shift = (time) => (utc ? 0 : -new Date(time).getTimezoneOffset() * 60_000);

/** Time of day: 1 for seconds, 10 for tenths. */
export function clockText(time, parts = 1) {
  const text = new Date(time + shift(time)).toISOString();
  return parts === 10 ? text.slice(11, 21) : text.slice(11, 19);
}

export const dateText = (time) => new Date(time + shift(time)).toISOString().slice(0, 10);

/** Where the day of a time begins, in the chosen zone. */
export function dayOf(time) {
  return utc ? Math.floor(time / DAY) * DAY : new Date(time).setHours(0, 0, 0, 0);
}

/** The start of the day a number of days later; a local day may have 23 or 25 hours. */
export function dayAfter(day, days) {
  return utc ? day + days * DAY : new Date(day).setDate(new Date(day).getDate() + days);
}

export function parseDate(text) {
  return utc ? Date.parse(`${text}T00:00:00Z`) : Date.parse(`${text}T00:00:00`);
}

/** The first day of the month of a time, in the chosen zone. */
export const monthOf = (time) => parseDate(`${dateText(time).slice(0, 7)}-01`);

/** The day of the week, from 0 for Monday. */
export const weekdayOf = (day) => (new Date(day + shift(day)).getUTCDay() + 6) % 7;

/** The instant of a time of day, such as 10:15:30, on a day; null for other texts. */
export function parseClock(day, text) {
  const fields = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text.trim());
  if (!fields || fields[1] > 23 || fields[2] > 59 || (fields[3] ?? 0) > 59) {
    return null;
  }
  const time = [fields[1], fields[2], fields[3] ?? 0].map(Number);
  return utc ? new Date(day).setUTCHours(...time, 0) : new Date(day).setHours(...time, 0); // a day may have 23 hours
}

/** The first multiple of a step at or after a time, as a clock on the wall counts. */
export function firstTick(time, step) {
  const offset = shift(time);
  return Math.ceil((time + offset) / step) * step - offset;
}

/** A length of time, rounded: tenths below 10 s, seconds below an hour, then minutes. */
export function durationText(millis) {
  const tenths = Math.round(millis / 100);
  const seconds = Math.round(millis / 1000);
  const minutes = Math.round(millis / 60_000);
  if (tenths < 100) {
    return `${(tenths / 10).toFixed(1)} s`;
  }
  if (seconds < 3600) {
    return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A time as part of a file's name. */
export const fileTime = (time) => new Date(time).toISOString().replaceAll(/[:-]|\.\d+/g, "");

/** Each cause of a gap, in words. */
export const CAUSES = {
  "camera-unreachable": "camera unreachable",
  authentication: "the camera refused the login",
  "stream-ended": "the camera closed the session",
  "no-media": "no picture from the camera",
  "packet-loss": "packets were lost",
  "waiting-for-sync": "waiting for a complete picture",
  "format-change": "the picture format changed",
  "clock-step": "the clock was set",
  backpressure: "the recorder was overloaded",
  "disk-full": "the disk was full",
  "storage-error": "the disk or store failed",
  "cache-overflow": "the cache was full",
  retention: "deleted, as it was too old",
  "gate-closed": "there was no event",
  operator: "recording was stopped",
  "node-failed": "a node of the graph failed",
  "process-stopped": "the recorder was not running",
  late: "media came too late",
};

/** The cause of a gap, in words. */
export const causeText = (gap) =>
  gap.step < 0 ? `the clock was set back by ${durationText(-gap.step)}; nothing is missing` : causesText(gap.causes);

/** Causes in words. */
export const causesText = (causes) => causes.map((cause) => CAUSES[cause] ?? cause.replaceAll("-", " ")).join(", ");

/** Whether nothing should have been recorded in a gap. */
export const isPlanned = (gap) => gap.step < 0 || gap.causes.every((cause) => cause === "operator" || cause === "gate-closed");
