// Checks a draw from what is public, byte by byte as docs/reference/contest-proof.md says, in the
// steps of `runner verify`. Nothing here asks anybody: lists, results and answers come in, steps
// and a verdict go out.
"use strict";

const CHAIN = {
  id: "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
  key:
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d" +
    "1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8" +
    "991ef5ece45a",
  genesis: 1692803367,
  period: 3,
  domain: "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_",
  /** Of rehearsals, whose secret everybody has. */
  rehearsed:
    "ae8aecfe74a149ef81c65d34e99bda775b3679f928ba6faa0332c59894d80742f100bcc680d84f438dec4a4270" +
    "3731fc03220545e83a65ac13833f856f078de84456961818cdb0967e7dea3f1bbf1ceae13c5b8606659b05c340" +
    "18ab7ec6e43e",
};
const TICKETS = "RUNNER-CONTEST-V1_BLS12381G1_XMD:SHA-256_SSWU_RO_";
const CHARTER = [
  "format", "account", "contest", "key", "beacon", "how", "phrase", "account-age", "exclude",
  "prize", "winners", "alternates", "claim-by", "keep", "terms", "opens", "closes",
  "draws",
];
const NUMBERS = ["account-age", "winners", "alternates", "keep", "opens", "closes", "draws"];
const SETTLING = 15 * 60;
const NOTICE = 12 * 3600;
const DAY = 86400;
const LATEST_DAYS = 3;
const LEAST_TIME = 6 * 3600;
const SUPPLEMENT_FILE = "supplement.txt";
const TO_MERGE = 7 * DAY;
const LIST_FILE = "entries.txt";
const IN_ONE_FILE = 10000;
const PARTS = 256;
const FIRST_DATED_USER = 10n ** 17n;

/** A step that does not hold; its message says what is wrong. */
class Mismatch extends Error {}
/** A file of the list that the reader has not given. */
class Missing extends Mismatch {}

// --- Bytes

const ascii = (text) => new TextEncoder().encode(text);
const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function hex(bytes) {
  let text = "";
  for (const byte of bytes) text += DIGITS[byte];
  return text;
}

function unhex(text) {
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at += 1) {
    bytes[at] = Number.parseInt(text.slice(2 * at, 2 * at + 2), 16);
  }
  return bytes;
}

function joined(...pieces) {
  const all = new Uint8Array(pieces.reduce((length, each) => length + each.length, 0));
  let at = 0;
  for (const each of pieces) {
    all.set(each, at);
    at += each.length;
  }
  return all;
}

function shortCode(bytes) {
  const signs = "abcdefghijklmnopqrstuvwxyz234567";
  let bits = BigInt(`0x${hex(noble.sha256(bytes))}`) >> 126n; // the first 130 of 256
  let code = "";
  for (let left = 26; left; left -= 1) {
    code = signs[Number(bits & 31n)] + code;
    bits >>= 5n;
  }
  return code;
}

/** Milliseconds since 1970 of an id of X: whole numbers, whose differences are exact. */
const millisecondsOf = (id) => Number((BigInt(id) >> 22n) + 1288834974657n);
const instantOf = (id) => millisecondsOf(id) / 1000;

