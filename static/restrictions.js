// The fields that restrict somebody, where a script may run: presets fill the form in at once, what stays visible is
// asked again after each change, and the hours become a week to paint on. app.js calls start for each element that
// names this file in data-script.

import { nameZones } from "./zones.js";

const dayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const fieldNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map(day => `hours_${day}`);
const hoursADay = 24;

export function start(root, { announce, settle }) {
  const form = root.closest("form");
  wirePresets(root);
  watchVisible(root, form, settle);
  nameZones(form.elements.namedItem("time_zone"));
  paintWeek(root, form, announce);
}

// Presets.

function wirePresets(root) {
  const buttons = [...root.querySelectorAll("button[name=preset]")];
  const rating = root.querySelector("[name=rating]");
  const ticks = [...root.querySelectorAll("[name=unrated]")];
  const kinds = button => button.dataset.unrated.split(" ").filter(Boolean);
  const fits = button => rating.value === button.dataset.rating && ticks.every(tick => tick.checked === kinds(button).includes(tick.value));
  const show = () => buttons.forEach(button => button.setAttribute("aria-pressed", fits(button)));
  for (const button of buttons) {
    button.addEventListener("click", event => {
      event.preventDefault();
      rating.value = button.dataset.rating;
      for (const tick of ticks) tick.checked = kinds(button).includes(tick.value);
      rating.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  root.addEventListener("change", show);
}

// What stays visible, and what the restrictions come to in words.

const accessNames = ["all_libraries", "library"];

function watchVisible(root, form, settle) {
  const out = root.querySelector("#stays");
  const words = root.closest("details")?.querySelector("summary > span");
  // Nothing else of the form is sent: a password may be on it.
  const names = new Set([...accessNames, ...[...root.querySelectorAll("[name]")].map(field => field.name)]);
  const state = () => new URLSearchParams([...new FormData(form)].filter(([name]) => names.has(name))).toString();
  let before = state();
  let turn = 0;
  const ask = settle(300, async () => {
    const now = state();
    if (now === before) return;
    const mine = ++turn;
    const body = new URLSearchParams(now);
    body.set("was", before);
    const response = await fetch(root.dataset.try, { method: "POST", body }).catch(() => null);
    if (mine !== turn || !response?.ok || response.redirected) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (mine !== turn) return;
    before = now;
    const summary = page.querySelector("[data-summary]");
    if (words && summary) words.textContent = summary.dataset.summary;
    if (page.body.textContent !== out.textContent) out.replaceChildren(...page.body.childNodes);
  });
  const changed = event => { if (root.contains(event.target) || accessNames.includes(event.target.name)) ask(); };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
}

// The browser knows the names of the time zones.

// The week. Seven days of 24 hours to paint on; what is painted stands in the fields below, which may hold half hours
// as well: an hour that is open in part shows so, and is left alone until it is painted itself.

const twoDigits = n => String(n).padStart(2, "0");
const clock = slot => `${twoDigits(slot >> 1)}:${slot & 1 ? "30" : "00"}`;

/** The half hour that a time of day begins; NaN for what is none. */
function slotOf(text) {
  const match = /^(\d{1,2})(?:[:.](00|30))?$/.exec(text.trim());
  const slot = match ? match[1] * 2 + (match[2] === "30") : NaN;
  return slot <= 48 ? slot : NaN;
}

/** Reads the fields into 7 times 48 half hours; null where one of them cannot be read. */
function readWeek(texts) {
  const week = texts.map(() => new Array(48).fill(false));
  for (const [day, typed] of texts.entries()) {
    const text = typed.trim().toLowerCase();
    if (text === "never") continue;
    for (const part of text === "" || text === "always" ? ["0-24"] : text.split(/[,;]/).filter(part => part.trim())) {
      const [from, to, more] = part.replace(/[–—−]| to /g, "-").split("-");
      const start = slotOf(from);
      let end = slotOf(to ?? "");
      if (more !== undefined || isNaN(start) || isNaN(end) || start === 48 || start === end) return null;
      if (end < start) end += 48;
      for (let slot = start; slot < end; slot++) week[(day + (slot >= 48)) % 7][slot % 48] = true;
    }
  }
  return week;
}

/** A day as its field has it. Windows are written day by day; saving joins those that touch at midnight. */
function dayText(slots) {
  if (slots.every(Boolean)) return "always";
  const windows = [];
  for (let slot = 0; slot < 48; slot++) {
    if (!slots[slot]) continue;
    const begin = slot;
    while (slot < 48 && slots[slot]) slot++;
    windows.push(`${clock(begin)}–${clock(slot)}`);
  }
  return windows.join(", ") || "never";
}

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

function paintWeek(root, form, announce) {
  const grid = root.querySelector("[data-week]");
  const fields = fieldNames.map(name => form.elements.namedItem(name));
  let week = readWeek(fields.map(field => field.value));
  const cells = buildGrid(grid);

  const state = (day, hour) => week[day][hour * 2] + week[day][hour * 2 + 1];
  const words = ["closed", "partly open", "open"];
  const name = (day, hour) => `${dayNames[day]} ${clock(hour * 2)} to ${clock(hour * 2 + 2)}, ${words[state(day, hour)]}`;
  function draw(day, hour) {
    const cell = cells[day][hour];
    cell.dataset.open = state(day, hour);
    cell.setAttribute("aria-label", name(day, hour));
  }
  function drawAll() {
    grid.hidden = week === null;
    if (week) cells.forEach((row, day) => row.forEach((_, hour) => draw(day, hour)));
  }
  function paint(cell, open) {
    const { day, hour } = placeOf(cell);
    if (state(day, hour) === (open ? 2 : 0)) return;
    week[day][hour * 2] = week[day][hour * 2 + 1] = open;
    draw(day, hour);
    // All of them: a window that crosses midnight stands in the field of another day.
    fields.forEach((field, each) => { field.value = dayText(week[each]); });
  }

  wirePointer(grid, paint);
  wireKeys(grid, cells, (cell, open) => {
    paint(cell, open);
    announce(cell.getAttribute("aria-label"));
    grid.dispatchEvent(new Event("change", { bubbles: true }));
  });
  for (const field of fields) {
    field.addEventListener("input", () => {
      week = readWeek(fields.map(each => each.value));
      drawAll();
    });
  }
  drawAll();
}

const placeOf = cell => ({ day: Number(cell.dataset.day), hour: Number(cell.dataset.hour) });
const isOpen = cell => cell.dataset.open === "2";

function buildGrid(grid) {
  grid.setAttribute("role", "grid");
  grid.setAttribute("aria-label", "Hours of the week");
  const hours = element("div", { className: "week-hours", ariaHidden: "true" }, element("span"));
  for (let hour = 0; hour < hoursADay; hour++) hours.append(element("span", { textContent: hour % 3 ? "" : twoDigits(hour) }));
  const cells = dayNames.map((dayName, day) => Array.from({ length: hoursADay }, (_, hour) => {
    const cell = element("div", { className: "hour", role: "gridcell", tabIndex: day + hour === 0 ? 0 : -1 });
    Object.assign(cell.dataset, { day, hour });
    return cell;
  }));
  const rows = cells.map((row, day) =>
    element("div", { className: "week-day", role: "row" }, element("span", { role: "rowheader", ariaLabel: dayNames[day], textContent: dayNames[day].slice(0, 3) }), ...row));
  grid.replaceChildren(hours, ...rows);
  return cells;
}

/** A press paints a cell the other way, and whatever it is drawn over becomes the same. */
function wirePointer(grid, paint) {
  let open = null;
  grid.addEventListener("pointerdown", event => {
    const cell = event.target.closest(".hour");
    if (!cell || event.button > 0) return;
    event.preventDefault();
    // A finger would keep sending to the cell where it began.
    if (cell.hasPointerCapture(event.pointerId)) cell.releasePointerCapture(event.pointerId);
    open = !isOpen(cell);
    focusCell(grid, cell);
    paint(cell, open);
  });
  function paintAt(event) {
    const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest(".hour");
    if (cell && grid.contains(cell)) paint(cell, open);
  }
  grid.addEventListener("pointermove", event => {
    if (open === null) return;
    for (const each of event.getCoalescedEvents?.() ?? [event]) paintAt(each);
  });
  const end = () => {
    if (open !== null) grid.dispatchEvent(new Event("change", { bubbles: true }));
    open = null;
  };
  grid.addEventListener("pointerup", end);
  grid.addEventListener("pointercancel", end);
  // Let go outside of the week, the pointer paints no more when it comes back.
  grid.addEventListener("pointerenter", event => { if (event.buttons === 0) end(); });
}

function focusCell(grid, cell) {
  grid.querySelector(".hour[tabindex='0']").tabIndex = -1;
  cell.tabIndex = 0;
  cell.focus({ preventScroll: true });
}

/** Arrows move, with shift they paint on; space and Enter turn a cell over. */
function wireKeys(grid, cells, paint) {
  grid.addEventListener("keydown", event => {
    const cell = event.target.closest(".hour");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      paint(cell, !isOpen(cell));
      return;
    }
    const { day, hour } = placeOf(cell);
    // On a narrow screen the days stand side by side.
    const turned = getComputedStyle(grid).getPropertyValue("--turned").trim() === "1";
    const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0], Home: [0, -hour], End: [0, 23 - hour] }[event.key];
    if (!step) return;
    event.preventDefault();
    const swap = turned && event.key.startsWith("Arrow");
    const [days, hours] = swap ? [step[1], step[0]] : step;
    const next = cells[day + days]?.[hour + hours];
    if (!next) return;
    const open = isOpen(cell);
    focusCell(grid, next);
    next.scrollIntoView({ block: "nearest" });
    if (event.shiftKey) paint(next, open);
  });
}
