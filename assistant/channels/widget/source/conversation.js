// The conversation: one question at a time, asked once however often it is sent, kept over reloads.

class Conversation {
  #api;
  #memory;
  #view;
  #stop = null;

  // view: {say, announcer, begun(turn), status(turn, text), delta(turn, text), ended(turn)}
  constructor(api, memory, view) {
    this.#api = api;
    this.#memory = memory;
    this.#view = view;
    const kept = memory.read();
    this.session = typeof kept?.session === "string" ? kept.session : newId();
    this.turns = kept?.turns ?? [];
    this.draft = kept?.draft ?? "";
    this.open = kept?.open;
    // A reload cut these off; asked again they have the same ids.
    for (const turn of this.turns) if (turn.state === "waiting") turn.state = "stopped";
  }

  get busy() {
    return this.#stop !== null;
  }

  save() {
    this.#memory.write(this);
  }

  // The turn that a text would be asked in: the last one again, if that came to nothing.
  ask(text) {
    const last = this.turns.at(-1);
    const again = last?.question === text && ["failed", "stopped"].includes(last.state);
    if (again) return this.retry(last);
    const turn = { id: newId(), question: text, state: "waiting" };
    this.turns.push(turn);
    return this.#run(turn);
  }

  retry(turn) {
    turn.state = "waiting";
    return this.#run(turn);
  }

  stop() {
    this.#stop?.abort();
  }

  // Here at once, on the server as soon as it can be reached.
  clear() {
    this.stop();
    if (this.turns.length) this.#api.forget(this.session).catch(() => {});
    this.session = newId();
    this.turns = [];
    this.draft = "";
    this.#stop = null;
    this.save();
  }

  async #run(turn) {
    const stop = new AbortController();
    this.#stop = stop;
    this.#view.begun(turn);
    this.save();
    try {
      turn.answer = await this.#asked(turn, stop.signal);
      turn.state = "done";
      // Ours only named the first message; conversations have the server's ids.
      if (this.#stop === stop) this.session = turn.answer.session_id;
    } catch (trouble) {
      turn.state = trouble.kind === "stopped" ? "stopped" : "failed";
      turn.fault = this.#words(trouble);
    }
    // Cleared in the meantime: nobody waits for this any more.
    if (this.#stop !== stop) return;
    this.#stop = null;
    this.#view.ended(turn);
    this.save();
  }

  async #asked(turn, signal) {
    const on = {
      status: (text) => this.#view.status(turn, text),
      delta: (text) => this.#view.delta(turn, text),
    };
    const ids = () => ({ session: this.session, message: turn.id });
    try {
      return await this.#api.ask(turn.question, ids(), signal, on);
    } catch (trouble) {
      if (trouble.code !== "session_rejected") throw trouble;
      this.session = newId();
      return this.#api.ask(turn.question, ids(), signal, on);
    }
  }

  #words(trouble) {
    const { say } = this.#view;
    const words = {
      offline: say("offline"),
      late: say("timed-out", { seconds: this.#api.seconds }),
      unreadable: say("unreadable"),
      refused: trouble.message,
    };
    return words[trouble.kind] || say("unreachable");
  }
}
