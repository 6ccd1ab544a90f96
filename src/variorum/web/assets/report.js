// A report's page: words that are selected lead to the form for a claim of them; a claim and its words light up together.
"use strict";

const text = document.querySelector("[data-text]");
const link = document.querySelector("[data-add-link]");
const plain = link ? link.getAttribute("href") : "";
const button = document.createElement("a");
button.className = "button first selecting unprinted";
button.textContent = "Add a claim of these words";
button.hidden = true;
document.body.append(button);

// Offsets count code points, a string's length counts units of UTF-16.
const points = (string) => [...string].length;

function offset(node, at) {
  let element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const run = element.closest("[data-start]");
  if (run) {
    const range = document.createRange();
    range.selectNodeContents(run);
    range.setEnd(node, at);
    return Number(run.dataset.start) + points(range.toString());
  }
  return null;
}

// A selection may begin or end between runs: then the next run's beginning or the last one's end is meant.
function bounds(range) {
  const runs = [...text.querySelectorAll("[data-start]")].filter((run) => range.intersectsNode(run));
  if (!runs.length) return null;
  const first = runs[0];
  const last = runs[runs.length - 1];
  const start = first.contains(range.startContainer) ? offset(range.startContainer, range.startOffset) : Number(first.dataset.start);
  const end = last.contains(range.endContainer)
    ? offset(range.endContainer, range.endOffset)
    : Number(last.dataset.start) + points(last.textContent);
  return start !== null && end !== null && start < end ? [start, end] : null;
}

function trimmed([start, end], range) {
  const said = range.cloneContents();
  for (const mark of said.querySelectorAll("[data-mark]")) mark.remove();
  const words = said.textContent;
  const before = points(words) - points(words.trimStart());
  const after = points(words) - points(words.trimEnd());
  return start + before < end - after ? [start + before, end - after] : null;
}

document.addEventListener("selectionchange", () => {
  const chosen = document.getSelection();
  const range = chosen.rangeCount && !chosen.isCollapsed ? chosen.getRangeAt(0) : null;
  const inside = range && text && text.contains(range.commonAncestorContainer);
  const found = inside ? bounds(range) : null;
  const kept = found && (text.querySelectorAll("p").length === 1 || !range.toString().includes("\n")) ? trimmed(found, range) : found;
  button.hidden = !kept;
  if (!link) return;
  link.setAttribute("href", kept ? `${plain}?start=${kept[0]}&end=${kept[1]}` : plain);
  if (!kept) return;
  button.setAttribute("href", link.getAttribute("href"));
  const box = range.getBoundingClientRect();
  button.style.top = `${window.scrollY + box.bottom + 6}px`;
  button.style.left = `${Math.max(8, Math.min(window.scrollX + box.left, window.innerWidth - 240))}px`;
});

function light(numbers, on) {
  for (const number of numbers) {
    for (const words of document.querySelectorAll(`[data-claims~="${number}"]`)) words.classList.toggle("lit", on);
    document.querySelector(`[data-number="${number}"]`)?.classList.toggle("lit", on);
  }
}

for (const [type, on] of [["mouseover", true], ["mouseout", false]]) {
  document.addEventListener(type, (event) => {
    const one = event.target.closest?.("[data-claims], [data-number]");
    if (one) light((one.dataset.claims || one.dataset.number).split(" "), on);
  });
}
