// Dropping files anywhere on the box is the same as choosing them; the field does the rest.
"use strict";

for (const box of document.querySelectorAll(".drop")) {
  const field = box.querySelector("input[type=file]");
  const told = box.querySelector(".chosen");
  const tell = () => {
    const files = [...field.files];
    const size = files.reduce((sum, file) => sum + file.size, 0);
    const names = files.slice(0, 3).map((file) => file.name).join(", ");
    const more = files.length > 3 ? ` and ${files.length - 3} more` : "";
    told.textContent = files.length ? `${names}${more} (${(size / 1e6).toFixed(1)} MB)` : "";
  };
  box.addEventListener("dragover", (event) => {
    event.preventDefault();
    box.classList.add("over");
  });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    box.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    tell();
  });
  field.addEventListener("change", tell);
}
