// What all pages share. Each page works without it.
"use strict";

// `/` leads to the search field of a page that has one; a dialogue's or field's own keys stay its own.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const field = document.querySelector("input[type=search]");
  if (field) {
    event.preventDefault();
    field.focus();
    field.select();
  }
});
