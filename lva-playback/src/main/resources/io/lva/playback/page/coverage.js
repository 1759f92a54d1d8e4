import { durationText, isPlanned } from "./format.js";

/** The length of what any of some spans of time covers between two instants. */
function covered(spans, start, end) {
  let length = 0;
  let reached = start;
  for (const span of [...spans].sort((one, other) => one.start - other.start)) {
    const until = Math.min(span.end, end);
    length += Math.max(0, until - Math.max(span.start, reached));
    reached = Math.max(reached, until);
  }
  return length;
}

/**
 * How much between two instants is recorded and how much is missing, in milliseconds, and the gaps in which it is. A short
 * outage is bridged by its last picture: it can be played, and is missing all the same.
 */
export function coverage(ranges, gaps, start, end) {
  const holes = gaps.filter((gap) => gap.step >= 0);
  const unwanted = gaps.filter((gap) => !isPlanned(gap));
  const recorded = covered([...ranges, ...holes], start, end) - covered(holes, start, end);
  return { recorded, missing: covered(unwanted, start, end), gaps: unwanted };
}

export const countText = (gaps) => (gaps.length === 1 ? "1 gap" : `${gaps.length} gaps`);

/** What is missing, as the end of a sentence; empty where nothing is. */
export const missingText = ({ missing, gaps }) => (gaps.length ? `, ${durationText(missing)} missing` : "");