function told(seconds, { exact = false } = {}) {
  const text = new Date(seconds * 1000).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, exact ? 19 : 16)} UTC`;
}

const counted = (number) => number.toLocaleString("en");

const known = new WeakMap();

/** What is made of an object: once, since all is checked anew with each answer of X, and a long list
 *  takes a while. */
function once(about, name, make) {
  if (!known.has(about)) known.set(about, {});
  return (known.get(about)[name] ??= make());
}

// --- Signatures

/** The point, if these are the one way to write it, it is in the subgroup, and no identity. */
function point(group, bytes) {
  try {
    const found = group.Point.fromHex(hex(bytes));
    found.assertValidity();
    const plain = !found.is0() && found.isTorsionFree() && found.toHex(true) === hex(bytes);
    return plain ? found : null;
  } catch {
    return null;
  }
}

function isSignature(signature, message, domain, key) {
  const { bls12_381: bls } = noble;
  const signed = point(bls.G1, signature);
  const by = point(bls.G2, key);
  if (!signed || !by) return false;
  const hashed = bls.shortSignatures.hash(message, domain);
  return bls.shortSignatures.verify(signed, hashed, by);
}

// --- What was published

/** The list of entries in these files: its charter, and c and e of each entry. Throws Mismatch. */
function readList(files) {
  const bytes = files[LIST_FILE] || new Uint8Array();
  const text = decoded(bytes);
  const header = text.match(
    /public-key=([0-9a-f]{192})\nannouncement=([1-9][0-9]{0,18})\nentries=(0|[1-9][0-9]{0,8})\n\n/,
  );
  if (!header) throw bad("it has no header");
  const charterText = text.slice(0, header.index);
  const charter = readCharter(charterText);
  const key = unhex(header[1]);
  if (!point(noble.bls12_381.G2, key)) throw bad("its public key is none");
  const count = Number(header[3]);
  const body = text.slice(header.index + header[0].length);
  const entries = count > IN_ONE_FILE ? readParts(body, files) : readLines(body, 0);
  if (entries.length !== count) throw bad(`it holds ${entries.length} entries, and says ${count}`);
  return {
    charter,
    key,
    announcement: header[2],
    entries,
    code: shortCode(ascii(charterText)),
    digest: hex(noble.sha256(bytes)),
    head: `${charterText}public-key=${header[1]}\nannouncement=${header[2]}\n`,
  };
}

/** The list with the supplement among these files. Throws Mismatch. */
function supplemented(list, files) {
  const wrong = (why) => new Mismatch(`The supplement can't be read: ${why}.`);
  const file = files[SUPPLEMENT_FILE];
  if (!file) throw new Missing(`Give all files of the list: ${SUPPLEMENT_FILE} is missing.`);
  const added = readLines(decoded(file), 0, wrong);
  if (!added.length) throw wrong(`${SUPPLEMENT_FILE} adds nobody`);
  const entries = [...list.entries, ...added].sort((one, other) => (one.c < other.c ? -1 : 1));
  if (entries.some(({ c }, index) => index && c === entries[index - 1].c)) {
    throw wrong("an entrant is there twice");
  }
  return { ...list, entries, digest: digestOf(list, entries) };
}

/** The digest of a list that holds these entries. */
function digestOf({ head }, entries) {
  const lines = (some) => ascii(some.map(({ c, e }) => `${c} ${e}\n`).join(""));
  let body = "";
  if (entries.length > IN_ONE_FILE) {
    const parts = Array.from({ length: PARTS }, () => []);
    for (const each of entries) parts[Number.parseInt(each.c.slice(0, 2), 16)].push(each);
    for (const part of parts) body += `${part.length} ${hex(noble.sha256(lines(part)))}\n`;
  }
  const first = ascii(`${head}entries=${entries.length}\n\n${body}`);
  return hex(noble.sha256(body ? first : joined(first, lines(entries))));
}

const bad = (why) => new Mismatch(`The list of entries can't be read: ${why}.`);

function decoded(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw bad("it is no text");
  }
}

/** The entries of a list in parts: its first file says how many each of the others holds, and their
 *  digests. */
function readParts(body, files) {
  const rows = body.match(/[^\n]*\n|[^\n]+$/g) || [];
  const named = rows.map((row) => row.match(/^(0|[1-9][0-9]{0,8}) ([0-9a-f]{64})\n$/));
  if (rows.length !== PARTS || !named.every(Boolean)) {
    throw bad(`it does not name its ${PARTS} files`);
  }
  const entries = [];
  named.forEach(([, count, digest], index) => {
    const first = index.toString(16).padStart(2, "0");
    const name = `entries-${first}.txt`;
    const file = files[name];
    if (!file) throw new Missing(`Give all files of the list: ${name} is missing.`);
    if (hex(noble.sha256(file)) !== digest) throw bad(`${name} is another one than it names`);
    const found = readLines(decoded(file), entries.length);
    if (found.length !== Number(count) || !found.every(({ c }) => c.startsWith(first))) {
      throw bad(`${name} holds other entries than it says`);
    }
    for (const each of found) entries.push(each);
  });
  return entries;
}

/** Entries of these lines, behind so many others. */
function readLines(text, before, fault = bad) {
  let last = "";
  return (text.match(/[^\n]*\n|[^\n]+$/g) || []).map((line, index) => {
    const number = before + index + 1;
    const found = line.match(/^([0-9a-f]{64}) ([0-9a-f]{64})\n$/);
    if (!found) throw fault(`its entry ${number} is not two numbers of 64 digits`);
    if (found[1] <= last) throw fault(`its entry ${number} is out of order, or is there twice`);
    last = found[1];
    return { c: found[1], e: found[2] };
  });
}

