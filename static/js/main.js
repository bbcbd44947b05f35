// Everything works without this file; it only makes a working page smoother.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A form that came back with errors: say so first.
document.querySelector("[data-error-summary]")?.focus();

// The menu closes with Escape and when the visitor goes on elsewhere.
const menu = document.querySelector("[data-menu]");
menu?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false;
});

const panel = document.querySelector("[data-share-panel]");
if (panel) import("./share.js").then(({ improve }) => improve(panel));

const doorList = document.querySelector("[data-check-in-status]");
if (doorList) import("./check_in.js").then(({ improve }) => improve(doorList));
