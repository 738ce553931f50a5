// Elements are made here and nowhere else: text is always text, never markup.

let made = 0;
const uid = () => `ga-${(made += 1)}`;

const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

// el("p", {class: "a", onclick: f, hidden: true}, "text", child, null)
function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== false));
  return node;
}

// The language of the widget, null where the page has declared it already.
const ownLanguage = () => (/^zh-(hant|tw)/i.test(document.documentElement.lang) ? null : "zh-Hant-TW");

const unseen = (text) => el("span", { class: "unseen" }, text);

const ICONS = {
  chat: "M4 5h16v11H10l-5 4v-4H4z M8 9h8 M8 12.5h5",
  close: "M6 6l12 12 M18 6L6 18",
  bin: "M5 7h14 M10 7V4.5h4V7 M7 7l1 13h8l1-13 M10.5 11v5.5 M13.5 11v5.5",
  send: "M12 20V5 M5.5 11.5L12 5l6.5 6.5",
  stop: "M7 7h10v10H7z",
  met: "M5 12.5l4.5 4.5L19 7.5",
  not_met: "M6.5 6.5l11 11 M17.5 6.5l-11 11",
  assumed: "M5 5h14v14H5z",
  unknown: "M9 9.2a3 3 0 1 1 4.4 2.6c-.9.5-1.4 1-1.4 2.2 M12 17.2v.3",
  copy: "M9 9h10v11H9z M5 15V4h10",
  up: "M7 11v9H4v-9z M7 11l4-7c1.5 0 2.3 1 2 2.5L12.500 10H19l-1.500 8.500c-.2 1-.8 1.500-1.800 1.500H7",
  down: "M7 13V4H4v9z M7 13l4 7c1.500 0 2.300-1 2-2.500L12.500 14H19l-1.500-8.500c-.2-1-.8-1.500-1.800-1.500H7",
  out: "M14 5h5v5 M19 5l-8 8 M17 14v5H5V7h5",
  person: "M12 12a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z M5 20c.5-4 3-6 7-6s6.500 2 7 6",
};

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  svg.append(path);
  return svg;
}

const button = (properties, ...children) => el("button", { type: "button", ...properties }, ...children);

// The address made absolute, or null for anything but http(s).
function safeUrl(address, base) {
  try {
    const url = new URL(address, base);
    return /^https?:$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function linkOut(say, address, base, text) {
  const href = safeUrl(address, base);
  if (href === null) return null;
  return el(
    "a", { href, target: "_blank", rel: "noopener noreferrer", class: "out" },
    text, unseen(say("new-window")), icon("out"),
  );
}

// The element with the focus, also inside shadow roots.
function focused() {
  let node = document.activeElement;
  while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
  return node;
}
