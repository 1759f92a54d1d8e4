import { recordedDays } from "./api.js";
import { element, make } from "./dom.js";
import { dateText, dayAfter, dayOf, monthOf, parseDate, weekdayOf } from "./format.js";

const WEEKDAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const MONTHS = [
  "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
];
const DAYS_BY_KEY = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** Between the calendar and what is around it, in CSS pixels. */
const MARGIN = 6;

const monthText = (date) => `${MONTHS[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;

const nextMonth = (month) => monthOf(dayAfter(month, 31));

/** A month in which the recorded days are marked. */
export class Calendar {
  #pick;
  #asset = null;
  #month = 0;
  #chosen = 0;

  /** @param pick told the day that somebody wants to see */
  constructor(pick) {
    this.#pick = pick;
    element("calendar-open").addEventListener("click", () => this.toggle());
    element("previous-month").addEventListener("click", () => this.#show(monthOf(this.#month - 1)));
    element("next-month").addEventListener("click", () => this.#show(nextMonth(this.#month)));
    element("calendar").addEventListener("keydown", (event) => this.#onKey(event));
    addEventListener("resize", () => this.#place());
    document.addEventListener("pointerdown", (event) => event.target.closest("#calendar, #calendar-open") ?? this.#close());
  }

  /** Takes the asset and the day that are shown. */
  follow(asset, day) {
    this.#asset = asset;
    this.#chosen = day;
    const calendar = element("calendar");
    if (!calendar.hidden) {
      this.#show(monthOf(day), calendar.contains(document.activeElement) ? day : null);
    }
  }

  toggle() {
    const opens = element("calendar").hidden;
    element("calendar").hidden = !opens;
    element("calendar-open").setAttribute("aria-expanded", String(opens));
    if (opens) {
      this.#show(monthOf(this.#chosen), /* focus= */ this.#chosen);
    }
  }

  #close() {
    if (!element("calendar").hidden) {
      this.toggle();
    }
  }

  async #show(month, focus = null) {
    this.#month = month;
    const date = dateText(month);
    element("month").textContent = monthText(date);
    this.#draw(new Set());
    this.#focus(focus);
    const asset = this.#asset;
    const recorded = asset?.end ? await recordedDays(asset.locator, month, dayAfter(nextMonth(month), -1)).catch(() => []) : [];
    if (month === this.#month && asset === this.#asset) {
      const focused = document.activeElement?.dataset?.day;
      this.#draw(new Set(recorded));
      this.#focus(focused === undefined ? null : Number(focused));
    }
  }

  #draw(recorded) {
    const items = WEEKDAYS.map((name) => make("span", { className: "weekday", ariaHidden: "true" }, name));
    for (let day = this.#month; monthOf(day) === this.#month; day = dayAfter(day, 1)) {
      const date = dateText(day);
      const number = String(Number(date.slice(8)));
      const button = make("button", { type: "button" }, number);
      button.dataset.day = day;
      button.ariaLabel = `${number} ${monthText(date)}${recorded.has(date) ? ", recorded" : ""}`;
      button.classList.toggle("has-media", recorded.has(date));
      button.setAttribute("aria-current", day === this.#chosen ? "date" : "false");
      button.addEventListener("click", () => {
        this.#close();
        this.#pick(day);
      });
      items.push(button);
    }
    items[WEEKDAYS.length].classList.add(`column-${weekdayOf(this.#month)}`);
    element("days").replaceChildren(...items);
    this.#place();
  }

  /** Puts the calendar below its button, or higher where it would reach out of the window. */
  #place() {
    const calendar = element("calendar");
    const row = calendar.parentElement.getBoundingClientRect();
    const lowest = innerHeight - MARGIN - calendar.offsetHeight - row.top;
    calendar.style.top = `${Math.max(MARGIN - row.top, Math.min(row.height + MARGIN, lowest))}px`;
  }

  #focus(day) {
    element("days").querySelector(`[data-day="${day}"]`)?.focus();
  }

  #onKey(event) {
    const step = DAYS_BY_KEY[event.key];
    if (event.key === "Escape") {
      this.#close();
      element("calendar-open").focus();
    } else if (step && event.target.dataset.day) {
      const day = dayOf(dayAfter(Number(event.target.dataset.day), step));
      monthOf(day) === this.#month ? this.#focus(day) : this.#show(monthOf(day), day);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

/** The day that a text such as 2026-11-20 names; null for other texts, and for days that the calendar does not have. */
export function typedDay(text) {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text.trim()) ? parseDate(text.trim()) : NaN;
  return day >= 0 && dateText(day) === text.trim() ? day : null;
}
