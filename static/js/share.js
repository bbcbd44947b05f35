// Two clicks: a service's own address comes into the page only after the visitor has switched it on.
const KEY = "share-always";

function remembered() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

function remember(service) {
  try {
    if (service) localStorage.setItem(KEY, service);
    else localStorage.removeItem(KEY);
  } catch {
    // Storage is off: the choice holds for this page only.
  }
}

async function showAddress(details) {
  const link = details.querySelector("[data-share-link]");
  if (!details.open || !link || link.dataset.own) return;
  link.dataset.own = link.href;
  const answer = await fetch(link.href, { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) link.href = (await answer.json()).link;
}

function keepOne(panel) {
  const settings = panel.querySelector("[data-share-settings]");
  const open = (key) => {
    const details = panel.querySelector(`[data-service="${CSS.escape(key)}"]`);
    if (details) details.open = true;
  };
  settings.hidden = false;
  const kept = remembered();
  for (const choice of settings.querySelectorAll("input")) {
    choice.checked = choice.value === kept;
    choice.addEventListener("change", () => {
      remember(choice.value);
      if (choice.value) open(choice.value);
    });
  }
  if (kept) open(kept);
}

function offerCopy(button) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const words = button.querySelector("span");
    words.setAttribute("role", "status");
    words.textContent = button.dataset.done;
  });
}

function offerNative(button) {
  button.hidden = !navigator.share;
  button.addEventListener("click", () => {
    navigator.share({ title: button.dataset.title, url: button.dataset.nativeShare }).catch(() => {});
  });
}

export function improve(panel) {
  for (const details of panel.querySelectorAll("[data-service]")) {
    details.addEventListener("toggle", () => showAddress(details));
  }
  keepOne(panel);
  panel.querySelectorAll("[data-copy]").forEach(offerCopy);
  panel.querySelectorAll("[data-native-share]").forEach(offerNative);
}
