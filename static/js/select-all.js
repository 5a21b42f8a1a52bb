// input[data-select-all="name"]: ticks or clears every box with that name, and follows them. The number chosen is
// shown in [data-selected="name"].

for (const all of document.querySelectorAll("input[data-select-all]")) {
  const name = all.dataset.selectAll;
  const boxes = [...document.querySelectorAll(`input[type=checkbox][name="${CSS.escape(name)}"]`)];
  const shown = document.querySelector(`[data-selected="${CSS.escape(name)}"]`);

  const follow = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
    if (shown) shown.textContent = String(chosen);
  };

  all.closest("[hidden]")?.removeAttribute("hidden");
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    follow();
  });
  for (const box of boxes) box.addEventListener("change", follow);
  follow();
}
