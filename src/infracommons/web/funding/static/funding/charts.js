// Quicker hands for charts: T shows the table, links and snippets are copied. Each page works without it.
"use strict";

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key.toLowerCase() !== "t" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const table = event.target.closest("figure.exhibit")?.querySelector("[data-table]");
  if (!table) return;
  event.preventDefault();
  table.open = !table.open;
});

const copies = (button, text) => {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const said = button.parentElement.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(text());
      said.textContent = "Copied";
    } catch {
      said.textContent = "Not copied: the browser did not allow it";
    }
  });
};

for (const button of document.querySelectorAll("[data-copy-address]")) {
  copies(button, () => button.parentElement.querySelector("[data-address]").href);
}
for (const button of document.querySelectorAll("[data-copy-from]")) {
  copies(button, () => document.getElementById(button.dataset.copyFrom).value);
}
