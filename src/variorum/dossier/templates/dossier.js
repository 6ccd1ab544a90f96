// Lights up a figure and its words together; without it the links and :target do the same, one click later.
(() => {
  "use strict";
  const linked = (node) => (node instanceof Element ? node.closest("[data-c]") : null);
  let held = null;
  const show = (node) => {
    document.querySelectorAll(".on").forEach((one) => one.classList.remove("on"));
    if (!node) return;
    for (const number of node.dataset.c.split(" ")) {
      document.querySelectorAll(`[data-c~="${number}"]`).forEach((one) => one.classList.add("on"));
    }
  };
  document.addEventListener("pointerover", (event) => show(linked(event.target) || held));
  document.addEventListener("focusin", (event) => { held = linked(event.target); show(held); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { held = null; show(null); } });
  const unfold = (node) => {
    for (let fold = node.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  };
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    folded.forEach((fold) => { fold.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach((fold) => { fold.open = false; }));
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    if (!link) return;
    const anchor = document.getElementById(link.getAttribute("href").slice(1));
    if (anchor) unfold(anchor);
    if (!link.dataset.c) return;
    const target = anchor && (anchor.matches("a") ? anchor : anchor.querySelector("a"));
    if (!target) return;
    event.preventDefault();
    history.replaceState(null, "", link.getAttribute("href"));
    const far = Math.abs(target.getBoundingClientRect().top) > 3 * innerHeight;
    const still = far || matchMedia("(prefers-reduced-motion: reduce)").matches;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center", behavior: still ? "instant" : "smooth" });
  });
})();
