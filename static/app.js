// What makes the pages better where a script may run. Every page works without it: each part below looks for an
// attribute that starts with "data-" and improves what the browser would do by itself. The listeners sit on the
// document, so parts that are swapped in later need no wiring.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const byId = id => document.getElementById(id);

/** Calls listener(event, element) for events inside an element that matches the selector. */
function on(type, selector, listener, capture = false) {
  document.addEventListener(type, event => {
    const element = event.target instanceof Element && event.target.closest(selector);
    if (element) listener(event, element);
  }, capture);
}

/** Waits until nobody has called for so many milliseconds. */
function settle(delay, run) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(run, delay, ...args);
  };
}

async function fetchPage(address, options) {
  const response = await fetch(address, { headers: { Accept: "text/html" }, ...options });
  const type = response.headers.get("Content-Type") ?? "";
  if (!type.startsWith("text/html")) throw new Error(`${address} is not a page but ${type}`);
  return { response, page: new DOMParser().parseFromString(await response.text(), "text/html") };
}

const withoutHash = address => address.split("#")[0];

/** The address of what is on the screen; it differs from location only while the browser goes back or forward. */
let shown = withoutHash(location.href);

addEventListener("popstate", () => {
  if (withoutHash(location.href) !== shown) location.reload();
});

/** Shows the page that answered a form, as if the browser had sent the form itself. */
function showPage(page, response) {
  if (response.redirected) {
    history.pushState(null, "", response.url);
    shown = withoutHash(response.url);
  }
  document.title = page.title;
  document.body.replaceWith(page.body);
  if (page.documentElement.dataset.theme !== undefined) paint(page.documentElement.dataset.theme);
  scrollTo(0, 0);
  $("[autofocus]")?.focus();
  ready();
}

/** Has a screen reader say the text. */
function announce(text) {
  let voice = byId("voice");
  if (!voice) {
    voice = Object.assign(document.createElement("div"), { id: "voice", className: "spoken", role: "status" });
    document.body.append(voice);
  }
  voice.textContent = "";
  setTimeout(() => { voice.textContent = text; }, 60);
}

// Live search: form[data-live] asks again while typing, and swaps every [data-live-region] by its id.

let asked = 0;

/** Draws the regions of another page in the place of this one's, and answers that page. */
async function refresh(address, remember) {
  const turn = ++asked;
  const regions = $$("[data-live-region]");
  regions.forEach(region => region.setAttribute("aria-busy", "true"));
  const { response, page } = await fetchPage(address);
  if (turn !== asked) return;
  const fresh = regions.map(region => page.getElementById(region.id));
  if (!response.ok || fresh.includes(null)) throw new Error(`${address} has another shape`);
  remember(address);
  shown = withoutHash(address);
  document.title = page.title;
  regions.forEach((region, i) => swap(region, fresh[i]));
  countSelected();
  const status = $("[data-live-region] [data-live-status]");
  if (status) announce(status.textContent.trim());
  return page;
}

/** Puts the fresh element in the place of the old one, and the focus with it when it was inside: on what is chosen now. */
function swap(old, fresh) {
  const focused = old.contains(document.activeElement);
  old.replaceWith(fresh);
  if (!focused) return;
  fresh.tabIndex = -1;
  ($("a[aria-current]", fresh) ?? fresh).focus({ preventScroll: true });
}

function addressOf(form) {
  const address = new URL(form.getAttribute("action"), location.href);
  const typed = [...new FormData(form)].filter(([, value]) => value !== "");
  address.search = new URLSearchParams(typed);
  return address.href;
}

function search(form) {
  const address = addressOf(form);
  if (address === shown) return;
  refresh(address, to => history.replaceState({ live: true }, "", to)).catch(() => location.assign(address));
}

const searchSoon = settle(150, search);

on("input", "form[data-live]", (event, form) => {
  if (event.target.matches("select")) search(form);
  else searchSoon(form);
});
on("submit", "form[data-live]", (event, form) => {
  event.preventDefault();
  search(form);
});
on("click", "a[data-live-link]", (event, link) => {
  if (opensElsewhere(event)) return;
  event.preventDefault();
  refresh(link.href, to => history.pushState({ live: true }, "", to))
    .then(() => $("[data-live-region]")?.scrollIntoView({ block: "nearest" }))
    .catch(() => location.assign(link.href));
});

