// form[data-passkey="create|get"][data-options]: asks the device for a passkey and sends its answer in the field
// `credential`. Shown only where the browser can; what goes wrong is said in [data-passkey-failed].

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  const failed = form.querySelector("[data-passkey-failed]");
  const without = document.querySelector("[data-passkey-without]");
  form.hidden = false;
  if (without) without.hidden = true;
  let asking = false;

  const bytes = (text) => {
    const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
  };
  const text = (buffer) => {
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  };
  const known = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

  const ask = async () => {
    const answer = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
    const options = await answer.json();
    options.challenge = bytes(options.challenge);
    if (form.dataset.passkey === "get") {
      options.allowCredentials = known(options.allowCredentials);
      return navigator.credentials.get({ publicKey: options });
    }
    options.user.id = bytes(options.user.id);
    options.excludeCredentials = known(options.excludeCredentials);
    return navigator.credentials.create({ publicKey: options });
  };

  const written = ({ id, rawId, type, response }) => {
    const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
    const told = parts.filter((part) => response[part]).map((part) => [part, text(response[part])]);
    return JSON.stringify({ id, rawId: text(rawId), type, response: Object.fromEntries(told) });
  };

  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    failed.hidden = true;
    try {
      form.elements.credential.value = written(await ask());
      form.submit();
    } catch {
      failed.hidden = false;
    } finally {
      asking = false;
    }
  });

  // Coming back by the back button must not send an old answer.
  window.addEventListener("pageshow", () => {
    form.elements.credential.value = "";
  });
}
