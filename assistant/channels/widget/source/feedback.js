// 有幫助 / 沒有幫助, with a reason; what is said later takes the place of what was said before.

// `turn.said` is kept with the conversation: true, false or undefined.
function feedbackNode(turn, { say, api, announcer, save, reveal }) {
  const helpful = button({ class: "plain", onclick: () => tell(true) }, icon("up"), say("helpful"));
  const unhelpful = button({ class: "plain", onclick: () => tell(false) }, icon("down"), say("unhelpful"));
  const more = el("div", { class: "more" });
  const show = () => {
    helpful.setAttribute("aria-pressed", String(turn.said === true));
    unhelpful.setAttribute("aria-pressed", String(turn.said === false));
  };

  async function post(body) {
    try {
      await api.feedback({ answer_id: turn.answer.id, ...body });
      return true;
    } catch (trouble) {
      const text = trouble.message || say("feedback-failed");
      more.replaceChildren(el("p", { class: "fault" }, text));
      announcer.say(text, true);
      return false;
    }
  }

  function thank() {
    more.replaceChildren(el("p", { class: "soft" }, say("thanks")));
    announcer.say(say("thanks"));
  }

  async function tell(value) {
    if (!(await post({ helpful: value }))) return;
    turn.said = value;
    save();
    show();
    if (value) thank();
    else askWhy();
  }

  function askWhy() {
    const name = uid();
    const commentId = uid();
    const reasons = say("reasons").split("|").map((reason) =>
      el("label", {}, el("input", { type: "radio", name, value: reason }), reason));
    const comment = el("textarea", { id: commentId, rows: "2", maxlength: "500" });
    const form = el(
      "form", {
        onsubmit: async (event) => {
          event.preventDefault();
          const reason = form.querySelector("input:checked")?.value ?? null;
          const said = { helpful: false, reason, comment: comment.value.trim() || null };
          const within = form.contains(focused());
          if (!(await post(said))) return;
          thank();
          if (within) unhelpful.focus();
        },
      },
      el("fieldset", {}, el("legend", {}, say("why")), reasons),
      el("label", { for: commentId }, say("comment")), comment,
      el("button", { type: "submit", class: "solid" }, say("feedback-send")),
    );
    more.replaceChildren(form);
    form.querySelector("input").focus({ preventScroll: true });
    reveal(form, unhelpful);
  }

  show();
  return { buttons: [helpful, unhelpful], more };
}
