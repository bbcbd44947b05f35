// Filters, sorting and pages without a full reload. The page itself works by links and one form;
// this fetches the same address and exchanges the parts that changed.
const form = document.querySelector("[data-directory]");
const status = document.querySelector("[data-directory-status]");
const WAIT = 250;
let running;
let typing;

function address() {
  const parameters = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) parameters.append(name, value);
  const query = parameters.toString();
  return form.action + (query ? `?${query}` : "");
}

// Boxes that somebody opened or closed stay as they are, and so does the place in a long list.
function adopt(part, fresh) {
  for (const box of part.querySelectorAll("[data-box]")) {
    const same = fresh.querySelector(`[data-box="${box.dataset.box}"]`);
    if (same) same.open = box.open;
  }
  const scrolled = [...part.querySelectorAll(".long")].map((list) => list.scrollTop);
  part.replaceChildren(...fresh.childNodes);
  part.querySelectorAll(".long").forEach((list, place) => { list.scrollTop = scrolled[place] ?? 0; });
}

function marker(element) {
  if (!element || !form.contains(element)) return "";
  if (element.id) return `#${CSS.escape(element.id)}`;
  return element.name ? `[name="${element.name}"]${element.type === "checkbox" ? `[value="${CSS.escape(element.value)}"]` : ""}` : "";
}

function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const focused = marker(document.activeElement);
  for (const part of document.querySelectorAll("[data-directory-part]")) {
    const other = fresh.querySelector(`[data-directory-part="${part.dataset.directoryPart}"]`);
    if (other) adopt(part, other);
  }
  document.title = fresh.title;
  if (focused) form.querySelector(focused)?.focus({ preventScroll: true });
  status.textContent = form.querySelector("[data-directory-count]")?.textContent ?? "";
}

async function go(url, { remember = "pushState", typed = false } = {}) {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  document.querySelector(".directory").setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { signal, headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    const html = await answer.text();
    if (remember) history[remember]({ typed }, "", url);
    show(html);
  } catch (error) {
    if (error.name === "AbortError") return;
    location.assign(url);
  } finally {
    if (!signal.aborted) document.querySelector(".directory").removeAttribute("aria-busy");
  }
}

function fillIn() {
  form.elements.q.value = new URLSearchParams(location.search).get("q") ?? "";
}

if (form) {
  document.querySelector(".directory").classList.add("enhanced");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(typing);
    go(address());
  });
  form.addEventListener("change", (event) => {
    if (event.target.name !== "q") go(address());
  });
  form.addEventListener("input", (event) => {
    if (event.target.name !== "q") return;
    clearTimeout(typing);
    // One word is one step back, however many letters it took.
    const remember = history.state?.typed ? "replaceState" : "pushState";
    typing = setTimeout(() => go(address(), { remember, typed: true }), WAIT);
  });
  form.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || link.pathname !== location.pathname || link.origin !== location.origin) return;
    event.preventDefault();
    go(link.href).then(() => {
      fillIn();
      if (link.closest(".pagination")) form.querySelector("#treffer").scrollIntoView();
    });
  });
  addEventListener("popstate", () => go(location.href, { remember: "" }).then(fillIn));
}
