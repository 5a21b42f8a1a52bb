// button[data-copy="address"]: copies and says so in the button. Hidden until it can work.

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const label = button.querySelector("span") ?? button;
  const before = label.textContent;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
    label.textContent = button.dataset.copied;
    setTimeout(() => {
      label.textContent = before;
    }, 4000);
  });
}
