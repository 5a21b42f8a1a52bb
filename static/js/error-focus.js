// [data-focus]: takes focus when the page opens. The links of an error summary put the cursor in the field.

document.querySelector("[data-focus]")?.focus();

document.addEventListener("click", (event) => {
  const link = event.target.closest(".mm-errors a[href^='#']");
  const control = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!control) return;
  event.preventDefault();
  (control.closest("fieldset, .utrecht-form-field") ?? control).scrollIntoView({ block: "start" });
  control.focus({ preventScroll: true });
});
