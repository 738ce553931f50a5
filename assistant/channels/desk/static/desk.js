// The console's keyboard, insertion and copying. Every page works without it.
"use strict";

document.documentElement.classList.add("scripted");

const SINGLE = "desk-single-keys";
const CARET = "desk-caret";
const one = (selector, within = document) => within.querySelector(selector);
const say = (words) => {
  const region = one("#said");
  if (region) region.textContent = words;
};
const composing = (event) => event.isComposing || event.keyCode === 229 || event.key === "Process";

// Insertion at the caret; the change is told, so that the check follows.
function insert(words) {
  const text = one("#text");
  if (!text || text.readOnly) return;
  const at = text.selectionStart;
  text.setRangeText(words, at, text.selectionEnd, "end");
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
  say("已插入");
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert], [data-copy], [data-copy-text], [data-opens]");
  if (!button) return;
  if (button.dataset.insert) insert(button.dataset.insert);
  else if (button.dataset.copy) copyReply(button);
  else if (button.dataset.copyText) copyText(button.dataset.copyText).then((ok) => told(button, ok));
  else if (one("#keys")) {
    event.preventDefault();
    one("#keys").showModal();
  }
});

document.addEventListener("change", (event) => {
  const select = event.target.closest("[data-inserts]");
  if (select && select.value) {
    insert(select.value);
    select.selectedIndex = 0;
  }
  if (event.target.id === "single-keys") localStorage.setItem(SINGLE, event.target.checked ? "on" : "off");
});

// Copying: the clipboard of secure pages, and the selection where there is none.
async function copyReply(button) {
  try {
    const read = (kind) => fetch(`${button.dataset.from}.${kind}`).then((r) => (r.ok ? r.text() : Promise.reject(r)));
    const text = await read("txt");
    const html = button.dataset.copy === "html" ? await read("html") : null;
    const ok = html === null ? await copyText(text) : await copyHtml(html, text);
    told(button, ok);
    const form = one("#copied");
    if (ok && form) form.requestSubmit();
  } catch {
    told(button, false);
  }
}

async function copyText(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch { /* refused by the browser: the selection is left */ }
  }
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const ok = document.execCommand("copy");
  field.remove();
  return ok;
}

async function copyHtml(html, text) {
  if (navigator.clipboard && window.ClipboardItem && window.isSecureContext) {
    try {
      const blob = (words, type) => new Blob([words], { type });
      await navigator.clipboard.write([
        new ClipboardItem({ "text/html": blob(html, "text/html"), "text/plain": blob(text, "text/plain") }),
      ]);
      return true;
    } catch { /* as above */ }
  }
  const place = document.createElement("div");
  place.append(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  document.body.append(place);
  getSelection().selectAllChildren(place);
  const ok = document.execCommand("copy");
  place.remove();
  return ok;
}

function told(button, ok) {
  const words = ok ? "已複製" : "複製不成，請用下載";
  button.textContent = words;
  say(words);
}

// Text that is not saved yet: said beside the buttons, and asked about before leaving.
const guarded = one("form[data-guard]");
if (guarded) {
  const text = one("#text");
  const saved = text.value;
  let leaving = false;
  const changed = () => text.value !== saved;
  text.addEventListener("input", () => { one("#unsaved").hidden = !changed(); });
  guarded.addEventListener("submit", () => {
    leaving = true;
    sessionStorage.setItem(CARET, JSON.stringify([location.pathname, text.selectionStart, scrollY]));
  });
  addEventListener("beforeunload", (event) => { if (changed() && !leaving) event.preventDefault(); });
  const [path, at, top] = JSON.parse(sessionStorage.getItem(CARET) || "[]");
  if (path === location.pathname && !location.hash) {
    text.focus({ preventScroll: true });
    text.setSelectionRange(at, at);
    scrollTo(0, top);
  }
  sessionStorage.removeItem(CARET);
}

// Keys. Single ones can be turned off, and never count while something is typed or a word is composed.
const single = () => localStorage.getItem(SINGLE) !== "off";
if (one("#single-keys")) one("#single-keys").checked = single();

document.addEventListener("keydown", (event) => {
  if (composing(event)) return;
  const main = one("form[data-main]");
  if ((event.ctrlKey || event.metaKey) && main) {
    const chosen = { s: "[data-save]", Enter: "[data-approve]" }[event.key];
    const button = chosen && (one(chosen, main) || (event.key === "Enter" && one("button.main", main)));
    if (button) {
      event.preventDefault();
      button.click();
    }
    return;
  }
  if (event.altKey && /^[0-9]$/.test(event.key)) {
    const place = event.key === "0" ? one("#text") : one(`#q${event.key}`);
    if (place) {
      event.preventDefault();
      place.focus();
      place.scrollIntoView({ block: "nearest" });
    }
    return;
  }
  const typing = event.target.closest("input, textarea, select, dialog, [contenteditable]");
  if (typing || !single() || event.altKey || event.ctrlKey || event.metaKey) return;
  const key = event.key.toLowerCase();
  if (key === "?") one("#keys")?.showModal();
  else if (key === "n" && one("#keys")) location.href = "/desk/new";
  else if (key === "/" && one("#q")) one("#q").focus();
  else if (key === "j" || key === "k") step(key === "j" ? 1 : -1);
  else return;
  event.preventDefault();
});

function step(by) {
  const links = [...document.querySelectorAll("#list .what a")];
  const at = links.indexOf(document.activeElement);
  const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by];
  if (next) next.focus();
}
