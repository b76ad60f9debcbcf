// The field of a PIN, where a script may run: what is pasted loses its spaces, the fourth digit sends the form, and the
// buttons of a keypad type for whoever has a remote or a finger.

const fourDigits = /^\p{Nd}{4}$/u;
const unseen = /[\s\p{Cf}]/gu;

const columns = 3; // of the keypad

export function start(field) {
  const input = field.querySelector("input");
  const sends = field.querySelector("[data-sends]");
  if (!sends) return;
  sends.hidden = false;
  input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${sends.id}`.trim());

  const changed = () => {
    const typed = input.value.replace(unseen, "");
    if (typed !== input.value) input.value = typed;
    if (fourDigits.test(typed)) input.form.requestSubmit();
  };
  input.addEventListener("input", event => { if (!event.isComposing) changed(); });
  input.addEventListener("compositionend", changed);
  wireKeypad(field.querySelector(".keypad"), input, changed);
}

function wireKeypad(keypad, input, changed) {
  const keys = [...keypad.children];
  const type = digit => {
    input.value = digit === "" ? input.value.slice(0, -1) : input.value + digit;
    changed();
  };
  keypad.addEventListener("click", event => {
    const key = event.target.closest("button");
    if (key) type(key.dataset.digit);
  });
  // Digits of a keyboard are typed wherever the focus is; the arrows walk, and out at the edges.
  keypad.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^\p{Nd}$/u.test(event.key) || event.key === "Backspace") {
      event.preventDefault();
      type(event.key === "Backspace" ? "" : event.key);
      return;
    }
    const to = neighbour(keys, keys.indexOf(event.target.closest("button")), event.key) ?? (event.key === "ArrowUp" ? input : null);
    if (!to) return;
    event.preventDefault();
    to.focus();
  });
  input.addEventListener("keydown", event => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    keys[0].focus();
  });
}

/** The key that an arrow leads to. The last row is without its first place: 0 stands below 8. */
function neighbour(keys, at, arrow) {
  const place = at < 9 ? at : at + 1;
  const column = place % columns;
  const to = {
    ArrowLeft: column > 0 ? place - 1 : NaN, ArrowRight: column < columns - 1 ? place + 1 : NaN,
    ArrowUp: place - columns, ArrowDown: place + columns,
  }[arrow];
  return keys[to < 9 ? to : Math.max(to - 1, 9)];
}
