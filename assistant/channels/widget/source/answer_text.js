// An answer's plain text -> paragraphs and lists, its marks 〔n〕 made into buttons.

const MARK = /(〔\d{1,3}〕)/;
const SOURCE_LINE = /^〔\d{1,3}〕/;
const BULLET = "・";
const PART = /^(?:[(（]?[\d０-９一二三四五六七八九十]{1,2}[)）.．、]|問題[\d一二三四五六七八九十]+)/;

// The lines before the quotes that close the text and their short heading: the widget shows these itself.
function bodyLines(text) {
  const lines = text.split("\n").map((line) => line.trim());
  const at = lines.findIndex((line) => SOURCE_LINE.test(line));
  if (at < 0) return lines;
  const headed = at > 0 && lines[at - 1].length <= 8 && !MARK.test(lines[at - 1]);
  const body = lines.slice(0, headed ? at - 1 : at);
  return body.some(Boolean) ? body : lines;
}

// Blank lines part blocks; a block is [{list, lines}], runs of points or of sentences.
function blocksOf(lines) {
  const blocks = [[]];
  for (const line of lines) {
    const block = blocks.at(-1);
    if (!line) {
      if (block.length) blocks.push([]);
      continue;
    }
    const list = line.startsWith(BULLET);
    if (block.at(-1)?.list !== list) block.push({ list, lines: [] });
    block.at(-1).lines.push(list ? line.slice(BULLET.length) : line);
  }
  return blocks.filter((block) => block.length);
}

// One line; `mark(n)` gives the button of a citation, or null where there is none.
function lineNodes(line, mark) {
  const nodes = [];
  for (const part of line.split(MARK)) {
    const found = MARK.test(part) ? mark(Number(part.slice(1, -1))) : null;
    if (!found) {
      nodes.push(part);
      continue;
    }
    nodes.push(...withMark(typeof nodes.at(-1) === "string" ? nodes.pop() : "", found));
  }
  return nodes.filter((node) => node !== "");
}

// No line begins with a mark alone: the last two characters before it stay with it.
function withMark(text, mark) {
  return [text.slice(0, -2), el("span", { class: "keep" }, text.slice(-2), mark)];
}

// Blocks -> elements; each top-level element of a block can have a clause opened below it.
function blockNodes(blocks, mark) {
  return blocks.map((block) => {
    const parted = blocks.length > 1 && PART.test(block[0].lines[0]);
    const nodes = block.flatMap(({ list, lines }) =>
      list
        ? el("ul", {}, lines.map((line) => el("li", {}, lineNodes(line, mark))))
        : lines.map((line) => el("p", {}, lineNodes(line, mark))));
    return el("div", { class: parted ? "block part" : "block" }, nodes);
  });
}
