// An answer's lines -> paragraphs and lists, their marks 〔n〕 made into buttons.

// An answer that an older page kept has no lines.
const linesOf = (answer) => answer.lines ?? [{ kind: "said", text: answer.text, marks: [] }];

// The lines as plain text, as the server writes it.
function textOf(lines) {
  const written = lines.map(({ kind, text, marks }) =>
    `${kind === "heading" ? "\n" : ""}${marks.length && kind !== "lead" && lines.length > 1 ? "・" : ""}${text}${marks.map((n) => `〔${n}〕`).join("")}`);
  return written.join("\n").trim();
}

// One line; `mark(n)` gives the button of a citation, or null where there is none.
function lineNodes({ text, marks }, mark) {
  const [first, ...others] = marks.map(mark).filter(Boolean);
  if (!first) return [text];
  return [...withMark(text, first), ...others.map((other) => el("span", { class: "keep" }, other))];
}

// No line begins with a mark alone: the last two characters before it stay with it.
function withMark(text, mark) {
  return [text.slice(0, -2), el("span", { class: "keep" }, text.slice(-2), mark)];
}

// Lines -> elements, a block for each question; each element of a block can have a clause opened below it.
function blockNodes(lines, listed, mark) {
  const blocks = [];
  for (const line of lines) {
    const heads = line.kind === "heading";
    if (heads || !blocks.length) blocks.push(el("div", { class: heads ? "block part" : "block" }));
    const block = blocks.at(-1);
    if (!listed || !line.marks.length || line.kind === "lead") block.append(el("p", {}, lineNodes(line, mark)));
    else {
      if (block.lastChild?.localName !== "ul") block.append(el("ul"));
      block.lastChild.append(el("li", {}, lineNodes(line, mark)));
    }
  }
  return blocks;
}