function readCharter(text) {
  const rows = text.split("\n");
  if (rows.pop() !== "") throw bad("its charter can't be read: it does not end with its line");
  const pairs = rows.map((row) => [row.split("=", 1)[0], row.slice(row.indexOf("=") + 1)]);
  if (pairs.map(([name]) => name).join() !== CHARTER.join()) {
    throw bad("its charter can't be read: it is no charter of this format");
  }
  const charter = Object.fromEntries(pairs);
  for (const name of NUMBERS) {
    if (!/^(0|[1-9][0-9]{0,14})$/.test(charter[name])) {
      throw bad("its charter can't be read: it is written otherwise than a charter is");
    }
    charter[name] = Number(charter[name]);
  }
  if (charter.format !== "runner-contest/1") throw bad("its charter is of another format");
  return charter;
}

const PLAIN_KEYS = [
  "drawn", "round", "days-late", "digest", "entries", "commit", "coverage", "supplement",
  "claim-by", "redrawn", "winners",
];
const PROOF_KEYS = ["closing-post", "supplement", "signature", "expired"];
const PLACE =
  /^\{user: "([1-9][0-9]{0,18})", post: "([1-9][0-9]{0,18})", ticket: "?([0-9a-f]{96})"?(?:, redraw: [1-9][0-9]*)?(?:, fallen: (gone|unclaimed|withdrawn))?\}$/;

/** The results of a contest, as `runner draw` writes them. Throws Mismatch for any other file. */
function readResults(text) {
  const bad = (line) =>
    new Mismatch(`The results are not as the runner writes them: \`${line.trim().slice(0, 60)}\`.`);
  const found = { winners: [] };
  let proof = null;
  for (const line of text.split(/\r?\n/)) {
    if (!line.trim() || line.startsWith("#")) continue;
    const place = line.match(/^ {4}- (\{.*\})\s*$/);
    const pair = line.match(/^( {2})?([a-z-]+):(?: (.*?))?\s*$/);
    if (place && proof && proof.places) {
      const values = place[1].match(PLACE);
      if (!values) throw bad(line);
      const [, user, post, ticket, fallen] = values;
      proof.places.push({ user, post, ticket, fallen: fallen || null });
    } else if (pair && pair[1] && proof) {
      const [, , name, value] = pair;
      if (name === "places" && !value && !proof.places) proof.places = [];
      else if (PROOF_KEYS.includes(name) && value && !(name in proof)) proof[name] = unquoted(value);
      else throw bad(line);
    } else if (pair && !pair[1]) {
      const [, , name, value] = pair;
      if (name === "proof" && !value && !proof) proof = {};
      else if (PLAIN_KEYS.includes(name) && value && !(found[name] || []).length) {
        found[name] = name === "winners" ? listed(value, bad) : unquoted(value);
      } else throw bad(line);
    } else throw bad(line);
  }
  if (proof) {
    const isWhole =
      /^[1-9][0-9]{0,18}$/.test(proof["closing-post"] || "") &&
      /^[0-9a-f]{96}$/.test(proof.signature || "") &&
      (proof.expired ? !proof.places : (proof.places || []).length);
    if (!isWhole) throw new Mismatch("The results hold no whole proof.");
  }
  return { ...found, proof };
}

const unquoted = (value) => value.replace(/^"(.*)"$|^'(.*)'$/, (_, one, other) => one ?? other);

function listed(value, bad) {
  const inner = value.match(/^\[(.*)\]$/);
  if (!inner) throw bad(value);
  return inner[1].split(",").map((each) => unquoted(each.trim())).filter(Boolean);
}

/** What the organiser says to have seen when the list was made; nothing shows that it is so. */
function coverageOf({ coverage = "" }) {
  const found = coverage.match(/^\{seen: (\d+),(?: counted: (\d+),)? excluded: \{(.*)\}\}$/);
  if (!found) return "";
  const [, seen, counts, excluded] = found;
  const missing = Number(counts) - Number(seen);
  const unseen = missing > 0 ? `, ${counted(missing)} of them never shown` : "";
  const ofX = counts ? `, of ${counted(Number(counts))} that X counts${unseen}` : "";
  const left = excluded ? `; not counted: ${excluded}` : "; all of them count";
  return `By the organiser's word, ${counted(Number(seen))} posts were seen${ofX}${left}.`;
}

