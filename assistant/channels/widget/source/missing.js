// A fact's own input, and the question for a missing one as an input that answers it.

const WHOLE = ["count", "people", "months", "year"];

// The input of a fact, with its value in words if it is known: text() is the value with its unit, empty
// if there is none; check() tells the person what is wrong with it, and whether anything is.
function factField(kind, label, told, say) {
  const [id, faultId] = [uid(), uid()];
  const type = kind?.type ?? "text";
  const unit = { share: "%", date: "" }[type] ?? kind?.unit ?? "";
  const choices = { choice: kind?.choices, yes_no: [say("is"), say("is-not")] }[type];
  const first = type === "date" ? dayOf(told) : unit && told.endsWith(unit) ? told.slice(0, -unit.length).trim() : told;
  const fault = el("p", { class: "fault", id: faultId });
  const field = choices
    ? el("select", { id }, ["", ...choices].map((value) => el("option", { value }, value || say("not-told"))))
    : el("input", {
      id, type: type === "date" ? "date" : "text", autocomplete: "off",
      inputmode: WHOLE.includes(type) ? "numeric" : null, "aria-describedby": faultId,
    });
  field.value = first;
  const composing = composingGuard(field);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && composing(event)) event.preventDefault();
  });
  // Full-width digits are what an input method in full-width mode writes.
  const written = () => field.value.normalize("NFKC").trim();
  const bare = () => (unit && written().endsWith(unit) ? written().slice(0, -unit.length).trim() : written());
  return {
    field, fault,
    unit: unit && el("span", { class: "unit" }, unit),
    text: () => {
      if (written() === first) return told;
      return /^[\d,.~]+$/.test(bare()) ? `${bare()} ${unit}`.replace(" %", "%").trim() : written();
    },
    check: () => {
      const number = WHOLE.includes(type) ? /^\d{1,9}(~\d{1,9})?$/ : type === "share" ? /^\d[\d./~]*$/ : /./;
      const wrong = written() && written() !== first && !number.test(bare().replaceAll(",", ""));
      fault.textContent = wrong ? say(type === "share" ? "fact-share" : "fact-number", { label }) : "";
      if (wrong) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
      return Boolean(wrong);
    },
  };
}

// 108 年 5 月 20 日 as a date field takes it.
const dayOf = (said) => said.replace(/^(\d+) 年 (\d+) 月 (\d+) 日$/, (_, ...parts) =>
  [Number(parts[0]) + 1911, ...parts.slice(1, 3)].map((part) => String(part).padStart(2, "0")).join("-"));

// `context.ask(text)` sends the answer as the person's next message.
function missingNode(missing, context) {
  const node = el("div", { class: "missing only-last" });
  const fill = (kind) => node.replaceChildren(...inputFor(missing, kind, context));
  context.api.facts()
    .then((kinds) => fill(kinds.find((kind) => kind.name === missing.fact)))
    .catch(() => fill(undefined));
  return node;
}

// Replies that need no typing, and a field where they are not all that can be said.
function inputFor(missing, kind, { say, ask }) {
  const { question, replies } = missing;
  const chips = replies?.length
    ? el("div", { class: "chips" }, replies.map((reply) => button({ class: "chip", onclick: () => ask(reply) }, reply)))
    : null;
  if (chips && ["choice", "yes_no"].includes(kind?.type)) {
    const id = uid();
    return [el("div", { role: "group", "aria-labelledby": id }, el("p", { id, class: "asked" }, question), chips)];
  }
  const { field, unit, fault, check, text } = factField(kind, "", "", say);
  const hint = el("p", { class: "soft", id: uid() }, kind?.type === "year" ? say("fact-year") : null);
  field.setAttribute("aria-describedby", `${hint.id} ${fault.id}`);
  const send = (event) => {
    event.preventDefault();
    const wrong = check() || !text();
    if (!text()) {
      fault.textContent = say("fact-empty");
      field.setAttribute("aria-invalid", "true");
    }
    if (wrong) field.focus();
    else ask(text());
  };
  return [
    el(
      "form", { novalidate: true, onsubmit: send },
      el("label", { for: field.id, class: "asked" }, question),
      hint,
      el("div", { class: "fact" }, field, unit, el("button", { type: "submit", class: "solid" }, say("fact-send"))),
      fault,
    ),
    chips,
  ].filter(Boolean);
}
