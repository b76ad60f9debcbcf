// Passkeys. A form[data-begin] asks the server what to ask the browser, has the browser make a passkey or show one,
// and sends what comes of it in its field [data-passkey]. It shows only where browsers know passkeys.

const words = {
  AbortError: "",
  InvalidStateError: "This device has a passkey for you here already.",
  NotAllowedError: "Nothing came of it: it was cancelled, it took too long, or there is no passkey here. Try again.",
  NotSupportedError: "This device cannot make a passkey of the kind that signs in alone.",
  SecurityError: "Passkeys do not work at this address. Open Usher at its own.",
};
const other = "That did not work. Try again.";

const toBytes = text => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), c => c.charCodeAt(0));
const toText = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const withBytes = descriptors => descriptors?.map(one => ({ ...one, id: toBytes(one.id) }));

/** What PublicKeyCredential.parse…OptionsFromJSON answers, for browsers that do not have it yet. */
function parse(options) {
  const { challenge, user, excludeCredentials, allowCredentials } = options;
  return {
    ...options,
    challenge: toBytes(challenge),
    ...user && { user: { ...user, id: toBytes(user.id) } },
    ...excludeCredentials && { excludeCredentials: withBytes(excludeCredentials) },
    ...allowCredentials && { allowCredentials: withBytes(allowCredentials) },
  };
}

/** What PublicKeyCredential.toJSON answers, likewise. */
function toJSON({ id, type, rawId, response, authenticatorAttachment }) {
  const bytes = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) bytes[part] = toText(response[part]);
  }
  const transports = response.getTransports?.();
  return {
    id, type, rawId: toText(rawId), authenticatorAttachment, clientExtensionResults: {},
    response: { ...bytes, ...transports && { transports } },
  };
}

/** Has the browser make a passkey where the server asks for one with a user, or else show one. */
function ask(options) {
  const known = PublicKeyCredential;
  return options.user
    ? navigator.credentials.create({ publicKey: known.parseCreationOptionsFromJSON?.(options) ?? parse(options) })
    : navigator.credentials.get({ publicKey: known.parseRequestOptionsFromJSON?.(options) ?? parse(options) });
}

async function passkey(form) {
  const response = await fetch(form.dataset.begin, { method: "POST", headers: { Accept: "application/json" } })
    .catch(() => { throw new Refusal("The server did not answer. Try again."); });
  const answer = await response.json();
  if (!response.ok) throw new Refusal(answer.message ?? other);
  const shown = await ask(answer.publicKey);
  return JSON.stringify(shown.toJSON?.() ?? toJSON(shown));
}

/** What the server says. */
class Refusal extends Error {}

/** Wires a form. */
export function start(form) {
  if (!window.PublicKeyCredential) return;
  form.hidden = false;
  for (const none of document.querySelectorAll("[data-passkey-none]")) none.hidden = true;
  const field = form.querySelector("[data-passkey]"), button = form.querySelector("button"), word = form.querySelector("[data-passkey-word]");
  field.value = ""; // Browsers fill fields in again on the way back.
  form.addEventListener("submit", async event => {
    if (field.value) return;
    event.preventDefault();
    button.disabled = true;
    word.textContent = "";
    try {
      field.value = await passkey(form);
    } catch (error) {
      word.textContent = error instanceof Refusal ? error.message : words[error.name] ?? other;
    }
    button.disabled = false;
    if (field.value) form.requestSubmit(button);
    else button.focus();
  });
}
