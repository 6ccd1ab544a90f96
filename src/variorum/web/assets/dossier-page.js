// The dossier: words opened in place, days replayed, citations copied. Without it every link leads to a page instead.
"use strict";

// A link with data-c opens what stands behind it in the slot that follows it: in the row below, or in its own section.
const slotOf = (link) => {
  for (const slot of document.querySelectorAll(".slot")) {
    const follows = link.compareDocumentPosition(slot) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (follows && !slot.closest(".behind")) return slot;
  }
  return null;
};
const openers = new WeakMap();
// The row of the table that there is only for a slot.
const rowOf = (slot) => (slot.parentElement.closest(".slot") ? null : slot.closest("tr.opened"));

// Going back loads the page of that day anew, slider and all.
htmx.config.refreshOnHistoryMiss = true;

const shut = (slot, focus) => {
  const link = openers.get(slot);
  slot.replaceChildren();
  openers.delete(slot);
  const row = rowOf(slot);
  if (row) row.hidden = true;
  if (!link) return;
  link.setAttribute("aria-expanded", "false");
  if (focus) link.focus();
};

const open = async (link, slot) => {
  const before = openers.get(slot);
  if (before) before.setAttribute("aria-expanded", "false");
  openers.set(slot, link);
  link.setAttribute("aria-expanded", "true");
  const row = rowOf(slot);
  if (row) row.hidden = false;
  await htmx.ajax("GET", link.getAttribute("href"), { target: slot, swap: "innerHTML" });
  if (openers.get(slot) !== link) return;
  if (!slot.firstElementChild) {
    location.href = link.getAttribute("href");
    return;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "shut unprinted";
  button.textContent = "Close";
  button.addEventListener("click", () => shut(slot, true));
  slot.append(button);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  slot.scrollIntoView({ block: "nearest", inline: "nearest", behavior: still ? "instant" : "smooth" });
};

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest("a[data-c]") : null;
  const slot = link && slotOf(link);
  if (!slot) return;
  event.preventDefault();
  if (openers.get(slot) === link) shut(slot, true);
  else open(link, slot);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const here = document.activeElement;
  const opened = [...document.querySelectorAll(".slot")].filter((slot) => openers.has(slot));
  // What was opened from here comes first, then what encloses it, then the last on the page.
  const slot = opened.find((one) => openers.get(one) === here) || opened.filter((one) => one.contains(here)).pop() || opened.pop();
  if (slot) shut(slot, true);
});

// Citations: copied where the browser allows it, selected where not.
document.addEventListener("click", async (event) => {
  const button = event.target instanceof Element ? event.target.closest("button[data-copy]") : null;
  if (!button) return;
  const words = document.getElementById(button.dataset.copy);
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(words.textContent);
    button.textContent = "Copied";
  } catch {
    for (let fold = words.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    getSelection().selectAllChildren(words);
    button.textContent = "Selected: press Ctrl+C";
  }
  setTimeout(() => { button.textContent = label; }, 2500);
});

// The slider drives the list of days, so that both always say the same.
const form = document.getElementById("as-of");
if (form) {
  const days = document.getElementById("as-of-day");
  const slider = document.getElementById("as-of-slider");
  const replay = document.getElementById("replay");
  const told = document.getElementById("told");
  let playing = 0;

  const named = () => { slider.setAttribute("aria-valuetext", days.selectedOptions[0].textContent); };
  const stop = () => {
    clearTimeout(playing);
    playing = 0;
    replay.setAttribute("aria-pressed", "false");
    replay.textContent = "Replay";
  };
  const go = (index) => {
    const wanted = Math.max(0, Math.min(days.length - 1, index));
    if (wanted === days.selectedIndex) return;
    days.selectedIndex = wanted;
    days.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const ready = () => {
    slider.value = days.selectedIndex;
    for (const button of form.querySelectorAll("[data-step]")) {
      button.disabled = Number(button.dataset.step) < 0 ? days.selectedIndex === 0 : days.selectedIndex === days.length - 1;
    }
    named();
  };
  document.getElementById("as-of-show").hidden = true;
  form.querySelector(".slider").hidden = false;
  ready();
  slider.addEventListener("input", () => { slider.setAttribute("aria-valuetext", days.options[slider.value].textContent); });
  slider.addEventListener("change", () => { stop(); go(Number(slider.value)); });
  days.addEventListener("change", ready);
  form.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]");
    if (step) { stop(); go(days.selectedIndex + Number(step.dataset.step)); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=range]), textarea, select")) return;
    if (event.key === "[" || event.key === "]") { stop(); go(days.selectedIndex + (event.key === "[" ? -1 : 1)); }
  });
  replay.addEventListener("click", () => {
    if (playing) { stop(); return; }
    replay.setAttribute("aria-pressed", "true");
    replay.textContent = "Stop";
    playing = -1;
    if (days.selectedIndex === 0) next(); else go(0);
  });
  const next = () => {
    if (!playing) return;
    if (days.selectedIndex >= days.length - 1) { stop(); return; }
    clearTimeout(playing); // a swap is told once for each part that it put in place
    playing = setTimeout(() => go(days.selectedIndex + 1), 2000);
  };
  form.addEventListener("htmx:configRequest", (event) => {
    if (!event.detail.parameters["as-of"]) event.detail.parameters.delete("as-of");
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (!event.detail.target || event.detail.target.id !== "dossier") return;
    told.textContent = document.getElementById("dossier").dataset.told;
    next();
  });
  document.addEventListener("htmx:responseError", stop);
  document.addEventListener("htmx:sendError", stop);
}

// What only a script can do is offered only where there is one.
const offer = (root) => {
  for (const button of root.querySelectorAll("button[data-copy]")) button.hidden = false;
  const print = root.querySelector("#print");
  if (print) {
    print.hidden = false;
    print.onclick = () => window.print();
  }
};
offer(document);
document.addEventListener("htmx:load", (event) => { if (event.target.querySelectorAll) offer(event.target); });
