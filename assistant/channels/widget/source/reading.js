// What was understood of figures, as a form that can be put right: it is sent as a message that the
// server reads line by line.

// The first line of that message; the server's assistant/reading/form.py has the same.
const FORM_HEADING = "請依這份資料重新判斷：";

// Lines of kind "understood" -> one box that opens; `answer.reading` are the facts in it.
function readingNode(answer, lines, context) {
  const { say, api } = context;
  const kinds = api.facts().catch(() => []);
  const node = el(
    "details", { class: "reading" },
    el("summary", {}, el("span", {}, lines[0].text), el("span", { class: "fix" }, say("correct"))),
  );
  node.addEventListener("toggle", async () => node.append(formOf(answer, await kinds, context)), { once: true });
  // Whoever said that something is wrong is shown it at once.
  node.open = lines.length > 1;
  return node;
}

function formOf({ reading, verdict }, kinds, { say, ask }) {
  const kindOf = (name) => kinds.find((kind) => kind.name === name);
  const told = reading.facts.map((fact) => rowOf(kindOf(fact.fact), fact, say));
  const open = (verdict?.missing ?? []).map(({ fact }) => kindOf(fact))
    .filter((kind) => kind && !reading.facts.some(({ fact }) => fact === kind.name))
    .map((kind) => rowOf(kind, { label: kind.label, value: "", words: "" }, say));
  const rows = [...told, ...open];
  const fault = el("p", { class: "fault", role: "alert" });
  const send = (event) => {
    event.preventDefault();
    const wrong = rows.filter((row) => row.check());
    const lines = rows.map((row) => row.line()).filter(Boolean);
    fault.textContent = wrong.length || lines.length ? "" : say("correct-empty");
    if (wrong.length) wrong[0].field.focus();
    else if (lines.length) ask([FORM_HEADING, ...lines].join("\n"));
  };
  return el(
    "form", { novalidate: true, onsubmit: send },
    el("p", { class: "soft" }, say("correct-hint")),
    told.map(({ node }) => node),
    open.length ? el("p", { class: "soft" }, say("not-yet")) : null,
    open.map(({ node }) => node),
    reading.unread?.length ? el("p", {}, say("unread", { words: reading.unread.join("」「") })) : null,
    fault,
    el("button", { type: "submit", class: "solid" }, say("judge-again")),
  );
}

function rowOf(kind, { label, value, words }, say) {
  const { field, unit, fault, check, text } = factField(kind, label, value, say);
  const hint = el("span", { class: "soft", id: uid() }, words && words !== value ? say("you-said", { words }) : "");
  field.setAttribute("aria-describedby", `${hint.id} ${fault.id}`);
  return {
    field, check,
    line: () => (text() ? `${label}：${text()}` : ""),
    node: el("div", { class: "row" }, el("label", { for: field.id }, label), hint, el("div", { class: "fact" }, field, unit), fault),
  };
}
