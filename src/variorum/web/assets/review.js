// Review by keyboard: j and k go from card to card, a letter presses the card's button. Every page works without it.
"use strict";

const cards = () => [...document.querySelectorAll("[data-cards] > [data-card]")];
const open = () => cards().filter((card) => !card.classList.contains("done"));

function current() {
  const held = document.activeElement && document.activeElement.closest("[data-card]");
  return held || document.querySelector("[data-card].current") || cards()[0];
}

function go(card) {
  if (!card) return;
  for (const other of document.querySelectorAll("[data-card].current")) other.classList.remove("current");
  card.classList.add("current");
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = cards();
  const at = all.indexOf(current());
  go(all[Math.max(0, Math.min(all.length - 1, at + by))]);
}

function press(card, key) {
  const there = card && card.querySelector(`[data-key="${key}"]`);
  if (!there || !there.getClientRects().length) return false; // none, or not offered to this person
  there.click();
  if (key === "r") {
    const field = card.querySelector(".reject[open] input[name=why]");
    if (field) there.focus();
  }
  return true;
}

function undo() {
  const done = [...document.querySelectorAll("[data-cards] .done [data-undo]")];
  const last = window.lastDone && window.lastDone.isConnected ? window.lastDone.querySelector("[data-undo]") : done.pop();
  const form = last || document.querySelector("[data-last] [data-undo]");
  if (form) form.requestSubmit();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    const leave = event.target.closest("[data-card]")?.querySelector("[data-leave]");
    const refusing = event.target.closest(".reject[open]");
    if (leave) leave.click();
    else if (refusing) {
      refusing.open = false;
      go(refusing.closest("[data-card]"));
    }
    return;
  }
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const card = current();
  const taken =
    event.key === "j" ? (step(1), true)
    : event.key === "k" ? (step(-1), true)
    : event.key === "u" ? (undo(), true)
    : event.key === "n" ? press(document.body, "n")
    : event.key === "?" ? press(document.body, "?")
    : /^[1-9]$/.test(event.key) ? reason(card, event.key)
    : "arc".includes(event.key) ? press(card, event.key)
    : false;
  if (taken) event.preventDefault();
});

function reason(card, key) {
  const button = card && card.querySelector(`.reject[open] [data-reason="${key}"]`);
  if (button) button.click();
  return Boolean(button);
}

// What the server answers to a decision takes the card's place, refusals too; then the next open card is at hand.
document.addEventListener("htmx:beforeSwap", (event) => {
  if ([409, 422].includes(event.detail.xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

let at = 0;
document.addEventListener("htmx:beforeRequest", (event) => {
  const card = event.target.closest("[data-card]");
  if (card) at = Math.max(0, cards().indexOf(card));
});

document.addEventListener("htmx:afterSwap", () => {
  const put = cards()[at];
  if (!put) return;
  const status = document.querySelector("[data-status]");
  if (put.classList.contains("done")) {
    window.lastDone = put;
    if (status) status.textContent = put.textContent.trim().replace(/\s+/g, " ").slice(0, 160);
    const all = cards();
    const next = all.slice(at + 1).find((one) => !one.classList.contains("done")) || open()[0];
    go(next || put);
    if (!next) document.querySelector('[data-key="n"]')?.focus();
  } else {
    go(put);
    const first = put.querySelector("form.claim-form input:not([type=hidden], [type=radio]), form.claim-form select");
    if (first) first.focus();
  }
});

if (cards().length && !location.hash) go(cards()[0]);
