// [data-reveal="Toon|Verberg"] around a password field: adds a button that shows what was typed.

for (const box of document.querySelectorAll("[data-reveal]")) {
  const control = box.querySelector("input");
  const [show, hide] = box.dataset.reveal.split("|");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "utrecht-button utrecht-button--secondary-action mm-small-button";
  button.textContent = show;
  button.setAttribute("aria-controls", control.id);
  button.addEventListener("click", () => {
    control.type = control.type === "password" ? "text" : "password";
    button.textContent = control.type === "password" ? show : hide;
  });
  control.form?.addEventListener("submit", () => {
    control.type = "password";
  });
  box.append(button);
}