// --- The steps

function charterStep(it) {
  const announced = instantOf(it.list.announcement);
  if (announced >= it.list.charter.closes) {
    throw new Mismatch(`The contest was announced ${told(announced)}, after its end.`);
  }
  if (it.list.charter.beacon !== CHAIN.id) {
    throw new Mismatch("The contest is decided by another beacon, which proves nothing here.");
  }
  return `The rules are those that the code ${it.list.code} stands for, announced ${told(announced)}.`;
}

function keyStep(it) {
  if (shortCode(joined(ascii("runner/key/v1\0"), it.list.key)) !== it.list.charter.key) {
    throw new Mismatch("The list was made with another key than the one that was announced.");
  }
  return `The list was made with the key that was announced, ${it.list.charter.key}.`;
}

function digestStep(it) {
  const { digest = "none", entries = "none" } = it.results;
  if (it.list.digest !== digest) {
    throw new Mismatch(`The list's digest is ${it.list.digest}, and the results name ${digest}.`);
  }
  const count = it.list.entries.length;
  if (String(count) !== entries) {
    throw new Mismatch(`The list holds ${counted(count)} entries, and the results name ${entries}.`);
  }
  return `The list holds ${counted(count)} entries, and its digest is ${it.list.digest}.`;
}

function supplementStep(it) {
  it.from = once(it.list, "supplement", () => supplemented(it.list, it.files));
  const count = it.from.entries.length;
  const { digest } = it.from;
  if (it.results.supplement !== `{digest: ${digest}, entries: ${count}}`) {
    throw new Mismatch(
      `With its supplement the list holds ${counted(count)} entries, and its digest is ${digest}, ` +
        "which the results do not say.",
    );
  }
  return (
    `The supplement adds ${counted(count - it.list.entries.length)} that had been left out, and ` +
    `takes nobody away: the list then holds ${counted(count)}, and its digest is ${digest}.`
  );
}

function supplementPostStep(it) {
  const { supplement: id, "closing-post": closing } = it.results.proof;
  if (!it.results.supplement || !id) {
    throw new Mismatch("The results name a supplement, or the post that closed it, and not both.");
  }
  const closed = instantOf(id);
  const latest = roundInstant(it.round.number) - LEAST_TIME;
  if (closed <= instantOf(closing) || closed > latest) {
    throw new Mismatch(
      `The supplement was closed ${told(closed, { exact: true })}, and not between the closing ` +
        `post and ${told(latest, { exact: true })}, six hours before the round.`,
    );
  }
  return `The supplement was closed by the post ${id}, ${told(closed)}.`;
}

function closingStep(it) {
  const id = it.results.proof["closing-post"];
  const closed = instantOf(id);
  const earliest = it.list.charter.closes + SETTLING;
  if (closed < earliest) {
    throw new Mismatch(
      `The closing post is of ${told(closed, { exact: true })}, before all entries could be seen ` +
        `(${told(earliest, { exact: true }).slice(11, 19)}).`,
    );
  }
  return `The list was closed by the post ${id}, ${told(closed)}.`;
}

const dayOf = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 10);
const roundInstant = (round) => CHAIN.genesis + (round - 1) * CHAIN.period;

function roundOf(charter, closed) {
  for (let late = 0; late <= LATEST_DAYS; late += 1) {
    const after = charter.draws + late * DAY;
    const number = Math.max(Math.floor((after - CHAIN.genesis) / CHAIN.period) + 2, 1);
    if (roundInstant(number) - closed >= NOTICE) return { number, late };
  }
  throw new Mismatch(
    "The closing post came more than three days too late, so that no round is left that decides.",
  );
}

function roundStep(it) {
  it.round = roundOf(it.list.charter, instantOf(it.results.proof["closing-post"]));
  const { number, late } = it.round;
  if (String(number) !== it.results.round) {
    throw new Mismatch(
      `The round that decides is ${counted(number)}, and the results name ` +
        `${it.results.round || "none"}.`,
    );
  }
  if (String(late) !== (it.results["days-late"] || "0")) {
    throw new Mismatch(
      `The results say \`days-late: ${it.results["days-late"] || 0}\`, and the round makes that ` +
        `${late}.`,
    );
  }
  const text =
    `Round ${counted(number)} of the beacon decides, of ` +
    `${told(roundInstant(number), { exact: true })}`;
  if (!late) return `${text}: nobody knew it when the list was closed.`;
  return `${text}: ${late} day${late === 1 ? "" : "s"} late, so that earlier draws may have been seen.`;
}

