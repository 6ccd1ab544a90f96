// The list by keyboard: j and k go from title to title; the browser's own Enter opens.
"use strict";

document.addEventListener("keydown", (event) => {
  if (!["j", "k"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) return;
  const titles = [...document.querySelectorAll(".found .title")];
  const at = titles.indexOf(document.activeElement);
  const next = titles[event.key === "j" ? at + 1 : Math.max(at - 1, 0)];
  if (next) {
    event.preventDefault();
    next.focus();
  }
});
