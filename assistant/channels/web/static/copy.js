// A button with data-copy copies the text of the element with that id; without this script it stays hidden.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const status = button.nextElementSibling;
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    status.textContent = status.dataset.done;
  });
}
