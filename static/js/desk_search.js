// Search at the desk in a dialog, opened by Ctrl/Cmd-K; it shows what the page of the same address shows.
const dialog = document.querySelector("[data-desk-dialog]");
const found = dialog?.querySelector("[data-desk-found]");
const field = dialog?.querySelector("input[type=search]");
const WAIT = 200;
let running;
let typing;

async function look() {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  const form = field.form;
  try {
    const answer = await fetch(`${form.action}?${new URLSearchParams({ q: field.value })}`, { signal });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const results = page.querySelector("[data-desk-results]");
    if (!results) throw new Error("signed out");
    found.replaceChildren(...results.childNodes);
  } catch (error) {
    if (error.name !== "AbortError") form.submit();
  }
}

function open() {
  if (!dialog.open) dialog.showModal();
  field.select();
}

function walk(step) {
  const stops = [field, ...found.querySelectorAll("a")];
  const next = stops.indexOf(document.activeElement) + step;
  stops[Math.min(Math.max(next, 0), stops.length - 1)].focus();
}

if (dialog) {
  const opener = document.querySelector("[data-desk-search]");
  if (/Mac|iP(hone|ad)/.test(navigator.platform)) opener.querySelector("kbd").textContent = "⌘ K";
  opener.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    open();
  });
  field.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(look, WAIT);
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    walk(event.key === "ArrowDown" ? 1 : -1);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}
