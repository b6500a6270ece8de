/**
 * The search's worker: reads the index part by part and answers the newest question of each channel.
 *
 * Takes { channel, id, kind: "search" | "notice", parts, … } (see answer.js and notices.js; `parts` is how many of the three parts
 * the question needs to be complete, at most) or { kind: "retry" }. Says { channel, id, partial, … }, for one question as often as
 * there is more to say, and { failed: true }. The readers of citations, that of notices, the matters of other bodies with what
 * people say for the register's words, and the tables of characters come when a question needs them.
 */
import { about, answer, beyond, citing, puzzling, readCitations, strange, textual, unread } from "./answer.js";
import { load, part } from "./loading.js";
import { PARTS, take } from "./parts.js";

const MARKED = 2; // so many parts tell whether the texts are needed
const questions = new Map();
let index = /** @type {any} */ (null);
let arrived = 0;
let loading = null;
let say = (/** @type {any} */ message) => self.postMessage(message);

const ANSWER = { search: answer, notice: (all, question) => all.noticing.notice(all, question), rows: about };

/** How many parts of the index a question needs: the texts, the last, only where they can have what is looked for. */
function needed(question) {
  const { kind, parts } = question;
  return kind === "search" && parts > MARKED && arrived >= MARKED && !textual(index, question) ? MARKED : parts;
}

/** What the open questions need next: a part of the index, the reader, the characters; null where they need nothing. */
function next() {
  const open = [...questions.values()];
  if (open.some((question) => needed(question) > arrived)) return PARTS[arrived];
  if (!index.reader && arrived > 1 && open.some(({ kind, query }) => kind === "notice" || (kind === "search" && citing(query)))) return "reader";
  if (!index.notices && arrived > 1 && open.some(({ kind }) => kind === "notice")) return "notices";
  const searches = open.filter(({ kind }) => kind === "search");
  if (searches.some((question) => unread(index, question))) return "grammar";
  if (!index.elsewhere && arrived > 1 && open.some((question) => question.kind === "notice" || foreign(question))) return "elsewhere";
  if (!index.mixed && searches.some((question) => puzzling(index, question))) return "characters";
  if (!index.traditional && searches.some((question) => strange(index, question))) return "traditional";
  return null;
}

/** Whether a search needs what is not the register's own matter. */
function foreign({ kind, parts, query }) {
  return kind === "search" && parts > 1 && beyond(index, { query });
}

/** Reads which signs may be taken for others, for the readers of citations. */
async function signs() {
  index.alike ??= (await part(`search/signs.js?${index.stamp}`)).alike;
}

const FETCH = {
  async elsewhere() {
    const { elsewhere, synonyms } = await part(`search/elsewhere.js?${index.stamp}`);
    Object.assign(index, { elsewhere, synonyms, spoken: undefined, weighing: undefined });
  },
  async reader() {
    index.reader = await load("reader.js");
    readCitations(index);
  },
  async grammar() {
    const [{ citations, names }] = await Promise.all([load("grammar.js"), signs()]);
    const known = names(index.laws, index.decrees, index.alike);
    index.read = (/** @type {string} */ text) => citations(text, known);
  },
  async notices() {
    index.noticing = await load("notices.js");
    [index.standings, index.notices] = await Promise.all([part("search/standings.js"), part("search/notices.js"), signs()]);
  },
  async characters() {
    index.mixed = await load("characters.js");
  },
  async traditional() {
    index.traditional = await load("traditional.js");
  },
};

/** Reads what is needed, one after the other; all parts must be of the first one's edition. */
async function read() {
  for (let name = next(); name; name = next()) {
    if (FETCH[name]) await FETCH[name]();
    else {
      const path = `search/${name}.js`;
      const got = await part(arrived ? `${path}?${index.stamp}` : path, arrived ? "default" : "no-cache");
      if (arrived && got.stamp !== index.stamp) throw new Error(`${path}: of another edition`);
      index = take(index, name, got);
      arrived++;
    }
    questions.forEach(reply);
  }
}

function start() {
  loading ??= read()
    .catch(() => {
      arrived = 0;
      index = null;
      say({ failed: true });
    })
    .finally(() => (loading = null));
}

/** Answers as far as the index has arrived; a question whose answer is complete is forgotten. */
function reply(question, channel) {
  const { id, kind, parts } = question;
  if (!arrived || (kind === "notice" && (arrived < parts || !index.reader || !index.notices || !index.elsewhere))) return;
  question.waiting = false;
  const complete = whole(question);
  if (complete) questions.delete(channel);
  say({ channel, id, partial: !complete, ...ANSWER[kind](index, question) });
}

/** Whether all that a question needs is there. */
function whole(question) {
  if (needed(question) > arrived) return false;
  if (question.kind !== "search") return true;
  if (!index.elsewhere && foreign(question)) return false;
  const plain = (index.mixed || !puzzling(index, question)) && (index.traditional || !strange(index, question));
  return plain && !unread(index, question) && (index.reader || arrived < 2 || !citing(question.query));
}

/** Answers once all messages that wait are read, so that only the newest question of a channel costs time. */
function settle() {
  questions.forEach((question, channel) => question.waiting && reply(question, channel));
  start();
}

/** Takes a message; `tell` is where the answers go. */
export function handle(message, tell) {
  say = tell;
  if (message.kind !== "retry") questions.set(message.channel, { ...message, waiting: true });
  setTimeout(settle);
}

if (typeof document === "undefined") self.onmessage = ({ data }) => handle(data, (message) => self.postMessage(message));
