// form[data-tell-once="said"]: sends itself once when someone has had the page before them for three seconds, and then
// says so in its place. Without this its button does the same.

for (const form of document.querySelectorAll("form[data-tell-once]")) {
  const SEEN_AFTER = 3_000;
  let timer;

  const say = () => {
    const said = document.createElement("p");
    said.className = "mm-small mm-soft";
    said.setAttribute("role", "status");
    said.textContent = form.dataset.tellOnce;
    form.replaceWith(said);
  };

  const send = async () => {
    const body = new FormData(form);
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => null);
    if (answer?.type === "opaqueredirect") say();
  };

  const watch = () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") timer = setTimeout(send, SEEN_AFTER);
  };

  form.addEventListener("submit", () => clearTimeout(timer));
  document.addEventListener("visibilitychange", () => form.isConnected && watch());
  watch();
}