function signatureStep(it) {
  const number = new Uint8Array(8);
  new DataView(number.buffer).setBigUint64(0, BigInt(it.round.number));
  const signature = unhex(it.results.proof.signature);
  const isSignedBy = (key) => isSignature(signature, noble.sha256(number), CHAIN.domain, unhex(key));
  const isReal = isSignedBy(CHAIN.key);
  it.isRehearsal = !isReal && isSignedBy(CHAIN.rehearsed);
  if (!isReal && !it.isRehearsal) {
    throw new Mismatch(`The signature is not the beacon's of round ${counted(it.round.number)}.`);
  }
  it.randomness = noble.sha256(signature);
  const beacon = it.isRehearsal ? "beacon of rehearsals" : "beacon";
  return `The ${beacon} has signed that round; it came to ${hex(it.randomness)}.`;
}

function drawnPlaces({ charter, entries }, randomness) {
  const keyed = noble.hmac.create(noble.sha256, randomness).update(ascii(`${charter.contest}\0`));
  const ranked = entries.map((entry) => ({
    rank: hex(keyed.clone().update(unhex(entry.c)).digest()),
    entry,
  }));
  ranked.sort((one, other) => (one.rank < other.rank ? -1 : 1));
  return ranked.slice(0, charter.winners + charter.alternates).map(({ entry }) => entry);
}

/** Throws Mismatch for places that were removed while everyone should see them. */
function removed(it, on) {
  const until = dayOf(roundInstant(it.round.number) + it.list.charter.keep);
  if (on > dayOf(it.now)) {
    throw new Mismatch(`Who was in which place is said to be removed on ${on}, which is to come.`);
  }
  if (on < until) {
    throw new Mismatch(
      `Who was in which place is said to be removed on ${on}, and had to stand there until ${until}.`,
    );
  }
  return `Who was in which place was removed on ${on}, as the terms say.`;
}

function placesStep(it) {
  if (it.results.proof.expired) return removed(it, it.results.proof.expired);
  const places = it.results.proof.places;
  const drawn = once(it.from, hex(it.randomness), () => drawnPlaces(it.from, it.randomness));
  if (places.length > drawn.length) {
    throw new Mismatch(`${places.length} places are named, and only ${drawn.length} can win.`);
  }
  places.forEach((place, index) => placeHolds(it.list, place, drawn[index], index + 1));
  return `The draw put these entries in its first ${places.length} places.`;
}

function placeHolds({ charter, key }, { user, post, ticket }, meant, number) {
  const message = ascii(`${charter.account}\0${charter.contest}\0${user}`);
  const bytes = unhex(ticket);
  if (!isSignature(bytes, message, TICKETS, key)) {
    throw new Mismatch(`Place ${number} has no ticket of the user ${user}.`);
  }
  if (hex(noble.sha256(joined(bytes, ascii(user)))) !== meant.c) {
    throw new Mismatch(`The draw put somebody else in place ${number} than ${user}.`);
  }
  if (hex(noble.sha256(joined(bytes, ascii(`\0${post}`)))) !== meant.e) {
    throw new Mismatch(`The list means another post than ${post} in place ${number}.`);
  }
  const entered = instantOf(post);
  if (entered < charter.opens || entered >= charter.closes) {
    throw new Mismatch(`The entry in place ${number} is not of the time of the contest.`);
  }
  const isDated = BigInt(user) >= FIRST_DATED_USER;
  const age = millisecondsOf(post) - millisecondsOf(user);
  if (isDated && age < charter["account-age"] * 1000) {
    throw new Mismatch(`The account in place ${number} was too young to win.`);
  }
}

