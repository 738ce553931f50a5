// A verdict as a small table; the result in words and by an icon as well as by colour.

const DECISION_ICONS = { eligible: "met", ineligible: "not_met", unknown: "unknown", tentative: "assumed" };

// -> the table with what follows from it, or null where nothing was judged.
function verdictNode(verdict, clauses, say) {
  if (!verdict.checks.length) return null;
  const decision = verdict.tentative ? "tentative" : verdict.decision;
  const heads = ["reading", "limit", "result"].map((name) => el("th", { scope: "col" }, say(name)));
  return el(
    "div", { class: "verdict" },
    el(
      "table", {},
      el(
        "caption", {},
        el("span", {}, say("verdict", verdict)),
        result(decision, DECISION_ICONS[decision], say),
      ),
      el("thead", {}, el("tr", {}, heads)),
      verdict.checks.map((check) => group(check, clauses, say)),
    ),
    points(say("nearest"), verdict.nearest, "nearest"),
    points(say("assumptions"), verdict.assumptions, "assumptions"),
  );
}

// The rule has a line of its own above its figures: beside them it would leave no room on a phone.
function group(check, clauses, say) {
  const mark = clauses.markOf(check.clause_id);
  return el(
    "tbody", {},
    el("tr", {}, el("th", { scope: "rowgroup", colspan: "3" }, withMark(check.title || check.rule, mark))),
    el(
      "tr", {},
      el("td", {}, check.reading || el("span", { class: "soft" }, say("not-told"))),
      el("td", {}, check.limit),
      el("td", {}, result(check.result, check.result, say)),
    ),
  );
}

const result = (name, sign, say) => el("span", { class: `result ${sign}` }, icon(sign), say(name));

function points(heading, texts, name) {
  if (!texts?.length) return null;
  return el("div", { class: name }, el("h4", {}, heading), el("ul", {}, texts.map((text) => el("li", {}, text))));
}
