// form[data-suggest-url]: sends what is filled in (POST, with the form's own token) after a pause in typing.
// Answer: {"target-id": "<p>html</p>", ...}, made and escaped by the server; each part lands in its place.
// The button inside the form that saves still works without this.

for (const form of document.querySelectorAll("form[data-suggest-url]")) {
  let pause;
  let running;

  const ask = async () => {
    running?.abort();
    running = new AbortController();
    try {
      const answer = await fetch(form.dataset.suggestUrl, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        signal: running.signal,
      });
      if (!answer.ok) return;
      for (const [id, html] of Object.entries(await answer.json())) {
        const target = document.getElementById(id);
        if (!target || target.innerHTML === html) continue;
        const here = target.contains(document.activeElement) && document.activeElement.id;
        target.innerHTML = html;
        if (here) document.getElementById(here)?.focus();
      }
    } catch (problem) {
      if (problem.name !== "AbortError") console.warn(problem);
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(ask, 700);
  });
}

// A control that belongs to a form and stands outside it counts as typing in that form.
document.addEventListener("change", ({ target }) => {
  if (target.form && !target.form.contains(target)) target.form.dispatchEvent(new Event("input"));
});

// button[data-replace] in a suggestion: puts its text in the place of the old text in the field.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-replace]");
  if (!button) return;
  const control = document.getElementById(button.dataset.replace);
  control.value = control.value.replace(button.dataset.old, button.dataset.new);
  control.dispatchEvent(new Event("input", { bubbles: true }));
  control.focus();
});
