// form[data-filter]: a changed box or list is sent at once on a wide screen; on a phone people tick several first and
// press the button, which stays. Empty fields stay out of the address.

const wide = window.matchMedia("(min-width: 60rem)");

for (const form of document.querySelectorAll("form[data-filter]")) {
  form.addEventListener("change", (event) => {
    const typed = event.target.matches("input[type=text], input[type=search], input[type=number], input[type=date]");
    if (wide.matches && !typed) form.requestSubmit();
  });
  form.addEventListener("submit", () => {
    for (const control of form.elements) {
      if (control.name && control.value === "") control.disabled = true;
    }
  });
}

// details[data-open-wide]: open beside the list on a wide screen, folded above it on a phone.
for (const fold of document.querySelectorAll("details[data-open-wide]")) {
  const follow = () => {
    fold.open = wide.matches;
  };
  wide.addEventListener("change", follow);
  follow();
}
