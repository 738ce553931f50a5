// Enter that picks a word of an input method (Zhuyin, Cangjie, Pinyin) must not send.
//
// Chromium and Firefox: keydown with isComposing, then compositionend. Safari: compositionend first,
// then keydown with keyCode 229, or with 13 as if it were a plain Enter; only its time gives it away.

const AFTER_COMPOSING_MS = 50;

function composingGuard(field) {
  let composing = false;
  let ended = -Infinity;
  field.addEventListener("compositionstart", () => { composing = true; });
  field.addEventListener("compositionend", (event) => {
    composing = false;
    ended = event.timeStamp;
  });
  return (event) =>
    composing || event.isComposing || event.keyCode === 229 || event.key === "Process" ||
    event.timeStamp - ended < AFTER_COMPOSING_MS;
}
