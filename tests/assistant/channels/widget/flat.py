"""A page as scanners without a browser read it: its shadow roots written out in place."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page

# Properties that only a browser knows become attributes; elements that are not shown are left out.
_FLAT: Final = """() => {
  const shown = (node) => node.nodeType !== 1 || node.tagName === "HEAD" || node.closest("head")
    || getComputedStyle(node).display !== "none";
  const written = (sheet) => Object.assign(document.createElement("style"),
    {textContent: [...sheet.cssRules].map((rule) => rule.cssText).join(" ")});
  const copy = (node) => {
    const made = node.cloneNode(false);
    for (const child of (node.shadowRoot ?? node).childNodes) if (shown(child)) made.append(copy(child));
    for (const sheet of node.shadowRoot?.adoptedStyleSheets ?? []) made.append(written(sheet));
    return made;
  };
  const page = copy(document.documentElement);
  for (const script of page.querySelectorAll("script, link[rel=stylesheet]")) script.remove();
  return "<!doctype html>" + page.outerHTML;
}"""


def flattened(page: Page) -> str:
    """The HTML of a page, its shadow roots included."""
    html: str = page.evaluate(_FLAT)
    return html
