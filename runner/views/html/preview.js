"use strict";
// Without this script all can be read. With it a reader sees what they ask for, and a large page,
// whose posts lie in `noscript`, is drawn where they look.
(() => {
  const filters = document.querySelector(".filters");
  const view = document.querySelector(".switch");
  const said = filters.querySelector("output");
  const parts = [...document.querySelectorAll("[data-account]")];
  const posts = parts.filter((part) => part.matches(".occurrence"));
  const days = [...document.querySelectorAll(".day")].map((day) => ({
    day,
    posts: [...day.querySelectorAll(".occurrence")],
    total: document.querySelector(`.total[href="#${day.id}"]`),
  }));
  const months = [...document.querySelectorAll(".by-month")];

  // A large page is drawn ten posts at a time. What lies in the `noscript` of a post is the page's own
  // markup, in which all that anybody wrote is escaped.
  const batches = months.length ? [...document.querySelectorAll(".batch")] : [];
  const kept = new Map();
  const source = (post) => kept.get(post) ?? post.querySelector(":scope > noscript");

  function draw(batch) {
    batch.style.height = "";
    for (const post of batch.querySelectorAll(".occurrence:not(.drawn, [hidden])")) {
      kept.set(post, source(post));
      post.innerHTML = source(post).textContent;
      post.classList.add("drawn");
    }
  }

  function clear(batch, height) {
    if (batch.contains(document.activeElement)) return;
    const drawn = batch.querySelectorAll(".drawn");
    if (drawn.length) batch.style.height = `${height}px`;
    for (const post of drawn) {
      post.replaceChildren(kept.get(post));
      post.classList.remove("drawn");
    }
  }

  const eye = new IntersectionObserver(
    (seen) => {
      for (const { target, isIntersecting, boundingClientRect } of seen) {
        if (isIntersecting) draw(target);
        else clear(target, boundingClientRect.height);
      }
    },
    { rootMargin: "1500px 0px" },
  );

  function look() {
    eye.disconnect();
    for (const batch of batches) {
      batch.hidden = !batch.querySelector(".occurrence:not([hidden])");
      batch.style.height = "";
      eye.observe(batch);
    }
  }

  const signs = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&#39;", '"': "&#34;" };
  const escaped = (text) => text.replace(/[&<>'"]/g, (sign) => signs[sign]);
  const words = new Map();

  function wordsOf(post) {
    if (!words.has(post)) {
      const texts = source(post).textContent.match(/<p class="text"[^]*?<\/p>/g) ?? [];
      words.set(post, `${post.id} ${texts.join(" ").replace(/<[^>]*>/g, "")}`.toLowerCase());
    }
    return words.get(post);
  }

  const postsOf = (count) => (count === 1 ? "1 post" : `${count} posts`);
  const chosen = (name) =>
    new Set([...filters.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value));

  function filter() {
    const accounts = chosen("account");
    const campaigns = chosen("campaign");
    const changed = filters.querySelector("[name=changed]:checked");
    const find = filters.querySelector("[name=find]");
    const sought = escaped(find?.value.trim() ?? "").toLowerCase();
    for (const part of parts) {
      const { account, campaign } = part.dataset;
      const meant =
        accounts.has(account) &&
        (find || campaigns.has(campaign)) &&
        (!changed || "changed" in part.dataset) &&
        (!sought || wordsOf(part).includes(sought));
      if (part.hidden === meant) part.hidden = !meant;
    }
    for (const each of days) {
      const shown = each.posts.filter((post) => !post.hidden);
      each.day.hidden = !shown.length;
      if (each.total) count(each.total, shown);
    }
    for (const month of months) {
      const shown = month.querySelectorAll(".occurrence:not([hidden])").length;
      month.hidden = !shown;
      month.querySelector(".utc").textContent = postsOf(shown);
    }
    look();
    const shown = posts.filter((post) => !post.hidden).length;
    said.textContent = `${shown} of ${posts.length} posts shown`;
  }

  function count(total, shown) {
    total.hidden = !shown.length;
    const [number, name] = postsOf(shown.length).split(" ");
    total.querySelector("b").textContent = number;
    total.querySelector(".name").textContent = name;
    const bang = total.querySelector(".bang");
    if (bang) bang.hidden = !shown.some((post) => "alarms" in post.dataset);
  }

  function turn() {
    for (const box of view.querySelectorAll("[name=by]")) {
      document.getElementById(box.value).hidden = !box.checked;
    }
  }

  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.addEventListener("change", filter);
  filters.addEventListener("input", (event) => event.target.name === "find" && filter());
  filters.addEventListener("reset", () => setTimeout(filter));
  filters.hidden = false;
  filters.querySelector("details").open = matchMedia("(min-width: 821px)").matches;
  if (view) {
    view.addEventListener("change", turn);
    view.hidden = false;
    turn();
  }
  for (const month of months) month.open = true;
  addEventListener("beforeprint", () => batches.forEach(draw));
  filter();
})();
