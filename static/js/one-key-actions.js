// [data-key="v"] inside [data-keys]: one key presses the button or follows the link. Never while typing, and
// switched off by the person (remembered on this device), as WCAG 2.1.4 asks.

const place = document.querySelector("[data-keys]");
const remembered = "matchmaker-keys";

const isOn = () => localStorage.getItem(remembered) !== "off";

function isTyping(element) {
  return element.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]") !== null;
}

function pressed(event) {
  if (!isOn() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const found = [...document.querySelectorAll("[data-key]")].find(
    (control) => control.dataset.key.toLowerCase() === event.key.toLowerCase() && control.offsetParent !== null,
  );
  if (!found) return;
  event.preventDefault();
  found.focus();
  found.click();
}

function addSwitch() {
  const label = document.createElement("label");
  label.className = "mm-keyswitch";
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = isOn();
  box.addEventListener("change", () => {
    localStorage.setItem(remembered, box.checked ? "on" : "off");
    place.classList.toggle("mm-keys-off", !box.checked);
  });
  label.append(box, place.dataset.keys);
  place.append(label);
  place.classList.toggle("mm-keys-off", !isOn());
}

if (place && document.querySelector("[data-key]")) {
  addSwitch();
  document.addEventListener("keydown", pressed);
}
