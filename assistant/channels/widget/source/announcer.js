// What screen readers are told. In the page's own DOM, empty at first: regions inside shadow roots,
// or put there together with their text, are missed by some.

class Announcer {
  #box = el("div", { lang: ownLanguage() });
  #polite = [0, 1].map(() => el("div", { "aria-live": "polite", "aria-atomic": "true" }));
  #alert = el("div", { role: "alert" });
  #turn = 0;
  #timer = 0;

  constructor() {
    // By CSSOM, which a content security policy allows; important, against the page's own rules.
    const unseenStyle = {
      "all": "initial", "position": "absolute", "width": "1px", "height": "1px", "margin": "-1px",
      "overflow": "hidden", "clip-path": "inset(50%)", "white-space": "nowrap",
    };
    for (const [name, value] of Object.entries(unseenStyle)) this.#box.style.setProperty(name, value, "important");
    this.#box.append(...this.#polite, this.#alert);
    for (const region of this.#box.children) {
      region.style.setProperty("all", "initial", "important");
      region.style.setProperty("display", "block", "important");
    }
  }

  attach() {
    document.body.append(this.#box);
  }

  detach() {
    clearTimeout(this.#timer);
    this.#box.remove();
  }

  // Once, a moment later: what is said while the focus moves is lost in NVDA.
  say(text, urgent = false) {
    clearTimeout(this.#timer);
    for (const region of this.#box.children) region.textContent = "";
    this.#turn = 1 - this.#turn;
    const region = urgent ? this.#alert : this.#polite[this.#turn];
    this.#timer = setTimeout(() => { region.textContent = text; }, 250);
  }
}
