// Why Usher refuses what a page asks for, in words for whoever watches.

/** Why Usher refuses, in words. */
export async function reason(response) {
  if (response.type === "opaqueredirect" || response.status === 401) {
    const next = new URLSearchParams({ next: location.pathname + location.search });
    return { text: "You are signed out. Sign in to go on where you were.", to: `/sign-in?${next}` };
  }
  const { message, playing } = await response.json().catch(() => ({}));
  if (message) return { text: message, list: playing };
  if (response.status === 404) return { text: "This is no longer here, or no longer open to you." };
  if (response.status === 403) return { text: "This is not open to you just now." };
  return { text: "Usher cannot read this just now. Try again in a moment." };
}
