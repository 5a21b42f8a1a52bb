// data-counter="500": says below the field how many characters are left, after a pause in typing.

for (const control of document.querySelectorAll("[data-counter]")) {
  const most = Number(control.dataset.counter);
  const line = document.getElementById(`${control.id}-teller`);
  if (!line) continue;
  const [left, over] = line.dataset.counterText.split("|");
  let pause;

  const say = () => {
    const rest = most - control.value.length;
    line.textContent = (rest < 0 ? over : left).replace("{}", String(Math.abs(rest)));
    line.classList.toggle("mm-counter--over", rest < 0);
  };

  control.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(say, 400);
  });
  line.setAttribute("aria-live", "polite");
  say();
}
