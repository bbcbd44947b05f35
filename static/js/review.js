// Reviewing faster: a text template fills the field at once, and keys lead to the decisions.
for (const select of document.querySelectorAll("[data-texts]")) {
  select.form.querySelector("button").remove();
  select.addEventListener("change", () => {
    const field = document.getElementById(select.dataset.texts);
    const text = select.selectedOptions[0].dataset.text;
    if (text === undefined) return;
    field.value = text;
    field.focus();
  });
}

// Single keys work only where somebody switched them on, and never while writing (WCAG 2.1.4).
const STORED = "review-shortcuts";
const box = document.querySelector("[data-shortcuts]");
const on = box?.querySelector("[data-shortcuts-on]");
if (box) {
  box.hidden = false;
  on.checked = localStorage.getItem(STORED) === "on";
  on.addEventListener("change", () => (on.checked ? localStorage.setItem(STORED, "on") : localStorage.removeItem(STORED)));
  document.addEventListener("keydown", (event) => {
    if (!on.checked || event.ctrlKey || event.altKey || event.metaKey || writing(event.target)) return;
    const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.tagName === "A") target.click();
    else (target.form.querySelector("textarea, input:not([type=hidden])") ?? target).focus();
  });
}

function writing(element) {
  return element.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
}
