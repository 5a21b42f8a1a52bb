// [data-progress-url]: asks every three seconds how far the work is. Answer: {"text", "part", "done_url"}; the part is 0
// to 100, or null when nobody can know.
// Leaving the page stops nothing.

for (const block of document.querySelectorAll("[data-progress-url]")) {
  const text = block.querySelector("[data-progress-text]");
  const bar = block.querySelector("progress");

  const ask = async () => {
    const answer = await fetch(block.dataset.progressUrl, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const now = await answer.json();
    if (now.done_url) {
      location.assign(now.done_url);
      return;
    }
    if (text.textContent !== now.text) text.textContent = now.text;
    if (bar && now.part !== null) bar.value = now.part;
    setTimeout(ask, 3000);
  };

  setTimeout(ask, 3000);
}
