// Arrow keys, for whoever has nothing else: on televisions, and where faces are picked. Each moves the focus to what is
// nearest in its direction, Enter presses, and the key for going back goes back. app.js starts this.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

const reachable = "a[href]:not(.skip), button, input:not([type=hidden]), select, textarea, summary, video[controls], audio[controls]";
const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// What remotes send for going back: by name, and by the codes of webOS and Tizen, which have no name.
const backKeys = ["Escape", "GoBack", "BrowserBack", "Backspace"];
const backCodes = [461, 10009];

const across = 3; // how much worse a thing beside the way is than one farther along it

let television; // not known before the first start

/** Listens, once; on a television, where there is no pointer, something has the focus from the beginning. */
export function start(onTelevision) {
  if (television === undefined) {
    television = onTelevision;
    // On the window: whatever else wants a key has had it by then.
    addEventListener("keydown", press);
  }
  if (television) begin();
}

function begin() {
  for (const input of $$(".pin-field:has(.keypad) input")) input.inputMode = "none"; // The keypad types, no keyboard has to cover it.
  const focused = document.activeElement;
  const keypad = focused?.closest(".pin-field:has(.keypad)");
  if (keypad) focus($(".keypad button", keypad));
  else if (!focused || focused === document.body) focus(first());
}

/** What one most likely wants. A field comes last: many televisions cover half the page with a keyboard for it. */
function first() {
  const things = reach($("main") ?? document.body).filter(thing => !thing.matches(".crumb"));
  return things.find(thing => thing.matches(".button.primary")) ?? things.find(thing => !typed(thing)) ?? things[0] ?? reach(document.body)[0];
}

function press(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
  const done = directions[event.key] ? move(event) : television && (goesBack(event) ? back() : event.key === "Enter" && choose(event.target));
  if (done) event.preventDefault();
}

function move(event) {
  const from = document.activeElement ?? document.body;
  const direction = directions[event.key];
  if (keeps(from, direction)) return false;
  return focus(from === document.body ? first() : nearest(from, direction));
}

function focus(thing) {
  if (!thing) return false;
  thing.focus({ preventScroll: true });
  thing.scrollIntoView({ block: "nearest", inline: "nearest" });
  return true;
}

/** What can have the focus: in the dialog or menu that is open, or on the page. */
function reach(within) {
  return $$(reachable, within).filter(thing => {
    if (thing.disabled || thing.tabIndex < 0 || thing.getClientRects().length === 0) return false;
    return getComputedStyle(thing).visibility === "visible" && inOpen(thing) === inOpen(within);
  });
}

const isOpenMenu = CSS.supports("selector(:popover-open)") ? thing => thing.matches(":popover-open") : () => false;

const inOpen = thing => thing.closest("dialog[open], [popover]");

const layer = () => $$("dialog[open]").at(-1) ?? $$("[popover]").find(isOpenMenu) ?? document.body;

/** The nearest thing in a direction. */
function nearest(from, direction) {
  const here = from.getBoundingClientRect();
  let best = null;
  let least = Infinity;
  for (const thing of reach(layer())) {
    if (thing === from) continue;
    const far = distance(here, thing.getBoundingClientRect(), direction);
    if (far < least) [best, least] = [thing, far];
  }
  return best;
}

/** How far it is from one box to another in a direction: between their edges, and besides, how far one would have to
 *  go aside. Infinity for what does not lie there. */
function distance(from, to, [x, y]) {
  const [ahead, aside] = x !== 0 ? ["horizontal", "vertical"] : ["vertical", "horizontal"];
  const way = x + y;
  const [a, b] = [span(from, ahead), span(to, ahead)];
  const [c, d] = [span(from, aside), span(to, aside)];
  const between = way > 0 ? b.start - a.end : a.start - b.end;
  // Boxes may overlap a little, as those of rows do.
  if ((b.middle - a.middle) * way <= 0 || between < -Math.min(a.size, b.size) / 2) return Infinity;
  const gap = Math.max(0, d.start - c.end, c.start - d.end);
  return Math.max(between, 0) + across * gap + Math.abs(d.middle - c.middle) / 10;
}

function span(box, axis) {
  const [start, end] = axis === "horizontal" ? [box.left, box.right] : [box.top, box.bottom];
  return { start, end, middle: (start + end) / 2, size: end - start };
}

const typed = thing => thing.matches("textarea, input:not([type=checkbox], [type=radio], [type=range], [type=submit], [type=button], [type=file])");

/** Whether the element needs the arrow for itself. */
function keeps(thing, [x, y]) {
  if (thing.matches("select")) return y !== 0;
  if (thing.matches("[type=range], audio")) return x !== 0;
  if (thing.matches("video")) return x !== 0 || document.fullscreenElement !== null;
  if (thing.matches("[type=radio]")) return y !== 0 && hasNext(thing, y);
  if (thing.matches("[type=number], [type=date], [type=time], [type=datetime-local]")) return thing.value !== "";
  if (!typed(thing)) return false;
  return y === 0 || thing.matches("textarea") ? !atEnd(thing, x + y) : false;
}

function hasNext(radio, way) {
  const group = $$(`input[type=radio][name="${CSS.escape(radio.name)}"]`, radio.form ?? document);
  return group[group.indexOf(radio) + way] !== undefined;
}

/** Whether the caret is where the text ends in this direction. Fields for e-mail tell nobody where it is. */
function atEnd(field, way) {
  if (field.value === "" || field.selectionStart === null) return field.value === "";
  const end = way > 0 ? field.value.length : 0;
  return field.selectionStart === end && field.selectionEnd === end;
}

function goesBack(event) {
  if (event.key === "Backspace" && typed(event.target)) return false;
  return backKeys.includes(event.key) || backCodes.includes(event.keyCode);
}

/** Closes what is open, or else goes back; on the first page the television itself has the key. */
function back() {
  const open = layer();
  if (open.matches("dialog")) open.close();
  else if (open !== document.body) open.hidePopover();
  else if (document.fullscreenElement) document.exitFullscreen();
  else if (location.pathname === "/") return false;
  else history.back();
  return true;
}

/** Does what Enter does not do by itself. */
function choose(thing) {
  if (thing.matches("input:is([type=checkbox], [type=radio])")) thing.click();
  else if (thing.matches("select") && thing.showPicker) thing.showPicker();
  else if (thing.matches("video, audio")) thing.paused ? thing.play().catch(() => {}) : thing.pause();
  else return false;
  return true;
}
