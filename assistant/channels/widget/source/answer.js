// An Answer, whole: what was understood, text with marks, verdict, sources, whom to ask, the missing fact, tools, follow-ups.

function answerNodes(turn, context) {
  const { answer } = turn;
  const { say } = context;
  const clauses = new Clauses(answer.citations ?? [], context);
  return {
    clauses,
    nodes: [
      answer.outcome !== "answered" && el("p", { class: `outcome ${answer.outcome}` }, say(answer.outcome)),
      ...textNodes(answer, clauses, context),
      answer.verdict?.missing?.length && answer.outcome === "needs_info"
        ? missingNode(answer.verdict.missing[0], context)
        : null,
      sourcesNode(answer, clauses, say),
      referralNode(answer, context),
      ...toolsNodes(turn, context),
      followupsNode(answer, context),
    ].filter(Boolean),
  };
}

// The lines; what was understood as a form, the table of a verdict, its points and the input for a fact stand in
// place of those that say the same.
function textNodes(answer, clauses, context) {
  const { say } = context;
  const { verdict, referral } = answer;
  const table = verdict && verdictNode(verdict, clauses, say);
  const shown = [...(table ? ["check", "nearest", "assumption"] : []), ...(verdict?.missing.length ? ["question"] : [])];
  const understood = answer.reading ? linesOf(answer).filter(({ kind }) => kind === "understood") : [];
  const reading = understood.length ? [readingNode(answer, understood, context)] : [];
  const lines = linesOf(answer).filter((line) => !understood.includes(line));
  const contact = referral && `${referral.contact}。`;
  const nodes = (part) => blockNodes(
    part.filter((line) => !shown.includes(line.kind)).map((line) =>
      contact && line.text.endsWith(contact) ? { ...line, text: line.text.slice(0, -contact.length) } : line),
    lines.length > 1, clauses.mark.bind(clauses),
  );
  if (!table) return [...reading, ...nodes(lines)];
  const first = lines.findIndex((line) => line.kind === "check");
  const at = first < 0 ? lines.length : first;
  return [...reading, ...nodes(lines.slice(0, at)), table, ...nodes(lines.slice(at))];
}

function sourcesNode(answer, clauses, say) {
  if (!answer.citations?.length) return null;
  const items = answer.citations.map((citation) => el("li", {}, clauses.source(citation)));
  return el("div", { class: "sources-box" }, el("h4", {}, say("sources")), el("ul", { class: "sources" }, items));
}

function referralNode(answer, { say, api, contactUrl }) {
  const { referral } = answer;
  if (!referral) return null;
  const nearby = el("div", { class: "nearby" });
  showNearby(referral.nearby ?? [], nearby, say, api);
  return el(
    "div", { class: "referral" },
    el("h4", {}, icon("person"), say("contact")),
    el("p", {}, `${referral.contact}。`),
    contactUrl && el("p", {}, linkOut(say, contactUrl, document.baseURI, say("contact-link"))),
    nearby,
  );
}

// Their names have to be fetched; without them nothing is shown.
async function showNearby(ids, node, say, api) {
  try {
    const found = await Promise.all(ids.map((id) => api.clause(id)));
    if (!found.length) return;
    const items = found.map((clause) => el("li", {}, linkOut(say, clause.url, api.base, clause.label)));
    node.append(el("h4", {}, say("nearby")), el("ul", {}, items));
  } catch {
    // The clauses nearby are a kindness; the answer stands without them.
  }
}

function followupsNode(answer, { say, ask }) {
  if (!answer.followups?.length) return null;
  const id = uid();
  return el(
    "div", { class: "followups only-last", role: "group", "aria-labelledby": id },
    el("h4", { id }, say("followups")),
    el("div", { class: "chips" }, answer.followups.map((text) => button({ class: "chip", onclick: () => ask(text) }, text))),
  );
}

function toolsNodes(turn, context) {
  const { say, announcer } = context;
  const { buttons, more } = feedbackNode(turn, context);
  const copy = button({
    class: "plain",
    onclick: async () => {
      const done = await copied(citedText(turn.answer, say, context.api.base));
      announcer.say(say(done ? "copied" : "copy-failed"), !done);
      label.textContent = say(done ? "copied" : "copy-failed");
    },
  }, icon("copy"));
  const label = el("span", {}, say("copy"));
  copy.append(label);
  return [el("div", { class: "tools" }, copy, buttons), more];
}

// What the answer says, and each source with its words, edition and address.
function citedText(answer, say, base) {
  const body = textOf(linesOf(answer));
  const sources = (answer.citations ?? []).map((citation) =>
    `〔${citation.n}〕${citation.label}（${say("edition", citation)}）：「${citation.quote}」\n${safeUrl(citation.url, base) ?? ""}`);
  return sources.length ? `${body}\n\n${say("sources")}\n${sources.join("\n")}` : body;
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
}

// Pages without TLS have no clipboard but this.
function copiedBySelection(text) {
  const before = focused();
  const field = el("textarea", { "aria-hidden": "true", tabindex: "-1" });
  field.value = text;
  field.style.setProperty("position", "fixed");
  field.style.setProperty("opacity", "0");
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  before?.focus();
  return done;
}
