// Keeps what the server does by itself fresh on the page, while it does so. The server tells of all open jobs whenever
// one of them is further: numbers are written into the [data-job] of the same id. When one begins or ends, the page asks
// for its regions anew. Under [data-jobs=all] the script also waits for jobs to come.

const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** What the page shows, as one text: it differs from what the server tells as soon as a job begins or ends. */
const marks = jobs => jobs.map(job => `${job.id} ${job.state}`).sort().join();
const drawn = () => marks($$("[data-job]").map(({ dataset }) => ({ id: dataset.job, state: dataset.state })));
const waits = () => document.querySelector("[data-jobs=all]") !== null;

function write(element, job) {
  const bar = element.querySelector("[data-job-bar]");
  if (bar && job.total > 0) {
    bar.max = job.total;
    bar.value = job.seen;
  } else {
    bar?.removeAttribute("value");
  }
  for (const [part, text] of Object.entries({ news: job.news, current: job.current, trouble: job.trouble })) {
    const out = element.querySelector(`[data-job-${part}]`);
    if (out && out.textContent !== text) out.textContent = text;
  }
}

function follow(told) {
  const jobs = new Map(told.map(job => [String(job.id), job]));
  const here = waits() ? told : told.filter(job => document.querySelector(`[data-job="${job.id}"]`));
  for (const element of $$("[data-job]")) {
    const job = jobs.get(element.dataset.job);
    if (job) write(element, job);
  }
  if (marks(here) !== drawn()) document.dispatchEvent(new Event("usher:changed"));
}

let events;

/** Listens for as long as there is something on the page to keep fresh. */
export function start() {
  if (events && events.readyState !== EventSource.CLOSED || !waits() && drawn() === "") return;
  events = new EventSource(waits() ? "/admin/jobs/events?wait=1" : "/admin/jobs/events");
  events.addEventListener("jobs", ({ data }) => {
    follow(JSON.parse(data));
    if (data === "[]" && !waits()) events.close();
  });
}

// A page that somebody may come back to must not hold a connection meanwhile.
addEventListener("pagehide", () => events?.close());
addEventListener("pageshow", ({ persisted }) => { if (persisted) start(); });
