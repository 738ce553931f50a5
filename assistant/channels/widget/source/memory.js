// What outlives a reload: the conversation, in the tab's storage or the browser's. No cookies.

const KEPT_TURNS = 30;

class Memory {
  #storage = null;
  #key;

  // kind: "session" (this tab, the default), "local" (this browser) or "none".
  constructor(kind, key) {
    this.#key = key;
    try {
      if (kind !== "none") this.#storage = kind === "local" ? window.localStorage : window.sessionStorage;
    } catch {
      // Storage is turned off; the conversation then lasts as long as the page.
    }
  }

  read() {
    try {
      const kept = JSON.parse(this.#storage?.getItem(this.#key) ?? "null");
      return kept !== null && Array.isArray(kept.turns) ? kept : null;
    } catch {
      return null;
    }
  }

  write({ session, turns, draft, open }) {
    try {
      const kept = { session, turns: turns.slice(-KEPT_TURNS), draft, open };
      this.#storage?.setItem(this.#key, JSON.stringify(kept));
    } catch {
      // Full or turned off: nothing is lost that is on the page.
    }
  }
}
