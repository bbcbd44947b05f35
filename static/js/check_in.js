// Checking people in at the door without waiting for the network. A form says what shall hold afterwards, so that
// sending it again changes nothing more; what could not be sent waits in this page and is sent when the network is back.
const AGAIN = 5000;
const waiting = new Map();

export function improve(status) {
  for (const form of document.querySelectorAll("[data-check-in]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const data = new FormData(form, event.submitter);
      show(form, event.submitter.value);
      waiting.set(form.action, data);
      send(status);
    });
  }
  window.addEventListener("online", () => send(status));
  window.addEventListener("beforeunload", (event) => {
    if (waiting.size) event.preventDefault();
  });
}

function show(form, state) {
  form.closest("li").dataset.state = state;
  for (const button of form.querySelectorAll("[aria-pressed]")) {
    const pressed = button.value === state;
    button.setAttribute("aria-pressed", pressed);
    button.classList.toggle("ghost", !pressed);
  }
}

let sending = false;

async function send(status) {
  if (sending) return;
  sending = true;
  let failed = false;
  for (const [address, data] of waiting) {
    try {
      const answer = await fetch(address, { method: "POST", body: data });
      if (!answer.ok) throw new Error(answer.status);
      if (waiting.get(address) === data) waiting.delete(address);
    } catch {
      failed = true;
      break;
    }
  }
  sending = false;
  if (!failed && waiting.size) return send(status);
  status.textContent = failed ? status.dataset.waiting.replace("{n}", waiting.size) : status.dataset.sent;
  if (failed) setTimeout(() => send(status), AGAIN);
}
