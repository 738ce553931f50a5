// <guideline-assistant>: in the page where it stands, or with mode="panel" a launcher and a panel.
// The script's own tag, with data-programme, puts the latter at the end of the page.

const HOME = document.currentScript?.src ?? document.baseURI;
const FULL_SCREEN = "(max-width: 480px), (max-height: 520px)";
const SECONDS = 30;

const SHEET = new CSSStyleSheet();
SHEET.replaceSync(STYLE);

class GuidelineAssistant extends HTMLElement {
  #announcer = null;
  #panel = null;
  #region = null;
  #launcher = null;
  #listeners = null;

  connectedCallback() {
    // Moved in the page: what it shows is still there.
    if (!this.#panel) this.#build();
    this.#announcer.attach();
    this.#panel.attach();
    this.#listen();
    if (this.#inline) this.#panel.load();
    else if (this.#opensByItself()) this.#show(false);
  }

  disconnectedCallback() {
    this.#listeners.abort();
    this.#panel.detach();
    this.#announcer.detach();
  }

  open() {
    this.#show(true);
  }

  close() {
    if (this.#inline || this.#panel.node.hidden) return;
    this.#panel.node.hidden = true;
    this.#launcher.hidden = false;
    this.#panel.wasOpen = false;
    this.#launcher.focus();
    this.#tell("close");
  }

  get #inline() {
    return this.getAttribute("mode") !== "panel";
  }

  #build() {
    const say = wordsOf(this);
    const base = new URL(this.getAttribute("endpoint") ?? ".", this.hasAttribute("endpoint") ? document.baseURI : HOME);
    const home = base.href.replace(/\/$/, "");
    const programme = this.getAttribute("programme") ?? "";
    const seconds = Number(this.getAttribute("timeout")) || SECONDS;
    const key = `guideline-assistant ${home} ${programme} ${this.#inline ? "inline" : "panel"}`;
    this.#announcer = new Announcer();
    this.#panel = new Panel({
      say,
      host: this,
      inline: this.#inline,
      api: new Api(home, programme, seconds),
      memory: new Memory(this.getAttribute("storage") ?? "session", key),
      starters: (this.getAttribute("starters") ?? "").split("|").map((text) => text.trim()).filter(Boolean),
      contactUrl: safeUrl(this.getAttribute("contact-url") ?? "x:", document.baseURI),
      close: () => this.close(),
      tell: (name, detail) => this.#tell(name, detail),
    }, this.#announcer);
    this.#launcher = button(
      { class: "launcher", "aria-haspopup": "dialog", onclick: () => this.#show(true) },
      icon("chat"), el("span", {}, say("launcher")),
    );
    this.#region = el(
      "div", { class: `widget ${this.#inline ? "inline" : "floating"}`, lang: ownLanguage(), role: "region", "aria-label": say("name") },
      this.#inline ? null : this.#launcher, this.#panel.node,
    );
    this.#panel.node.hidden = !this.#inline;
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [SHEET];
    shadow.replaceChildren(this.#region);
  }

  #opensByItself() {
    const { wasOpen } = this.#panel;
    if (wasOpen !== undefined || !this.hasAttribute("opened")) return wasOpen === true;
    // opened="1200": only where the page is at least so wide.
    return innerWidth >= (Number(this.getAttribute("opened")) || 0) && !matchMedia(FULL_SCREEN).matches;
  }

  // `asked`: a person opened it, so the focus goes there; else it stays where it is.
  #show(asked) {
    if (this.#inline) return;
    this.#panel.node.hidden = false;
    this.#launcher.hidden = true;
    this.#fit();
    this.#panel.load();
    if (!asked) return;
    this.#panel.wasOpen = true;
    // On touch screens the field would bring up the keyboard before anything was read.
    if (matchMedia("(pointer: coarse)").matches) this.#panel.title.focus();
    else this.#panel.composer.field.focus();
    this.#tell("open");
  }

  #tell(name, detail = null) {
    this.dispatchEvent(new CustomEvent(`guideline-assistant:${name}`, { detail, bubbles: true, composed: true }));
  }

  #listen() {
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const full = matchMedia(FULL_SCREEN);
    const theme = () => {
      const wanted = this.getAttribute("theme");
      this.#region.classList.toggle("dark", wanted === "dark" || (wanted !== "light" && dark.matches));
    };
    theme();
    dark.addEventListener("change", theme, { signal });
    if (this.#inline) {
      this.#region.addEventListener("keydown", (event) => event.key === "Escape" && this.#panel.closeInner(), { signal });
      return;
    }
    full.addEventListener("change", () => this.#fit(), { signal });
    visualViewport?.addEventListener("resize", () => this.#fit(), { signal });
    visualViewport?.addEventListener("scroll", () => this.#fit(), { signal });
    this.#panel.node.addEventListener("keydown", (event) => this.#keyed(event), { signal });
    document.addEventListener("focusin", (event) => this.#giveWay(event), { signal });
  }

  // On a phone the panel is the whole screen, above its keyboard, and keeps the focus.
  #fit() {
    const { node } = this.#panel;
    const full = matchMedia(FULL_SCREEN).matches;
    node.classList.toggle("full", full);
    if (full) node.setAttribute("aria-modal", "true");
    else node.removeAttribute("aria-modal");
    node.style.setProperty("height", full && visualViewport ? `${visualViewport.height}px` : "");
    node.style.setProperty("top", full && visualViewport ? `${visualViewport.offsetTop}px` : "");
  }

  #keyed(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      if (!this.#panel.closeInner()) this.close();
    }
    if (event.key !== "Tab" || !this.#panel.node.classList.contains("full")) return;
    const stops = [...this.#panel.node.querySelectorAll("button, a[href], input, textarea, [tabindex='0']")]
      .filter((stop) => stop.getClientRects().length);
    const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
    if (focused() !== from && stops.includes(focused())) return;
    event.preventDefault();
    to.focus();
  }

  // The launcher moves aside while it would cover what has the focus on the page.
  #giveWay(event) {
    this.#launcher.classList.remove("aside");
    if (this.#launcher.hidden || event.composedPath().includes(this)) return;
    const mine = this.#launcher.getBoundingClientRect();
    const its = event.target.getBoundingClientRect();
    const covers = its.left < mine.right && its.right > mine.left && its.top < mine.bottom && its.bottom > mine.top;
    this.#launcher.classList.toggle("aside", covers);
  }
}

function putOnPage(script) {
  const element = document.createElement("guideline-assistant");
  for (const { name, value } of script.attributes) {
    if (name.startsWith("data-")) element.setAttribute(name.slice(5), value);
  }
  element.setAttribute("mode", "panel");
  document.body.append(element);
}

if (!customElements.get("guideline-assistant")) customElements.define("guideline-assistant", GuidelineAssistant);
if (document.currentScript?.dataset.programme !== undefined) putOnPage(document.currentScript);
