// Where people write: the field, its count, send and stop.

class Composer {
  // on: {send(text), stop(), draft(text)}
  constructor(say, on) {
    this.say = say;
    this.on = on;
    const [id, countId, noticeId] = [uid(), uid(), uid()];
    this.field = el("textarea", {
      id, rows: "1", placeholder: say("placeholder"), autocomplete: "off", "aria-describedby": `${noticeId} ${countId}`,
    });
    this.count = el("span", { class: "count", id: countId });
    this.notice = el("p", { class: "notice", id: noticeId });
    this.send = el("button", { type: "submit", class: "send" }, icon("send"), el("span", {}, say("send")));
    this.stop = button({ class: "stop", hidden: true, onclick: on.stop }, icon("stop"), say("stop"));
    this.node = el(
      "form", { class: "composer", novalidate: true, onsubmit: (event) => { event.preventDefault(); this.submit(); } },
      this.notice,
      el("label", { for: id, class: "unseen" }, say("label")),
      el("div", { class: "write" }, this.field, this.send),
      el("div", { class: "under" }, this.count, this.stop),
    );
    const composing = composingGuard(this.field);
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && composing(event)) event.stopPropagation();
      // Where there is no keyboard, Enter is the only way to a new line.
      if (event.key !== "Enter" || event.shiftKey || matchMedia("(pointer: coarse)").matches) return;
      if (composing(event)) return;
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener("input", () => { this.grow(); on.draft(this.field.value); });
    this.grow();
  }

  get text() {
    return this.field.value;
  }

  set text(text) {
    this.field.value = text;
    this.grow();
    this.on.draft(text);
  }

  // As people count: an emoji outside the basic plane is one.
  static length(text) {
    return Array.from(text.trim()).length;
  }

  grow() {
    const count = Composer.length(this.field.value);
    const most = MOST_CHARACTERS.toLocaleString("en");
    this.count.textContent = this.say("count", { count: count.toLocaleString("en"), most });
    this.count.classList.toggle("over", count > MOST_CHARACTERS);
    if (count <= MOST_CHARACTERS) this.tell("");
    this.field.style.setProperty("height", "auto");
    this.field.style.setProperty("height", `${this.field.scrollHeight + 2}px`);
  }

  // What is wrong with what was written, beside the field; nothing if empty.
  tell(words) {
    this.notice.textContent = words;
    if (words) this.field.setAttribute("aria-invalid", "true");
    else this.field.removeAttribute("aria-invalid");
  }

  submit() {
    this.on.send(this.text.trim());
  }

  working(busy) {
    this.stop.hidden = !busy;
    this.send.setAttribute("aria-disabled", String(busy));
  }
}
