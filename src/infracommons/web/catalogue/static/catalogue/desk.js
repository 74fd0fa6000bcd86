// Keys for the curators' desk: move, open, accept, reject, skip. Each page works without them.
"use strict";

{
  const bars = document.querySelectorAll("[data-keys]");
  const items = [...document.querySelectorAll("[data-item]")];
  const stored = "desk-shortcuts-off";
  const off = () => localStorage.getItem(stored) === "1";
  let here = -1;

  const say = () => {
    for (const button of document.querySelectorAll("[data-keys-switch]")) {
      button.textContent = off() ? "Turn shortcuts on" : "Turn shortcuts off";
    }
  };

  const move = (step) => {
    here = Math.min(Math.max(here + step, 0), items.length - 1);
    const target = items[here].querySelector("[data-open]") || items[here];
    target.focus();
    items[here].scrollIntoView({ block: "nearest" });
  };

  const press = (selector) => {
    const found = here >= 0 && items[here].querySelector(selector);
    if (found) found.click();
    return found;
  };

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    s: () => move(1),
    o: () => press("[data-open], [data-evidence]"),
    a: () => press("[data-accept]") && move(1),
    r: () => press("[data-reject]") && items[here].querySelector("[data-reason]").focus(),
  };

  if (bars.length && items.length) {
    for (const bar of bars) bar.hidden = false;
    say();
    for (const button of document.querySelectorAll("[data-keys-switch]")) {
      button.addEventListener("click", () => {
        if (off()) localStorage.removeItem(stored);
        else localStorage.setItem(stored, "1");
        say();
      });
    }
    document.addEventListener("focusin", (event) => {
      const item = event.target.closest("[data-item]");
      if (item) here = items.indexOf(item);
    });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select");
      if (off() || typing || event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
      event.preventDefault();
      keys[event.key]();
    });
  }
}
