"use strict";
// Pages work without this: it keeps the window's title true, and adds the keys.
(() => {
  const showCount = () => {
    const mark = document.querySelector("[data-pending]");
    const count = mark ? Number(mark.dataset.pending) : 0;
    document.title = (count > 0 ? "(" + count + ") " : "") + document.body.dataset.title;
  };
  document.addEventListener("htmx:afterSwap", showCount);
  document.addEventListener("htmx:sseMessage", showCount);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey && !event.altKey && !event.shiftKey && !event.metaKey && event.key === "g") {
      event.preventDefault();
      window.location.assign("/governance");
    }
  });
  // A refusal of the gate ends the session of the page.
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 401) {
      window.location.reload();
    }
  });
})();
