import { element, make } from "./dom.js";

/**
 * Binds keys to actions and lists them in the help.
 *
 * @param bindings [key, what it does, action], with a fourth element for how the key is called
 */
export function bindKeys(bindings) {
  const actions = new Map(bindings.map(([key, , action]) => [key, action]));
  document.addEventListener("keydown", (event) => {
    const action = actions.get(event.key.length === 1 ? event.key.toLowerCase() : event.key);
    if (action && !isTaken(event)) {
      event.preventDefault();
      action();
    }
  });
  for (const [key, text, , name = key.toUpperCase()] of bindings) {
    element("keys").append(make("dt", {}, make("kbd", {}, name)), make("dd", {}, text));
  }
  element("help").addEventListener("click", () => element("help-dialog").showModal());
  element("help-dialog").addEventListener("click", (event) => event.target === event.currentTarget && event.target.close());
}

/** Whether the key means something to the element that has the focus. */
function isTaken(event) {
  const { target, key } = event;
  return (
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    element("help-dialog").open ||
    /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) ||
    ((key === " " || key === "Enter") && /^(BUTTON|A|SUMMARY)$/.test(target.tagName))
  );
}
