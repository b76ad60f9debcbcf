// What plays on a page, where a script may run. The browser's own controls stay; this keeps the place where somebody
// stops, goes on to what comes next without leaving the page, and says in words why something does not play. app.js
// calls start for the [data-player] that names this file in data-script.

import { keepShown, showKept } from "./player_subtitles.js";
import { reason } from "./player_why.js";

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

const tellEvery = 5000;
const tryEvery = 3000;
const nextIn = 8; // seconds
const triesInARow = 3;

const headers = { Accept: "application/json" }; // errors, too
const lostText = "The connection to Usher is lost. It goes on by itself as soon as it is back.";

let listening; // the listeners of the page that was shown before

export function start(stage, tools) {
  listening?.abort();
  listening = new AbortController();
  const media = $("video, audio", stage);
  if (media) new Player(stage, media, tools).listen(listening.signal);
}

class Player {
  begun = false; // somebody has pressed play, so that Usher is told how far it is
  halted = false; // Usher has it end
  anew = false; // it is asked for again after that
  lost = false; // the connection
  tries = 0;

  constructor(stage, media, { announce, refresh }) {
    Object.assign(this, { stage, media, announce, refresh });
  }

  listen(signal) {
    const { media } = this;
    const on = (target, types, run) => types.split(" ").forEach(type => target.addEventListener(type, run, { signal }));
    on(media, "play", () => this.play());
    on(media, "pause seeked", () => { if (this.begun && !media.ended) this.tell(); });
    on(media, "playing", () => { this.tries = 0; });
    on(media, "ended", () => this.end());
    on(media, "error", () => this.explain());
    on(media.textTracks ?? media, "change", () => keepShown(media));
    on(document, "click", event => this.click(event));
    on(document, "submit", event => this.submit(event));
    on(window, "pagehide", () => this.leave());
    const clock = setInterval(() => { if (this.begun && !media.ended) this.tell(); }, tellEvery);
    signal.addEventListener("abort", () => { clearInterval(clock); clearTimeout(this.waiting); });
    this.prepare();
    if (location.hash === "#play") {
      history.replaceState(history.state, "", location.pathname + location.search);
      media.play().catch(() => {}); // Some browsers play only what was asked for on the page itself.
    }
  }

  /** What holds for the source that has just been set. */
  prepare() {
    const { media } = this;
    const type = media.dataset.type;
    this.part("unplayable").hidden = !type || media.canPlayType(type) !== "";
    showKept(media);
    if (!navigator.mediaSession) return;
    const { name, by, from } = this.stage.dataset;
    const artwork = [media.poster || $("img", this.stage)?.src].filter(Boolean).map(src => ({ src }));
    navigator.mediaSession.metadata = new MediaMetadata({ title: name, artist: by, album: from, artwork });
    for (const [action, way] of [["previoustrack", "previous"], ["nexttrack", "next"]]) {
      const link = $(`[data-way=${way}]`);
      navigator.mediaSession.setActionHandler(action, link && (() => this.go(link)));
    }
  }

  part(name) { return $(`[data-${name}]`, this.stage); }

  // Where it is.

  play() {
    this.stopCounting();
    this.begun = true;
    this.stage.dataset.begun = "yes";
    if (!this.halted) this.tell();
  }

  /** Where it is, or where it will begin once it is there. */
  get place() {
    const { media } = this;
    return media.readyState > 0 ? media.currentTime : Number(media.getAttribute("src")?.split("#t=")[1] ?? 0);
  }

  facts(state) {
    const { media, stage } = this;
    const facts = new URLSearchParams({ position: this.place.toFixed(1), part: stage.dataset.part, state });
    if (Number.isFinite(media.duration)) facts.set("length", media.duration.toFixed(1));
    if (this.anew) facts.set("anew", "yes");
    return facts;
  }

  /** Tells Usher how far it is. Whether it may go on is the answer. */
  async tell(state = this.media.paused ? "paused" : "playing") {
    if (this.halted && !this.anew || this.media.error || this.media.readyState === 0 && state !== "playing") return false;
    let response;
    try {
      response = await fetch(`${this.stage.dataset.home}/position`, { method: "POST", body: this.facts(state), headers });
    } catch {
      this.lose();
      return false;
    }
    this.anew &&= response.status !== 204;
    if (this.lost) this.find();
    if (response.ok || response.status >= 500) return response.ok;
    this.halt(await reason(response));
    return false;
  }

  /** The page is left: there is no time to wait for an answer. */
  leave() {
    if (!this.begun || this.halted || this.media.ended) return;
    navigator.sendBeacon(`${this.stage.dataset.home}/position`, this.facts("left"));
    this.begun = false;
  }

  // Why it does not play.

  /** Ends it, and says why. */
  halt({ text, to }) {
    if (this.halted) return;
    const { media } = this;
    this.at = this.place;
    this.halted = true;
    this.begun = false;
    if (document.fullscreenElement) document.exitFullscreen();
    media.pause();
    media.removeAttribute("src");
    media.load();
    this.part("says").textContent = text;
    this.part("again").dataset.to = to ?? "";
    this.part("again").textContent = to ? "Sign in" : "Try again";
    this.part("halted").hidden = false;
    this.announce(text);
  }

