"use strict";
// Without this script all is shown. It only hides what a reader does not ask for.
(() => {
  const filters = document.querySelector(".filters");
  const view = document.querySelector(".switch");
  const said = filters.querySelector("output");
  const parts = [...document.querySelectorAll("[data-account]")];
  const posts = parts.filter((part) => part.matches(".sheet"));
  const days = [...document.querySelectorAll(".day")];

  const chosen = (name) =>
    new Set([...filters.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value));

  function filter() {
    const accounts = chosen("account");
    const campaigns = chosen("campaign");
    const changed = filters.querySelector("[name=changed]:checked");
    for (const part of parts) {
      const { account, campaign } = part.dataset;
      const meant = accounts.has(account) && campaigns.has(campaign);
      part.hidden = !meant || (changed && !("changed" in part.dataset));
    }
    for (const day of days) day.hidden = !day.querySelector(".sheet:not([hidden])");
    const shown = posts.filter((post) => !post.hidden).length;
    said.textContent = `${shown} of ${posts.length} posts shown`;
  }

  function turn() {
    for (const box of view.querySelectorAll("[name=by]")) {
      document.getElementById(box.value).hidden = !box.checked;
    }
  }

  filters.addEventListener("change", filter);
  filters.addEventListener("reset", () => setTimeout(filter));
  view.addEventListener("change", turn);
  filters.hidden = view.hidden = false;
  filters.querySelector("details").open = matchMedia("(min-width: 821px)").matches;
  filter();
  turn();
})();
