// The clause behind a mark, opened in place: its entry's text with the quote marked, edition, link.

class Clauses {
  #citations;
  #context;
  #open = null;

  constructor(citations, context) {
    this.#citations = new Map(citations.map((citation) => [citation.n, citation]));
    this.#context = context;
  }

  // The button of a mark, null where no citation has that number.
  mark(n) {
    const citation = this.#citations.get(n);
    return citation ? this.#opener(citation, { class: "mark" }, `〔${n}〕`) : null;
  }

  markOf(clauseId) {
    const citation = [...this.#citations.values()].find((found) => found.clause_id === clauseId);
    return citation ? this.mark(citation.n) : null;
  }

  // The button in the list of sources.
  source(citation) {
    return this.#opener(citation, { class: "source" }, el("b", {}, `〔${citation.n}〕`), el("span", {}, citation.label));
  }

  #opener(citation, properties, ...children) {
    const { say } = this.#context;
    const opener = button({
      ...properties,
      "aria-expanded": "false",
      "aria-label": say("source", citation),
      onclick: () => (this.#open?.opener === opener ? this.close() : this.#show(citation, opener)),
    }, ...children);
    return opener;
  }

  close() {
    if (!this.#open) return false;
    const { opener, card } = this.#open;
    this.#open = null;
    opener.setAttribute("aria-expanded", "false");
    opener.removeAttribute("aria-controls");
    const within = card.contains(focused());
    card.remove();
    if (within) opener.focus();
    return true;
  }

  #show(citation, opener) {
    this.close();
    const { say, api } = this.#context;
    const text = el("div", { class: "text" }, el("p", { class: "soft" }, say("clause-loading")));
    const card = el(
      "section", { class: "clause", id: uid(), "aria-label": citation.label },
      el("p", { class: "clause-head" }, el("strong", {}, citation.label), el("span", { class: "soft" }, say("edition", citation))),
      text,
      el(
        "p", { class: "clause-foot" },
        linkOut(say, citation.url, api.base, say("clause-page")),
        button({ class: "plain", onclick: () => { this.close(); opener.focus(); } }, say("clause-close")),
      ),
    );
    card.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
    placeOf(opener).after(card);
    this.#open = { opener, card };
    opener.setAttribute("aria-expanded", "true");
    opener.setAttribute("aria-controls", card.id);
    this.#fill(citation, text).then(() => this.#context.reveal(card, opener));
  }

  async #fill(citation, text) {
    const { say, api } = this.#context;
    try {
      const clause = await api.clause(citation.clause_id);
      const entry = clause.parents.length ? await api.clause(clause.parents[0].id) : clause;
      text.replaceChildren(...entryLines(entry, citation));
      text.setAttribute("tabindex", "0");
      text.setAttribute("role", "region");
      text.setAttribute("aria-label", say("clause-text"));
      const marked = text.querySelector("mark");
      if (marked) text.scrollTop = marked.offsetTop - text.offsetTop - text.clientHeight / 3;
    } catch {
      // What was quoted came with the answer.
      text.replaceChildren(el("p", { class: "soft" }, say("clause-failed")), el("p", {}, el("mark", {}, citation.quote)));
    }
  }
}

// A clause opens below the paragraph, list or table that its mark stands in, or below its line of the sources.
function placeOf(opener) {
  let place = opener;
  while (place.parentElement && !place.parentElement.matches(".block, .verdict, .sources li")) place = place.parentElement;
  return place;
}

// An entry's text as lines, one for each labelled item, the quote marked. Offsets count code points.
function entryLines(entry, citation) {
  const characters = Array.from(entry.text);
  const cut = (start, end) => characters.slice(start - entry.start, end - entry.start).join("");
  const starts = [entry.start];
  let at = entry.start;
  for (const leaf of leavesOf(entry)) {
    if (at > entry.start && cut(at, leaf.start).trim()) starts.push(at);
    at = leaf.end;
  }
  return starts.map((start, line) => {
    const end = starts[line + 1] ?? entry.end;
    const from = Math.min(Math.max(citation.start, start), end);
    const to = Math.max(Math.min(citation.end, end), from);
    return el("p", {}, cut(start, from), from < to && el("mark", {}, cut(from, to)), cut(to, end));
  });
}

function leavesOf(node) {
  return node.children.length ? node.children.flatMap(leavesOf) : [node];
}