const opensElsewhere = event =>
  event.defaultPrevented || event.button > 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;

/** Other scripts ask for what is on the screen anew, where it has changed on the server. */
document.addEventListener("usher:changed", () => {
  refresh(shown, () => {}).catch(() => {}); // The next change asks again.
});

// Confirmation: [data-dialog] brings the [data-dialog-body] of the next page into a dialog on this one.

function openDialog(body, opener) {
  if ($("dialog.dialog")) return;
  const dialog = Object.assign(document.createElement("dialog"), { className: "dialog" });
  const heading = $("h1, h2", body);
  if (heading) {
    heading.id ||= "dialog-title";
    dialog.setAttribute("aria-labelledby", heading.id);
  }
  dialog.append(document.adoptNode(body));
  dialog.addEventListener("close", () => {
    dialog.remove();
    // An opener inside a menu is out of sight again: the button of that menu is where the hands were.
    const menu = opener.closest("[popover]");
    (menu ? $(`[popovertarget="${menu.id}"]`) : opener)?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  $("[data-cancel]", dialog)?.focus();
}

on("click", "dialog [data-cancel]", (event, cancel) => {
  event.preventDefault();
  cancel.closest("dialog").close();
});
on("click", "a[data-dialog]", async (event, link) => {
  if (opensElsewhere(event)) return;
  event.preventDefault();
  try {
    const { page } = await fetchPage(link.href);
    openDialog($("[data-dialog-body]", page), link);
  } catch {
    location.assign(link.href);
  }
});
document.addEventListener("submit", async event => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || !submitter?.matches("button[data-dialog]")) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, submitter));
  // form.action would be a button of that name.
  const action = submitter.getAttribute("formaction") ?? form.getAttribute("action");
  try {
    const { response, page } = await fetchPage(action, { method: "POST", body });
    const question = $("[data-dialog-body]", page);
    if (question) openDialog(question, submitter);
    else showPage(page, response);
  } catch {
    announce("The server did not answer. Please try again.");
  }
});

// Forms go out once: a second press while the first is under way does nothing.

document.addEventListener("submit", event => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  // The pressed button belongs to what is sent, so it is disabled only after that is gathered.
  setTimeout(() => {
    if (!event.submitter) return;
    event.submitter.disabled = true;
    event.submitter.dataset.sent = "yes";
  });
});
addEventListener("pageshow", () => {
  for (const element of $$("[data-sent]")) {
    delete element.dataset.sent;
    element.disabled = false;
  }
});

// Passwords: how hard to guess, said while typing; and a look at what was typed.

let judged = 0;

const judge = settle(200, async input => {
  const out = byId(input.dataset.strengthOut);
  const turn = ++judged;
  if (input.value === "") {
    out.className = "strength";
    out.textContent = "";
    return;
  }
  const body = new URLSearchParams({ password: input.value });
  for (const name of (input.dataset.strengthAbout ?? "").split(/[\s,]+/).filter(Boolean)) {
    body.set(name, input.form.elements.namedItem(name)?.value ?? "");
  }
  const response = await fetch("/password-strength", { method: "POST", body }).catch(() => null);
  if (turn !== judged || !response?.ok) return;
  const { score, text } = await response.json();
  if (turn !== judged) return;
  out.className = `strength m${score}`;
  out.textContent = text;
});

on("input", "input[data-strength]", (event, input) => judge(input));

on("click", "button[data-reveal]", (event, button) => {
  const input = byId(button.dataset.reveal);
  const shown = input.type === "password";
  input.type = shown ? "text" : "password";
  button.setAttribute("aria-pressed", shown);
  $(".i", button)?.classList.replace(shown ? "eye" : "eye-off", shown ? "eye-off" : "eye");
});

// Copying: plain http at home has no clipboard API, so the old way stands behind it.

on("click", "button[data-copy]", async (event, button) => {
  const input = byId(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(input.value);
  } catch {
    input.select();
    if (!document.execCommand("copy")) {
      announce("Select the text and copy it.");
      return;
    }
    button.focus();
  }
  const label = $("[data-label]", button) ?? button;
  const before = label.textContent;
  if (before === "Copied") return;
  label.textContent = "Copied";
  announce("Copied");
  setTimeout(() => { label.textContent = before; }, 2500);
});

// Ticking many: input[data-select-all="id"] speaks for every checkbox of that name in its section that can be ticked.