  /** Tries again where it ended. */
  async again() {
    const to = this.part("again").dataset.to;
    if (to) return location.assign(to);
    this.anew = true;
    if (!await this.tell("playing") && !this.lost) return;
    this.halted = false;
    this.anew = false;
    this.part("halted").hidden = true;
    this.load(this.at);
  }

  /** Asks for the bytes once more, and goes on where it was. */
  load(at) {
    const source = `${this.stage.dataset.home}/stream`;
    const part = this.stage.dataset.part;
    this.media.src = `${source}${part > 1 ? `?part=${part}` : ""}#t=${at}`;
    this.media.play().catch(() => {});
  }

  async explain() {
    const { media } = this;
    if (this.halted || !media.getAttribute("src")) return;
    this.at = this.place;
    let response;
    try {
      response = await fetch(media.src.split("#")[0], { headers: { ...headers, Range: "bytes=0-0" } });
    } catch {
      return this.lose();
    }
    if (!response.ok) return this.halt(await reason(response));
    await response.body?.cancel();
    if (media.error?.code === MediaError.MEDIA_ERR_NETWORK && this.tries++ < triesInARow) return this.load(this.at);
    this.begun = false;
    this.part("unplayable").hidden = false;
    this.announce($("p", this.part("unplayable")).textContent);
  }

  /** The connection is gone: what was fetched plays on, and the rest follows when it is back. */
  lose() {
    if (!this.lost) this.hint(lostText);
    this.lost = true;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(async () => {
      const back = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
      if (!this.lost) return;
      if (back?.ok) this.find();
      else this.lose();
    }, tryEvery);
  }

  find() {
    this.lost = false;
    clearTimeout(this.waiting);
    this.hint("");
    if (this.media.error) this.load(this.at);
  }

  hint(text) {
    const hint = this.part("hint");
    hint.textContent = text;
    hint.hidden = text === "";
    if (text) this.announce(text);
  }

  // What comes next.

  async end() {
    await this.tell("ended");
    this.begun = false;
    const link = $("[data-way=next]");
    if (!link || this.halted) return;
    if (link.hasAttribute("data-at-once")) return this.go(link);
    this.count(link, nextIn);
  }

  /** Goes on in so many seconds, unless somebody would rather stay. */
  count(link, left) {
    const box = this.part("up-next");
    if (box.hidden) this.announce(`${link.textContent.trim().replace(/\s+/g, " ")} begins in ${left} seconds.`);
    box.hidden = false;
    $("p", box).textContent = `${$("[data-way-name]", link).textContent} begins in ${left} ${left === 1 ? "second" : "seconds"}.`;
    this.counting = setTimeout(() => left > 1 ? this.count(link, left - 1) : this.go(link), 1000);
  }

  stopCounting() {
    clearTimeout(this.counting);
    const box = this.part("up-next");
    if (box) box.hidden = true;
  }

  /** Plays what a link leads to, on this page where that has the same shape. */
  async go(link) {
    this.stopCounting();
    const medium = this.media.localName;
    this.leave();
    let next;
    try {
      const page = await this.refresh(link.href, to => history.pushState(null, "", to));
      if (!page) return; // Somebody has gone elsewhere meanwhile.
      next = $("[data-player]", page);
    } catch {
      return location.assign(`${link.href}#play`);
    }
    const fresh = next && $(medium, next);
    if (!fresh) return location.reload();
    this.take(next, fresh);
    this.announce(next.dataset.name);
    this.media.play().catch(() => {});
  }

  /** Puts what another page would play on this one's stage: the element stays, and full screen with it. */
  take(next, fresh) {
    const { media, stage } = this;
    this.begun = this.halted = this.anew = false;
    Object.assign(stage.dataset, next.dataset);
    $$("[data-halted], [data-hint]", stage).forEach(part => { part.hidden = true; });
    for (const name of ["poster", "aria-label", "data-type"]) {
      if (fresh.hasAttribute(name)) media.setAttribute(name, fresh.getAttribute(name));
      else media.removeAttribute(name);
    }
    media.replaceChildren(...[...fresh.children].map(track => document.importNode(track)));
    this.part("unplayable").replaceWith(document.importNode($("[data-unplayable]", next), true));
    media.src = fresh.getAttribute("src");
    this.prepare();
  }

  // Buttons and links of the page.

  click(event) {
    const part = event.target instanceof Element ? event.target.closest("[data-play], [data-goes], [data-again], [data-up-next-now], [data-up-next-cancel]") : null;
    if (!part || event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (part.matches("[data-goes]")) this.go(part);
    else if (part.matches("[data-again]")) this.again();
    else if (part.matches("[data-up-next-now]")) this.go($("[data-way=next]"));
    else if (part.matches("[data-up-next-cancel]")) this.stopCounting();
    else this.media.play().catch(() => {});
  }

  /** A mark that somebody sets must not end what plays: the form is sent beside it, and what it changes drawn anew. */
  async submit(event) {
    const form = event.target.closest("form[data-mark]");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form, event.submitter));
    try {
      const response = await fetch(form.action, { method: "POST", body, redirect: "manual" });
      if (response.type !== "opaqueredirect") throw new Error(`${form.action} answers ${response.status}`);
      await this.refresh(location.href, () => {});
      $(`form[data-mark][action="${form.getAttribute("action")}"] button`)?.focus({ preventScroll: true });
    } catch {
      form.submit();
    }
  }
}
