// What a reader gives, and what the page says to it.
"use strict";

const WORTH = {
  verified: ["good", "The draw was not steered after its list was closed."],
  asserted: ["warn", "The draw was not steered after its list was closed; that what X does not show any more was an entry is the organiser’s word."],
  consistent: ["warn", "All that was published fits together. Tell below what X shows: the draw was not steered if that fits, too."],
  expired: ["warn", "The list was closed before anybody could know the round. Who was in which place was removed, and can’t be checked any more."],
  rehearsal: ["bad", "All that can be checked fits together; but everybody has the key that has signed the round, so that this is a rehearsal, and proves nothing."],
  unfinished: ["bad", "The list was closed, and should have been drawn from. Whoever has the key may know who was drawn, and has named nobody."],
  checking: ["warn", ""],
  "not drawn yet": ["warn", "The list is closed, and nothing more."],
  "by hand": ["warn", "The draw was held by hand. Nobody can check it."],
  false: ["bad", "What was published does not hold, so this draw proves nothing."],
};

const byId = (id) => document.getElementById(id);
const given = { list: null, results: null, handle: "", answers: {} };

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** What X answers of a post: whose it is, and what it says. Null for what is no such answer. */
function shownIn(text) {
  try {
    const { author_url: address, html } = JSON.parse(text);
    const author = new URL(address).pathname.replace(/^\/+|\/+$/g, "");
    if (!author || typeof html !== "string") return null;
    const page = new DOMParser().parseFromString(html, "text/html");
    return { author, text: page.body.textContent };
  } catch {
    return null;
  }
}

function say(verdict, sentence, late = 0) {
  const [mood, worth] = WORTH[verdict] || ["bad", ""];
  const days = late ? `, ${late} day${late === 1 ? "" : "s"} late` : "";
  byId("verdict").className = `verdict ${mood}`;
  byId("verdict").replaceChildren(
    element("strong", { textContent: `${verdict}${days}` }),
    element("p", { textContent: sentence || worth }),
    ...(late ? [element("p", { textContent: "Earlier draws may have been seen." })] : []),
  );
}

function check() {
  const found = verifyDraw({ ...given, now: Date.now() / 1000 });
  const sentences = {
    "not drawn yet": () => `The list is closed. It is drawn from ${told(found.from)} on.`,
    "nothing to check": () => found.wrong,
  };
  const sentence = sentences[found.verdict]?.() || "";
  say(found.verdict, sentence, ["verified", "asserted"].includes(found.verdict) ? found.late : 0);
  byId("held").replaceChildren(
    ...found.held.map((text) => element("li", { textContent: text })),
    ...(found.wrong && found.verdict === "false"
      ? [element("li", { className: "wrong", textContent: `Does not hold: ${found.wrong}` })]
      : []),
  );
  byId("coverage").textContent = found.coverage || "";
  byId("steps").hidden = !byId("held").children.length;
  if (found.posts) showPosts(found.posts);
}

/** A field for each post, made once for the same posts, so that what was pasted stays. */
function showPosts(posts) {
  const area = byId("posts");
  byId("seen").hidden = false;
  const ids = posts.map(({ id }) => id).join();
  if (area.dataset.ids === ids) return;
  area.dataset.ids = ids;
  area.replaceChildren(...posts.map(postField));
}

function postField({ what, id, author }, index) {
  const post = `https://x.com/i/status/${id}`;
  const url = `https://publish.x.com/oembed?omit_script=true&url=${encodeURIComponent(post)}`;
  const of = author ? ` of @${author}` : "";
  const pasted = element("textarea", { id: `answer-${index}`, spellcheck: false });
  const wrong = element("span", { className: "alarm", id: `wrong-${index}` });
  pasted.setAttribute("aria-describedby", wrong.id);
  const gone = element("input", { type: "checkbox", id: `gone-${index}` });
  const changed = () => {
    const text = pasted.value.trim();
    const shown = gone.checked ? "gone" : shownIn(text);
    wrong.textContent = text && !shown ? "This is not what X answers: copy all of it." : "";
    pasted.setAttribute("aria-invalid", String(Boolean(wrong.textContent)));
    if (shown) given.answers[id] = shown;
    else delete given.answers[id];
    check();
  };
  pasted.addEventListener("input", changed);
  gone.addEventListener("change", changed);
  return element("div", { className: "field" },
    element("h3", { textContent: `The ${what}${of}` }),
    element("a", { href: url, target: "_blank", rel: "noreferrer noopener", textContent: `What X shows of the ${what} ${id}` }),
    element("label", { htmlFor: pasted.id, textContent: `What it said about ${id}` }),
    pasted,
    wrong,
    element("label", { className: "gone", htmlFor: gone.id }, gone, `X shows no post ${id}`));
}

byId("given").addEventListener("submit", async (event) => {
  event.preventDefault();
  const list = [...byId("list").files];
  const [results] = byId("results").files;
  if (!list.length || !results) {
    say("nothing to check", "Give the list of entries and the results, both.");
    return;
  }
  const names = list.length > 1 ? list.map(({ name }) => name) : [LIST_FILE];
  const buffers = await Promise.all(list.map((file) => file.arrayBuffer()));
  given.list = Object.fromEntries(buffers.map((each, at) => [names[at], new Uint8Array(each)]));
  given.results = await results.text();
  given.handle = byId("handle").value.trim().replace(/^@/, "");
  if (list.length > 1) {
    say("checking", "A long list takes a while.");
    await new Promise((drawn) => setTimeout(drawn, 50));
  }
  check();
});
