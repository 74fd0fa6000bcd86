// Makes the search page quicker to use: narrows long lists of choices, keeps what is open, says how many match.
"use strict";

const form = document.getElementById("find");
const kept = { open: new Map(), typed: new Map() };

function narrow(box) {
  const wanted = box.value.trim().toLocaleLowerCase();
  for (const label of box.closest("fieldset").querySelectorAll("label.box")) {
    const isChosen = label.querySelector("input").checked;
    label.hidden = !isChosen && !label.textContent.toLocaleLowerCase().includes(wanted);
  }
}

function equip() {
  for (const list of form.querySelectorAll("fieldset[data-long]")) {
    const box = document.createElement("input");
    box.type = "search";
    box.className = "narrow-list";
    box.id = `narrow-${list.parentElement.id}`;
    box.placeholder = "Search in this list";
    box.setAttribute("aria-label", `Search in ${list.dataset.long}`);
    list.querySelector("legend").after(box);
  }
  for (const button of form.querySelectorAll("[data-without-script]")) button.hidden = true;
  count();
}

function count() {
  const ticked = form.querySelectorAll("input[name=ids]:checked, input[name=ids][type=hidden]").length;
  for (const button of form.querySelectorAll("[data-compare]")) {
    button.textContent = ticked ? `Compare what is ticked (${ticked})` : "Compare what is ticked";
  }
}

function remember() {
  for (const part of form.querySelectorAll("details[id]")) kept.open.set(part.id, part.open);
  for (const box of form.querySelectorAll(".narrow-list")) kept.typed.set(box.id, box.value);
}

function restore() {
  for (const part of form.querySelectorAll("details[id]")) {
    if (kept.open.has(part.id)) part.open = kept.open.get(part.id);
  }
  for (const box of form.querySelectorAll(".narrow-list")) {
    box.value = kept.typed.get(box.id) || "";
    if (box.value) narrow(box);
  }
}

form.addEventListener("input", (event) => {
  if (event.target.matches(".narrow-list")) narrow(event.target);
  if (event.target.name === "ids") count();
});

// A box that narrows a list is no filter: its changes must not search.
form.addEventListener("change", (event) => {
  if (event.target.matches(".narrow-list")) event.stopPropagation();
}, true);

form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches(".narrow-list")) event.preventDefault();
});

// What is empty says nothing and stays out of the address.
form.addEventListener("submit", () => {
  for (const field of form.querySelectorAll("input[name], select[name]")) {
    field.disabled = field.type !== "checkbox" && !field.value;
  }
});
addEventListener("pageshow", () => {
  for (const field of form.querySelectorAll("input[name], select[name]")) field.disabled = false;
});

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status >= 400) {
    event.detail.shouldSwap = false;
    location.assign(event.detail.pathInfo.finalRequestPath);
  } else {
    remember();
  }
});

document.addEventListener("htmx:afterSwap", () => {
  equip();
  restore();
  document.getElementById("address").value = document.getElementById("found").dataset.address;
  document.getElementById("announced").textContent = document.getElementById("answer").textContent;
});

document.addEventListener("htmx:historyRestore", () => location.reload());

equip();
