// Makes forms quicker: saves drafts by itself, adds rows and filters long lists in place. All of it works without.
"use strict";

const SAVE_AFTER = 3000; // milliseconds after the last change

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const said = form.querySelector("[data-save-status]");
  let timer = 0;
  let changes = 0;
  let saved = 0;
  let saving = false;

  const save = async () => {
    if (saving || changes === saved) return;
    saving = true;
    const upTo = changes;
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      const told = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : {};
      if (answer.ok) {
        saved = upTo;
        form.elements.revision.value = told.revision;
        said.textContent = `Saved ${told.saved} (UTC)`;
      } else {
        said.textContent = told.message || "Not saved by itself. Press Save: nothing you typed is lost.";
      }
    } catch {
      said.textContent = "Not saved: there is no connection. It is tried again with your next change.";
    }
    saving = false;
    if (changes > upTo) timer = setTimeout(save, SAVE_AFTER);
  };

  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-filter]")) return;
    changes += 1;
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_AFTER);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    saved = changes;
  });
  addEventListener("beforeunload", (event) => {
    if (changes !== saved) event.preventDefault();
  });
}

for (const button of document.querySelectorAll("[data-add-row]")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const rows = button.parentElement.querySelectorAll(".row");
    const number = rows.length + 1;
    const added = rows[rows.length - 1].cloneNode(true);
    for (const label of added.querySelectorAll("label")) {
      const input = label.parentElement.querySelector("input");
      input.id = input.id.replace(/\d+$/, number);
      input.value = "";
      input.removeAttribute("aria-invalid");
      label.htmlFor = input.id;
      label.firstChild.textContent = label.firstChild.textContent.replace(/\d+/, number);
    }
    rows[rows.length - 1].after(added);
    added.querySelector("input").focus();
  });
}

for (const list of document.querySelectorAll("[data-filter-list]")) {
  const boxes = [...list.querySelectorAll(".box")];
  const filter = document.createElement("input");
  filter.type = "search";
  filter.dataset.filter = "";
  filter.setAttribute("aria-label", `Find in: ${list.querySelector("summary").textContent.trim()}`);
  filter.placeholder = "Find in this list";
  list.querySelector(".box-list").before(filter);
  filter.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const box of boxes) box.hidden = !box.textContent.toLowerCase().includes(wanted);
  });
}

for (const file of document.querySelectorAll("input[type=file]")) {
  file.addEventListener("change", () => {
    const large = file.files[0] && file.files[0].size > 5 * 1024 * 1024;
    file.setCustomValidity(large ? "This file has more than 5 MB. Choose a smaller one." : "");
    if (large) file.reportValidity();
  });
}
