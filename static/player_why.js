// Why Usher refuses what a page asks for, in words for whoever watches, and where to go to mend it.

export async function reason(response) {
  if (response.status === 401) {
    const next = new URLSearchParams({ next: location.pathname + location.search });
    return { text: "You are signed out. Sign in to go on where you were.", to: `/sign-in?${next}` };
  }
  if (response.status === 404) return { text: "This is no longer here, or no longer open to you." };
  const { message, stopped } = await response.json().catch(() => ({}));
  if (stopped) return { text: `An administrator has stopped this. They say: “${stopped}”` };
  if (stopped === "") return { text: "An administrator has stopped this. Ask one if you wonder why." };
  return { text: message ?? "Usher cannot read this just now. Try again in a moment." };
}