function winnersStep(it) {
  const { charter, entries } = it.from;
  const { places, expired } = it.results.proof;
  if (expired) {
    if (!it.results.winners.length) {
      return "Who won stands in the posts of the account, and can't be checked any more.";
    }
    throw new Mismatch("The places were removed, and winners are named nevertheless.");
  }
  const standing = places.filter((place) => !place.fallen).length;
  const most = Math.min(charter.winners + charter.alternates, entries.length);
  const isComplete = standing === charter.winners && !places[places.length - 1].fallen;
  if (!isComplete && !(standing <= charter.winners && places.length === most)) {
    throw new Mismatch(
      `${standing} of the ${places.length} places win, of ${charter.winners} winners.`,
    );
  }
  if (it.results.winners.length !== standing) {
    throw new Mismatch(
      `${it.results.winners.length} winners are named, and ${standing} places win.`,
    );
  }
  const win = standing === 1 ? "1 of them wins" : `${standing} of them win`;
  if (standing === places.length) return `${win}; no place fell.`;
  return `${win}; ${places.length - standing} fell, which is the organiser's word.`;
}

/** The steps in their order; those of a supplement where the results name one. */
const stepsOf = ({ results: { supplement, proof } }) => [
  charterStep, keyStep, digestStep, ...(supplement ? [supplementStep] : []),
  closingStep, roundStep, ...(supplement || proof.supplement ? [supplementPostStep] : []),
  signatureStep, placesStep, winnersStep,
];

// --- The verdict

/** Which posts are to be looked at on X, by whom they have to be, and what they have to carry. */
function postsToSee(it, handle) {
  const { places = [], "closing-post": closing, supplement } = it.results.proof;
  const standing = places.filter((place) => !place.fallen);
  return [
    { what: "announcement", id: it.list.announcement, author: handle, carries: it.list.code },
    { what: "closing post", id: closing, author: handle, carries: it.results.digest },
    ...(supplement
      ? [{ what: "supplement", id: supplement, author: handle, carries: it.from.digest }]
      : []),
    ...standing.map(({ post }, index) => (
      { what: "entry", id: post, author: it.results.winners[index], carries: null })),
  ];
}

/** What X shows: `answers` has of each post's id {author, text}, or "gone". Unread: nothing. */
function look(posts, answers, held) {
  let verdict = "verified";
  for (const { what, id, author, carries } of posts) {
    const shown = answers[id];
    if (!shown) {
      verdict = "consistent";
    } else if (shown === "gone") {
      if (what !== "entry") {
        throw new Mismatch(`X shows no ${what} ${id} any more, so that nothing dates the draw.`);
      }
      verdict = verdict === "verified" ? "asserted" : verdict;
      held.push(`X does not show the entry ${id} of @${author} any more.`);
    } else {
      if (shown.author.toLowerCase() !== author.toLowerCase()) {
        throw new Mismatch(`The ${what} ${id} is of @${shown.author}, and not of @${author}.`);
      }
      if (carries && !shown.text.includes(carries)) {
        throw new Mismatch(`The ${what} ${id} does not carry ${carries}.`);
      }
      held.push(
        `X shows the ${what} ${id}: it is of @${author}${carries ? `, and carries ${carries}` : ""}.`,
      );
    }
  }
  return verdict;
}

/** Checks a draw up to the first step that does not hold. `answers` as `look` takes them; `now` are
 *  seconds since 1970. */
function verifyDraw({ list, results, handle = "", answers = {}, now }) {
  const held = [];
  const it = {};
  try {
    it.list = once(list, "read", () => readList(list));
    it.results = readResults(results);
    if (!it.results.proof) return { ...undrawn(it, now), held };
    it.files = list;
    it.now = now;
    it.from = it.list;
    for (const step of stepsOf(it)) held.push(step(it));
    const posts = postsToSee(it, handle);
    let verdict = look(posts, answers, held);
    if (it.results.proof.expired) verdict = "expired";
    if (it.isRehearsal) verdict = "rehearsal";
    return { verdict, held, posts, late: it.round.late, coverage: coverageOf(it.results) };
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error;
    const verdict = error instanceof Missing ? "nothing to check" : "false";
    return { verdict, held, wrong: error.message };
  }
}

/** A list without a draw is not drawn yet, or was left lying. */
function undrawn({ list, results }, now) {
  if (results.drawn) return { verdict: "by hand" };
  if (list.digest !== results.digest) {
    throw new Mismatch(`The list's digest is ${list.digest}, and the results name ${results.digest}.`);
  }
  const latest = list.charter.draws + LATEST_DAYS * DAY + TO_MERGE;
  return { verdict: now > latest ? "unfinished" : "not drawn yet", from: list.charter.draws };
}
