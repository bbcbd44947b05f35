// A long list is worked off elsewhere: look again every two seconds, without moving what somebody reads.
const PAUSE = 2000;
const region = document.querySelector("[data-work]");

async function look() {
  const answer = await fetch(location.href).catch(() => null);
  if (answer?.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-work]");
    if (!now) return location.reload();
    const [bar, shown] = [now.querySelector("progress"), region.querySelector("progress")];
    region.querySelector("[data-said]").textContent = now.querySelector("[data-said]").textContent;
    if (bar.hasAttribute("value")) shown.value = bar.value;
  }
  setTimeout(look, PAUSE);
}

if (region) setTimeout(look, PAUSE);
