// The page of a picture, where a script may run: the arrows and a swipe lead to the pictures around it without leaving
// the page, and so without leaving full screen.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

const swipe = 60; // pixels

let listening; // the listeners of the page that was shown before

export function start(photo, { announce, refresh }) {
  listening?.abort();
  listening = new AbortController();
  const { signal } = listening;
  const frame = () => $("#picture-frame", photo);

  const go = async way => {
    const link = $(`[data-way=${way}]`, photo);
    if (!link) return;
    try {
      await refresh(link.href, to => history.pushState(null, "", to));
      announce($("h1", photo).textContent);
      preload(photo);
    } catch {
      location.assign(link.href);
    }
  };
  const fullScreen = () => document.fullscreenElement ? document.exitFullscreen() : photo.requestFullscreen?.();
  const keys = {
    ArrowLeft: () => go("previous"), ArrowRight: () => go("next"),
    f: fullScreen, F: fullScreen,
    Escape: () => { if (!document.fullscreenElement) location.assign(photo.dataset.wall); },
    "?": () => { const list = $(".keys", photo); list.open = !list.open; },
  };
  document.addEventListener("keydown", event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest("input, textarea, select, dialog, [popover]")) return;
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  }, { signal });
  photo.addEventListener("click", event => {
    if (event.target.closest("[data-full-screen]")) return fullScreen();
    const link = event.target.closest("[data-way]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(link.dataset.way);
  }, { signal });

  let from;
  photo.addEventListener("touchstart", event => {
    from = event.touches.length === 1 && frame().contains(event.target) ? event.touches[0] : null;
  }, { signal, passive: true });
  photo.addEventListener("touchend", event => {
    const to = event.changedTouches[0];
    if (!from || Math.abs(to.clientX - from.clientX) < swipe || Math.abs(to.clientY - from.clientY) > swipe) return;
    if ((window.visualViewport?.scale ?? 1) === 1) go(to.clientX < from.clientX ? "next" : "previous");
  }, { signal, passive: true });
  preload(photo);
}

/** Fetches what the neighbours show before somebody goes there. */
function preload(photo) {
  for (const { dataset } of $$("[data-preload]", photo)) new Image().src = dataset.preload;
}
