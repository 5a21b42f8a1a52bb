// form[data-autosave="/url"]: keeps a draft (POST, the form's own token and version) four seconds after the last
// change and when the page is left. What came of it is said in [data-autosave-status] of the form.
// Answer 200: {"version", "saved"}. Answer 409: {"said"}: somebody else changed it, so nothing was kept and nothing is
// tried again; the button that saves shows both versions. Anything else: data-autosave-failed, and later once more.

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const PAUSE = 4_000;
  const AGAIN = 30_000;
  const PATIENCE = 10_000;
  const status = form.querySelector("[data-autosave-status]");
  const say = (text) => {
    if (status) status.textContent = text;
  };
  let timer;
  let changed = false;
  let overtaken = false;
  let running = null;

  const later = (after) => {
    clearTimeout(timer);
    timer = setTimeout(() => save(), after);
  };

  const send = async (keepalive) => {
    const body = new FormData(form);
    body.delete("submission_key");
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        redirect: "manual",
        keepalive,
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (answer.status === 409) {
        const { said } = await answer.json();
        overtaken = true;
        say(said);
        return;
      }
      if (!answer.ok) throw new Error(`autosave: ${answer.status}`);
      const { version, saved } = await answer.json();
      form.elements.version.value = version;
      say(saved);
    } catch {
      changed = true;
      say(form.dataset.autosaveFailed);
      later(AGAIN);
    }
  };

  const save = (keepalive = false) => {
    if (!changed || overtaken || running || form.dataset.sent) return;
    changed = false;
    clearTimeout(timer);
    running = send(keepalive).finally(() => {
      running = null;
    });
  };

  const settled = async () => {
    await running;
    save();
    await running;
  };

  form.addEventListener("input", () => {
    changed = true;
    later(PAUSE);
  });

  // What is being kept gives the form its next version, so the form waits for that before it is sent.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!running) return;
    event.preventDefault();
    event.stopPropagation();
    const { submitter } = event;
    running.then(() => form.requestSubmit(submitter));
  });

  // A link leads on once what was typed is kept; when that fails one stays, with the words still there.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href]:not([href^="#"], [target])');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!(changed || running) || overtaken || form.dataset.sent) return;
    event.preventDefault();
    settled().then(() => {
      if (!changed || overtaken) location.assign(link.href);
    });
  });

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save(true);
  });
}
