/** The part of the address after #: the name of an asset, and after @ an instant of it. */

const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** Without escapes; text that is escaped wrongly stays as it is. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What the address says: a name, empty without one; its time as text; and the instant, null without a time, NaN for what is none. */
export function addressed() {
  const [, name, time] = /^#?([^@]*)@?(.*)$/s.exec(location.hash).map(decoded);
  return { name, time, instant: time === "" ? null : INSTANT.test(time) ? Date.parse(time) : NaN };
}

/** Makes the address lead to what is shown; without an instant, to the newest picture. */
export function address(name, instant) {
  const time = instant === null ? "" : `@${new Date(instant).toISOString().replace(/\.\d+/, "")}`;
  history.replaceState(null, "", `#${encodeURIComponent(name)}${time}`);
}
