// The chat panel: head, the log of turns, the composer; and what people do in it.

class Panel {
  #config;
  #announcer;
  #conversation;
  #context;
  #views = new Map();
  #connection = (event) => this.#connected(event.type === "online");

  constructor(config, announcer) {
    const { say, api, memory } = config;
    this.#config = config;
    this.#announcer = announcer;
    this.#conversation = new Conversation(api, memory, {
      say,
      begun: (turn) => this.#begun(turn),
      status: (turn, text) => this.#views.get(turn)?.status(text),
      delta: (turn, text) => this.#views.get(turn)?.delta(text),
      ended: (turn) => this.#ended(turn),
    });
    this.#context = {
      say, api, announcer, contactUrl: config.contactUrl,
      ask: (text) => this.#send(text, false),
      retry: (turn) => this.#retry(turn),
      save: () => this.#conversation.save(),
      reveal: (node, beside) => this.#reveal(node, beside),
    };
    this.composer = new Composer(say, {
      send: (text) => this.#send(text, true),
      stop: () => { this.#conversation.stop(); this.composer.field.focus(); },
      draft: (text) => { this.#conversation.draft = text; this.#conversation.save(); },
    });
    this.#build(say);
  }

  #build(say) {
    const titleId = uid();
    this.title = el("h2", { id: titleId, tabindex: "-1" }, say("title"));
    this.log = el("div", { class: "log", role: "log", "aria-live": "off", "aria-label": say("log"), tabindex: "0" });
    this.confirm = el("div", { class: "confirm" });
    this.clear = button({ class: "head-button", "aria-expanded": "false", onclick: () => this.#askClear() }, icon("bin"), unseen(say("clear")));
    this.clear.title = say("clear");
    this.close = button({ class: "head-button", onclick: () => this.#config.close() }, icon("close"), unseen(say("close")));
    this.close.title = say("close");
    const head = el(
      "div", { class: "head" },
      el("span", { class: "badge" }, icon("chat")),
      el("div", { class: "titles" }, this.title, el("p", {}, say("subtitle"))),
      this.clear, this.#config.inline ? null : this.close,
    );
    this.node = el(
      "div", { class: "panel", role: this.#config.inline ? "group" : "dialog", "aria-labelledby": titleId },
      head, this.confirm, this.log, this.composer.node,
    );
    this.composer.field.value = this.#conversation.draft;
    this.#fill();
  }

  attach() {
    window.addEventListener("online", this.#connection);
    window.addEventListener("offline", this.#connection);
    this.composer.grow();
  }

  detach() {
    window.removeEventListener("online", this.#connection);
    window.removeEventListener("offline", this.#connection);
  }

  get wasOpen() {
    return this.#conversation.open;
  }

  set wasOpen(open) {
    this.#conversation.open = open;
    this.#conversation.save();
  }

  // Called when it is first seen: the programme's name and questions to begin with.
  async load() {
    const { api, starters, host } = this.#config;
    this.toEnd();
    this.composer.grow();
    this.load = async () => { this.composer.grow(); };
    if (starters.length) this.#offer(starters);
    try {
      const programme = await api.programme();
      if (!host.hasAttribute("text-title")) this.title.textContent = programme.title;
      if (!starters.length) this.#offer(programme.starters);
    } catch {
      // The title stays general, and people ask their own question.
    }
  }

  toEnd() {
    const last = this.#views.get(this.#conversation.turns.at(-1));
    if (last) this.log.scrollTop = last.node.offsetTop - 8;
  }

  // Scrolls the log, and only the log, until a node is seen, as long as what it belongs to stays in view.
  #reveal(node, beside) {
    const view = this.log.getBoundingClientRect();
    const below = node.getBoundingClientRect().bottom - view.bottom + 8;
    const room = beside.getBoundingClientRect().top - view.top - 8;
    if (below > 0) this.log.scrollTop += Math.min(below, Math.max(room, 0));
  }

  // Escape closes the clause that was opened last, then the question whether to clear.
  closeInner() {
    const views = [...this.#views.values()].reverse();
    if (this.confirm.childElementCount) {
      this.#endClear();
      return true;
    }
    return views.some((view) => view.node.contains(focused()) && view.closeClause());
  }

  #fill() {
    const { say } = this.#config;
    this.starters = el("div", { class: "starters" });
    this.log.replaceChildren(
      el("div", { class: "intro" }, el("p", {}, say("disclosure")), el("p", { class: "soft" }, say("privacy"))),
      this.starters,
    );
    this.#views.clear();
    for (const turn of this.#conversation.turns) this.#add(turn);
    if (this.#offered) this.#offer(this.#offered);
  }

  #offered = null;

  #offer(questions) {
    this.#offered = questions;
    if (this.#conversation.turns.length) return;
    const id = uid();
    this.starters.replaceChildren(
      el("h3", { id }, this.#config.say("starters")),
      el("div", { class: "chips", role: "group", "aria-labelledby": id },
        questions.map((text) => button({ class: "chip", onclick: () => this.#send(text, false) }, text))),
    );
  }

  #add(turn) {
    const view = new TurnView(turn, this.#context);
    this.#views.set(turn, view);
    this.log.append(view.node);
    return view;
  }

  #send(text, typed) {
    const { say } = this.#config;
    const count = Composer.length(text);
    const most = MOST_CHARACTERS.toLocaleString("en");
    const wrong = this.#conversation.busy ? say("busy")
      : count === 0 ? say("empty")
      : count > MOST_CHARACTERS ? say("too-long", { count: count.toLocaleString("en"), most })
      : navigator.onLine === false ? say("offline") : "";
    this.composer.tell(wrong);
    if (wrong) {
      if (!typed && !this.composer.text) this.composer.text = text;
      this.composer.tell(wrong);
      this.#announcer.say(wrong, true);
      if (typed) this.composer.field.focus();
      return;
    }
    if (typed) this.composer.text = "";
    this.#conversation.ask(text);
    // What was pressed may be gone; on touch screens the field would bring up the keyboard.
    if (!typed && matchMedia("(pointer: coarse)").matches) this.#views.get(this.#conversation.turns.at(-1)).heading.focus({ preventScroll: true });
    else this.composer.field.focus({ preventScroll: true });
  }

  #retry(turn) {
    if (this.#conversation.busy) {
      this.composer.tell(this.#config.say("busy"));
      this.#announcer.say(this.#config.say("busy"), true);
      return;
    }
    if (this.composer.text.trim() === turn.question) this.composer.text = "";
    this.#conversation.retry(turn);
    this.composer.field.focus({ preventScroll: true });
  }

  #begun(turn) {
    // A panel that opened by itself is now the person's own: it stays open on the next page.
    this.#conversation.open = true;
    this.starters.replaceChildren();
    const view = this.#views.get(turn) ?? this.#add(turn);
    view.show();
    this.composer.working(true);
    this.#announcer.say(this.#config.say("answering"));
    this.log.scrollTop = view.node.offsetTop - 8;
  }

  #ended(turn) {
    const { say, tell } = this.#config;
    this.composer.working(false);
    this.#views.get(turn).show();
    this.toEnd();
    if (turn.state === "done") {
      const text = linesOf(turn.answer).map((line) => line.text).join(" ");
      this.#announcer.say(say("answered", { text }));
      tell("answer", { id: turn.answer.id, outcome: turn.answer.outcome });
    } else if (turn.state === "failed") {
      const kept = !this.composer.text;
      if (kept) this.composer.text = turn.question;
      this.#announcer.say(`${turn.fault}${kept ? say("kept") : ""}`, true);
      if (kept) this.composer.tell(say("kept"));
      this.composer.field.removeAttribute("aria-invalid");
    } else {
      this.#announcer.say(say("stopped"));
    }
  }

  #connected(online) {
    const words = this.#config.say(online ? "online" : "offline");
    this.composer.tell(words);
    this.composer.field.removeAttribute("aria-invalid");
    this.#announcer.say(words);
  }

  #askClear() {
    if (this.confirm.childElementCount) {
      this.#endClear();
      return;
    }
    const { say } = this.#config;
    const id = uid();
    const yes = button({ class: "solid danger", onclick: () => this.#cleared() }, say("clear-yes"));
    const no = button({ class: "plain", onclick: () => this.#endClear() }, say("clear-no"));
    this.confirm.replaceChildren(
      el("div", { role: "group", "aria-labelledby": id }, el("p", { id }, say("clear-ask")), el("div", { class: "choice" }, yes, no)),
    );
    this.clear.setAttribute("aria-expanded", "true");
    yes.focus();
  }

  #endClear() {
    this.confirm.replaceChildren();
    this.clear.setAttribute("aria-expanded", "false");
    this.clear.focus();
  }

  #cleared() {
    this.#conversation.clear();
    this.#endClear();
    this.composer.text = "";
    this.composer.working(false);
    this.#fill();
    this.#announcer.say(this.#config.say("cleared"));
    this.composer.field.focus();
  }
}
