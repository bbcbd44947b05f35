// Passkeys need the device: allauth's scripts speak with it; this one ties them to our buttons and tells of failures.
const ways = { login: "loginForm", authenticate: "authenticateForm", add: "addForm" };
const failed = document.querySelector("[data-passkey-failed]");

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  failed.hidden = false;
});

for (const button of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) break;
  const { passkey, options, passwordless } = button.dataset;
  const credential = button.form.elements.credential.id;
  window.allauth.webauthn.forms[ways[passkey]]({
    ids: { [passkey]: button.id, credential, data: options, passwordless },
  });
  button.addEventListener("click", () => {
    failed.hidden = true;
  });
  button.hidden = false;
}
