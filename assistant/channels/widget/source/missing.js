// A missing fact as an input that answers the question which was asked.

// `context.ask(text)` sends the answer as the person's next message.
function missingNode(missing, context) {
  const node = el("div", { class: "missing only-last" });
  const fill = (kind) => node.replaceChildren(inputFor(missing, kind, context));
  context.api.facts()
    .then((kinds) => fill(kinds.find((kind) => kind.name === missing.fact)))
    .catch(() => fill(undefined));
  return node;
}

function inputFor(missing, kind, context) {
  const { say } = context;
  const choices = { choice: kind?.choices, yes_no: [say("yes"), say("no")] }[kind?.type];
  return choices?.length ? choiceOf(missing, choices, context) : fieldFor(missing, kind, context);
}

function choiceOf(missing, choices, { ask }) {
  const id = uid();
  return el(
    "div", { role: "group", "aria-labelledby": id },
    el("p", { id, class: "asked" }, missing.question),
    el("div", { class: "chips" }, choices.map((choice) => button({ class: "chip", onclick: () => ask(choice) }, choice))),
  );
}

function fieldFor(missing, kind, { say, ask }) {
  const [id, hintId, faultId] = [uid(), uid(), uid()];
  const type = kind?.type ?? "text";
  const counted = ["count", "months", "year"].includes(type);
  const unit = { share: "%", year: "年" }[type] ?? kind?.unit ?? "";
  const hint = type === "year" ? say("fact-year") : null;
  const field = el("input", {
    id, type: type === "date" ? "date" : "text", autocomplete: "off",
    inputmode: counted || type === "share" ? "numeric" : null, "aria-describedby": `${hintId} ${faultId}`,
  });
  const composing = composingGuard(field);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && composing(event)) event.preventDefault();
  });
  const fault = el("p", { class: "fault", id: faultId });
  const send = (event) => {
    event.preventDefault();
    // Full-width digits are what an input method in full-width mode writes.
    const value = field.value.normalize("NFKC").trim();
    const wrong = value === "" ? "fact-empty" : counted && !/^\d{1,7}$/.test(value) ? "fact-number" : null;
    field.toggleAttribute("aria-invalid", wrong !== null);
    if (wrong) field.setAttribute("aria-invalid", "true");
    fault.textContent = wrong ? say(wrong) : "";
    if (wrong) field.focus();
    else ask(unit && !value.endsWith(unit) ? `${value} ${unit}`.replace(" %", "%") : value);
  };
  return el(
    "form", { novalidate: true, onsubmit: send },
    el("label", { for: id, class: "asked" }, missing.question),
    el("p", { class: "soft", id: hintId }, hint),
    el(
      "div", { class: "fact" }, field, unit && el("span", { class: "unit" }, unit),
      el("button", { type: "submit", class: "solid" }, say("fact-send")),
    ),
    fault,
  );
}
