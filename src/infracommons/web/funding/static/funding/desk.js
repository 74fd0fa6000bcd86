// Keys for the review desk: each button with a key is pressed by it. Each page works without them.
"use strict";

{
  const stored = "review-keys-off";
  const off = () => localStorage.getItem(stored) === "1";
  const hints = document.querySelectorAll("[data-key-shown]");
  const bars = document.querySelectorAll("[data-keys]");
  let isPressed = false;

  const say = () => {
    for (const hint of hints) hint.hidden = off();
    for (const button of document.querySelectorAll("[data-keys-switch]")) {
      button.textContent = off() ? "Turn keys on" : "Turn keys off";
    }
    for (const button of document.querySelectorAll("[data-key]")) {
      if (off()) button.removeAttribute("aria-keyshortcuts");
      else button.setAttribute("aria-keyshortcuts", button.dataset.key);
    }
  };

  if (hints.length) {
    for (const bar of bars) bar.hidden = false;
    say();
    for (const button of document.querySelectorAll("[data-keys-switch]")) {
      button.addEventListener("click", () => {
        if (off()) localStorage.removeItem(stored);
        else localStorage.setItem(stored, "1");
        say();
      });
    }
    // One answer a page: a second press while the next page is on its way must not answer that one.
    document.addEventListener("submit", (event) => {
      if (isPressed) event.preventDefault();
      isPressed = true;
    });
    window.addEventListener("pageshow", () => { isPressed = false; });
    document.addEventListener("keydown", (event) => {
      const note = document.querySelector("[data-note]");
      if (event.key === "Escape" && event.target === note) note.blur();
      const typing = event.target.closest("input, textarea, select");
      if (off() || typing || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "e" && note) {
        event.preventDefault();
        note.focus();
        return;
      }
      const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (!button) return;
      event.preventDefault();
      button.click();
    });
  }
  const problem = document.getElementById("problem");
  if (problem) problem.focus();
  // A page that shows something running looks again by itself.
  const running = document.querySelector("[data-refresh]");
  if (running) setTimeout(() => location.reload(), Number(running.dataset.refresh) * 1000);
}
