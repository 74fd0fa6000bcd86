// Shows what needs a script, and says why a passkey was not used; the ceremony itself is allauth's.
"use strict";

for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;

document.addEventListener("allauth.error", (event) => {
  const said = document.querySelector("[data-passkey-problem]");
  if (!said) return;
  event.preventDefault();
  const name = event.detail?.exception?.name;
  said.textContent =
    name === "NotAllowedError"
      ? "The key was not used: it was cancelled or took too long. Try again, or choose another way."
      : "This browser or device could not use a key here. Choose another way.";
});
