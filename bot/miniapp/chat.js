// Keeps questions under way fresh without a reload. Without this script the page reloads itself.
"use strict";

const EVERY_MS = 700;
const SPARE_TRIES = 5;

async function follow(turn) {
  let tries = SPARE_TRIES;
  while (turn.dataset.done !== "yes" && tries > 0) {
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    let response;
    try {
      response = await fetch(`/turn/${turn.dataset.turn}`, { credentials: "same-origin" });
    } catch {
      tries -= 1;
      continue;
    }
    if (!response.ok) return;
    tries = SPARE_TRIES;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("[data-turn]");
    if (fresh && fresh.innerHTML !== turn.innerHTML) {
      turn.replaceWith(fresh);
      turn = fresh;
    }
  }
}

document.querySelectorAll("[data-turn]").forEach(follow);

const box = document.querySelector("#asked");
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    box.form.requestSubmit();
  }
});
