// [data-go-on]: a form or link that goes on by itself when its page opens. Without this its button does the same. A page
// that comes back by the back button stays as it is.

window.addEventListener("pageshow", (event) => {
  const onward = document.querySelector("[data-go-on]");
  if (!onward || event.persisted) return;
  if (onward instanceof HTMLFormElement) onward.requestSubmit();
  else onward.click();
});
