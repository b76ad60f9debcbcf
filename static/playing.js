// Keeps the page of what plays now fresh: the server tells of all plays whenever one begins, pauses, goes on or ends,
// and the page asks for its region anew where it shows something else.

const drawn = () => [...document.querySelectorAll("[data-play]")].map(({ dataset }) => `${dataset.play} ${dataset.state}`).join();

let events;

/** Listens for as long as the page is open. */
export function start() {
  if (events && events.readyState !== EventSource.CLOSED) return;
  events = new EventSource("/admin/playing/events?wait=1");
  events.addEventListener("playing", ({ data }) => {
    const told = JSON.parse(data).map(play => `${play.id} ${play.state}`).join();
    if (told !== drawn()) document.dispatchEvent(new Event("usher:changed"));
  });
}

// A page that somebody may come back to must not hold a connection meanwhile.
addEventListener("pagehide", () => events?.close());
