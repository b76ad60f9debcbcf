// What keys do on a page where something plays. Whom single keys get in the way, because they speak to the computer or
// press one by accident, switches them off in the list of keys.

import { showNext } from "./player_subtitles.js";

const $ = (selector, root = document) => root.querySelector(selector);

const step = 10; // seconds
const louder = 0.1;

let listening; // the listeners of the page that was shown before

export function start(list, { announce }) {
  listening?.abort();
  listening = new AbortController();
  const tick = $("[data-keys]", list);
  tick.checked = wanted();
  tick.addEventListener("change", () => want(tick.checked));
  document.addEventListener("keydown", event => {
    const media = $("[data-player] :is(video, audio)");
    if (!media || !tick.checked || isBusy(event)) return;
    const run = actions(media, list, announce)[event.key.toLowerCase()];
    if (!run) return;
    event.preventDefault();
    run();
  }, { signal: listening.signal });
}

/** Whether the key belongs to something else: a field, a menu, or a button that the space bar presses. */
function isBusy(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  const target = event.target instanceof Element ? event.target : document.body;
  if (onTelevision(event, target)) return true;
  if (target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog, [popover]")) return true;
  return event.key === " " && target.closest("a, button, summary, input") !== null;
}

/** On a television the arrows move the focus, and only what plays, while it has the focus, is wound by those to the sides. */
function onTelevision(event, target) {
  if (document.documentElement.dataset.tv === undefined) return false;
  return /^Arrow(Up|Down)$/.test(event.key) || event.key.startsWith("Arrow") && !target.matches("video, audio");
}

function actions(media, list, announce) {
  const seek = to => { if (Number.isFinite(media.duration)) media.currentTime = Math.min(Math.max(to, 0), media.duration); };
  const turn = by => {
    media.volume = Math.min(Math.max(media.volume + by, 0), 1);
    announce(`${Math.round(media.volume * 100)} percent`);
  };
  const toggle = () => media.paused ? media.play().catch(() => {}) : media.pause();
  const go = way => $(`[data-way=${way}]`)?.click();
  const keys = {
    " ": toggle, k: toggle,
    arrowleft: () => seek(media.currentTime - step), j: () => seek(media.currentTime - step),
    arrowright: () => seek(media.currentTime + step), l: () => seek(media.currentTime + step),
    arrowup: () => turn(louder), arrowdown: () => turn(-louder),
    mediaplaypause: toggle, mediaplay: () => media.play().catch(() => {}), mediapause: () => media.pause(),
    m: () => { media.muted = !media.muted; announce(media.muted ? "Sound off" : "Sound on"); },
    n: () => go("next"), p: () => go("previous"),
    "?": () => { list.open = !list.open; if (list.open) $("summary", list).focus(); },
  };
  for (let tenth = 0; tenth < 10; tenth++) keys[tenth] = () => seek(media.duration * tenth / 10);
  if (media.localName === "video") {
    keys.f = () => document.fullscreenElement ? document.exitFullscreen() : media.closest("[data-player]").requestFullscreen?.();
    keys.c = () => announce(showNext(media));
  }
  return keys;
}

const wanted = () => {
  try {
    return localStorage.getItem("keys") !== "off";
  } catch {
    return true; // Storage is switched off.
  }
};

function want(keys) {
  try {
    localStorage.setItem("keys", keys ? "on" : "off");
  } catch {
    // Storage is switched off: it holds for this page.
  }
}
