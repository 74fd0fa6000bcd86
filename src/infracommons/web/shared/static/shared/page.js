// What makes pages quicker to use; each page works without it.
"use strict";

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  document.getElementById("search").focus();
});

for (const filters of document.querySelectorAll("[data-close-when-narrow]")) {
  filters.open = matchMedia("(min-width: 62rem)").matches;
}

for (const button of document.querySelectorAll("[data-copy-link]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const said = button.parentElement.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(location.href);
      said.textContent = "Link copied";
    } catch {
      said.textContent = "Not copied: the browser did not allow it; the link is in the address bar";
    }
  });
}
