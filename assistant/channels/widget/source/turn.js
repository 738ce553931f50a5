// One question and what became of it, on the screen.

class TurnView {
  #turn;
  #context;
  #reply = el("div", { class: "reply" });
  #clauses = null;

  constructor(turn, context) {
    this.#turn = turn;
    this.#context = context;
    const { say } = context;
    this.heading = el("h3", { class: "question", tabindex: "-1" }, unseen(say("you")), turn.question);
    this.node = el("article", { class: "turn" }, this.heading, this.#reply);
    this.show();
  }

  // What the turn's state says: waiting, done, stopped or failed.
  show() {
    const { say } = this.#context;
    const turn = this.#turn;
    const it = unseen(say("it"));
    this.#reply.className = `reply ${turn.state}`;
    if (turn.state === "waiting") {
      this.#steps = el("ol", { class: "steps" }, el("li", {}, say("sending")));
      this.#text = el("div", { class: "partial" });
      this.#reply.replaceChildren(it, this.#steps, this.#text);
    } else if (turn.state === "done") {
      const { clauses, nodes } = answerNodes(turn, this.#context);
      this.#clauses = clauses;
      this.#reply.replaceChildren(it, ...nodes);
    } else {
      const retry = button({ class: "solid", onclick: () => this.#context.retry(turn) }, say("retry"));
      const words = turn.state === "stopped" ? say("stopped") : turn.fault;
      this.#reply.replaceChildren(it, el("p", { class: turn.state === "failed" ? "fault" : "soft" }, words), retry);
    }
  }

  #steps;
  #text;

  status(words) {
    if (this.#steps.dataset.begun) this.#steps.append(el("li", {}, words));
    else this.#steps.replaceChildren(el("li", {}, words));
    this.#steps.dataset.begun = "true";
  }

  delta(piece) {
    this.#text.append(piece);
  }

  closeClause() {
    return this.#clauses?.close() ?? false;
  }
}
