// Which subtitles show: what somebody chose last counts for what they play next in this browser.

const shown = media => [...media.textTracks].find(track => track.mode === "showing");

/** Shows those that were chosen last, where there are such; otherwise the browser decides. */
export function showKept(media) {
  const label = recall();
  if (label === null) return;
  for (const track of media.textTracks) track.mode = track.label === label ? "showing" : "disabled";
}

/** Remembers what somebody has chosen. Before anything is loaded it is the browser that chooses. */
export function keepShown(media) {
  if (media.readyState === 0) return;
  try {
    localStorage.setItem("subtitles", shown(media)?.label ?? "");
  } catch {
    // Storage is switched off: they are chosen anew each time.
  }
}

/** Shows those after the ones that show, and none after the last. Says what shows now. */
export function showNext(media) {
  const tracks = [...media.textTracks];
  if (tracks.length === 0) return "There are no subtitles";
  const next = tracks.indexOf(shown(media)) + 1;
  tracks.forEach((track, i) => { track.mode = i === next ? "showing" : "disabled"; });
  return next < tracks.length ? `Subtitles: ${tracks[next].label}` : "Subtitles off";
}

function recall() {
  try {
    return localStorage.getItem("subtitles");
  } catch {
    return null;
  }
}