const ticksOf = all => $$(`input[type=checkbox][name="${all.dataset.selectAll}"]:enabled`, all.closest("section") ?? document);

function countSelected() {
  for (const all of $$("input[data-select-all]")) {
    const ticks = ticksOf(all);
    const ticked = ticks.filter(tick => tick.checked).length;
    all.checked = ticks.length > 0 && ticked === ticks.length;
    all.indeterminate = ticked > 0 && ticked < ticks.length;
  }
  for (const out of $$("[data-selected-count]")) out.textContent = $$(".pick:checked", out.closest("form") ?? document).length;
}

on("change", "input[data-select-all]", (event, all) => {
  ticksOf(all).forEach(tick => { tick.checked = all.checked; });
});
on("change", "input[type=checkbox]", countSelected);

// Dependent blocks: a choice with data-shows="id" shows that block while it is chosen, data-hides="id" hides it.

function showDependents() {
  for (const choice of $$("[data-shows]")) {
    const block = byId(choice.dataset.shows);
    if (block) block.hidden = !choice.checked;
  }
  for (const choice of $$("[data-hides]")) {
    const block = byId(choice.dataset.hides);
    if (block) block.hidden = choice.checked;
  }
}

on("change", "input[type=checkbox], input[type=radio]", showDependents);

// Menus: focus goes in when one opens, and the arrows walk through it.

const itemsOf = menu => $$("a[href], button:not(:disabled)", menu).filter(item => item.checkVisibility());

on("toggle", ".menu-list[popover]", (event, menu) => {
  if (event.newState === "open") itemsOf(menu)[0]?.focus();
}, true);
on("keydown", ".menu-list[popover]", (event, menu) => {
  const items = itemsOf(menu);
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length).focus();
});

// A message that has been read makes room at a touch.

on("click", ".toast", (event, toast) => toast.remove());

// The look: a page of somebody who is signed in comes with theirs. Pages at the door follow what was last seen in this
// browser, and the system before that.

const root = document.documentElement;

function keepTheme(theme) {
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // Storage is switched off: the system decides at the door.
  }
}

function keptTheme() {
  try {
    return localStorage.getItem("theme") ?? "";
  } catch {
    return "";
  }
}

function paint(theme) {
  root.dataset.theme = theme;
  $$(".themes button").forEach(button => {
    button.setAttribute("aria-pressed", button.value === theme);
  });
}

function dress() {
  if (root.dataset.theme === undefined) paint(keptTheme());
  else keepTheme(root.dataset.theme);
}

on("click", ".themes button", async (event, button) => {
  event.preventDefault();
  const look = button.value;
  paint(look);
  keepTheme(look);
  const body = new URLSearchParams({ look });
  const response = await fetch(button.form.action, { method: "POST", body, keepalive: true, headers: { Accept: "application/json" } }).catch(() => null);
  if (!response?.ok) announce("The server did not answer: only this device remembers it.");
});

// Arrow keys move the focus on a television, as its browser calls itself, and where faces are picked.

const television = /Web0S|Tizen(?!.*Mobile)|SMART-?TV|BRAVIA|\bAFT[A-Z]|Google ?TV|Android TV|HbbTV|Viera|NetCast/i.test(navigator.userAgent);
if (television) root.dataset.tv = "";

async function startArrows() {
  if (!television && !$("[data-arrows]")) return;
  const { start } = await import("./arrows.js");
  start(television);
}

// What only some pages need is a file of its own: [data-script] names it, and its start is called with the element.

async function startScript(element) {
  const { start } = await import(element.dataset.script);
  start(element, { announce, settle, refresh });
}

/** Brings the tab of this page into view, where a phone has no room for them all. The page itself stays where it is. */
function showTab() {
  const tab = $(".tabs [aria-current]");
  if (!tab) return;
  const place = tab.getBoundingClientRect(), room = tab.parentElement.getBoundingClientRect();
  tab.parentElement.scrollLeft += (place.left + place.right - room.left - room.right) / 2;
}

function ready() {
  dress();
  showDependents();
  countSelected();
  showTab();
  $$("[data-script]").forEach(startScript);
  // A form that comes back begins at what is wrong with it, not at its first field.
  $("[aria-invalid=true]")?.focus();
  const toasts = $$(".toast").map(toast => toast.textContent.trim());
  if (toasts.length > 0) announce(toasts.join(" "));
  startArrows();
}

ready();
