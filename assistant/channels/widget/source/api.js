// The server: questions by stream, plainly where a stream does not get through; clauses; feedback.

// kind: "stopped", "offline", "late", "unreachable", "unreadable", "refused" (by the server, in its
// words) or "blocked" (only the stream; asked again plainly).
class Trouble extends Error {
  constructor(kind, message = "", code = "") {
    super(message);
    this.kind = kind;
    this.code = code;
  }
}

// Aborts a request when the person stops it, or when nothing is heard for so many seconds.
class Watch {
  #controller = new AbortController();
  #timer = 0;
  late = false;

  constructor(stop, seconds) {
    this.seconds = seconds;
    stop?.addEventListener("abort", () => this.#controller.abort());
    if (stop?.aborted) this.#controller.abort();
    this.heard = this.heard.bind(this);
    this.heard();
  }

  get signal() {
    return this.#controller.signal;
  }

  heard() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.late = true;
      this.#controller.abort();
    }, this.seconds * 1000);
  }

  end() {
    clearTimeout(this.#timer);
  }
}

class Api {
  #base;
  #programme;
  #seconds;
  #plainly = false;
  #got = new Map();

  constructor(base, programme, seconds) {
    this.#base = base;
    this.#programme = programme || null;
    this.#seconds = seconds;
  }

  get base() {
    return this.#base;
  }

  get seconds() {
    return this.#seconds;
  }

  // -> the Answer; `on.status(text)` and `on.delta(text)` are called on the way. Throws Trouble.
  async ask(message, ids, stop, on) {
    const body = { message, session_id: ids.session, message_id: ids.message, programme: this.#programme };
    if (!this.#plainly) {
      try {
        return await this.#streamed(body, stop, on);
      } catch (trouble) {
        if (trouble.kind !== "blocked") throw trouble;
      }
      // The server knows the message by its id: it does not answer it a second time.
    }
    const answer = await this.#json("/api/chat", body, stop);
    if (typeof answer?.text !== "string") throw new Trouble("unreadable");
    this.#plainly = true;
    return answer;
  }

  clause(id) {
    return this.#get(`/api/clauses/${id.split("/").map(encodeURIComponent).join("/")}`);
  }

  programme() {
    return this.#get(`/api/programme${this.#query}`);
  }

  facts() {
    return this.#get(`/api/eligibility/schema${this.#query}`);
  }

  feedback(body) {
    return this.#json("/api/feedback", body);
  }

  forget(session) {
    return this.#json("/api/forget", { session_id: session });
  }

  get #query() {
    return this.#programme ? `?programme=${encodeURIComponent(this.#programme)}` : "";
  }

  // Kept for the page's life once it has come; what failed is asked for again.
  #get(path) {
    if (!this.#got.has(path)) {
      const got = this.#json(path);
      this.#got.set(path, got);
      got.catch(() => this.#got.delete(path));
    }
    return this.#got.get(path);
  }

  async #json(path, body, stop) {
    const watch = new Watch(stop, this.#seconds);
    try {
      const response = await this.#fetch(path, body, watch);
      if (!response.ok) throw (await refusalOf(response)) ?? new Trouble("unreachable");
      return response.status === 204 ? null : await response.json();
    } catch (error) {
      if (error instanceof Trouble) throw error;
      if (stop?.aborted) throw new Trouble("stopped");
      if (watch.late) throw new Trouble("late");
      throw new Trouble(error instanceof SyntaxError ? "unreadable" : "unreachable");
    } finally {
      watch.end();
    }
  }

  async #streamed(body, stop, on) {
    const watch = new Watch(stop, this.#seconds / 2);
    try {
      const response = await this.#fetch("/api/chat/stream", body, watch);
      if (!response.ok) throw (await refusalOf(response)) ?? new Trouble("blocked");
      const kind = response.headers.get("content-type") ?? "";
      if (!kind.startsWith("text/event-stream") || !response.body) throw new Trouble("blocked");
      for await (const { name, data } of eventsOf(response.body, watch.heard)) {
        const said = JSON.parse(data);
        if (name === "status") on.status(said.text);
        if (name === "delta") on.delta(said.text);
        if (name === "answer") return said;
        if (name === "error") throw new Trouble("refused", said.error.message, said.error.code);
      }
      throw new Trouble("blocked");
    } catch (error) {
      if (error instanceof Trouble) throw error;
      throw new Trouble(stop.aborted ? "stopped" : "blocked");
    } finally {
      watch.end();
    }
  }

  async #fetch(path, body, watch) {
    if (navigator.onLine === false) throw new Trouble("offline");
    const sent = body && {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    };
    return fetch(this.#base + path, {
      ...sent, signal: watch.signal, credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store",
    });
  }
}

// The server's own words for an error, or null where it was not the server that spoke.
async function refusalOf(response) {
  try {
    const { error } = await response.json();
    return new Trouble("refused", error.message, error.code);
  } catch {
    return null;
  }
}
