/**
 * The search's worker: reads the index part by part and answers the newest question of each channel.
 *
 * Receives { channel, id, kind: "search" | "notice", parts, … } (see answer.js; `parts` is how many of the
 * three parts the question needs to be complete) or { kind: "retry" }. Sends { channel, id, partial, … }, for one question
 * as often as there is more to say, and { failed: true }.
 */
import { answer, notice, readCitations } from "./answer.js";
import { column, pool } from "./pools.js";

const PARTS = ["names", "citations", "texts"];
const BASE = new URL("../../search/", import.meta.url);
const questions = new Map();
let index = { pools: [] };
let arrived = 0;
let loading = null;

const TAKE = {
  names({ stamp, keys, urls, ended, labels, facets, names, words }) {
    index = { stamp, keys, urls, ended: new Uint8Array(keys.length), pools: [pool(names), pool(words)] };
    index.labels = column(labels);
    index.facets = facets.map(({ name, ...rest }) => ({ name, ...column(/** @type {any} */ (rest)) }));
    for (const record of ended) index.ended[record] = 1;
  },
  citations(part) {
    index.laws = part.laws;
    index.pools.push(pool(part.citations));
    readCitations(index);
  },
  texts(part) {
    index.pools.push(pool(part.texts));
  },
};

const ANSWER = { search: answer, notice };

/** Reads the next parts, until there are as many as the open questions need; all must be of the first one's edition. */
async function load() {
  while ([...questions.values()].some(({ parts }) => parts > arrived)) {
    const name = PARTS[arrived];
    const address = new URL(arrived ? `${name}.json?${index.stamp}` : `${name}.json`, BASE);
    const response = await fetch(address, { cache: arrived ? "default" : "no-cache" });
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    const part = await response.json();
    if (arrived && part.stamp !== index.stamp) throw new Error(`${address}: of another edition`);
    TAKE[name](part);
    arrived++;
    questions.forEach(reply);
  }
}

function start() {
  loading ??= load()
    .catch(() => {
      arrived = 0;
      self.postMessage({ failed: true });
    })
    .finally(() => (loading = null));
}

/** Answers as far as the index has arrived; a question whose answer is complete is forgotten. */
function reply(question, channel) {
  const { id, kind, parts } = question;
  if (!arrived || (kind === "notice" && arrived < parts)) return;
  question.waiting = false;
  if (arrived >= parts) questions.delete(channel);
  self.postMessage({ channel, id, partial: arrived < parts, ...ANSWER[kind](index, question) });
}

/** Answers once all messages that wait are read, so that only the newest question of a channel costs time. */
function settle() {
  questions.forEach((question, channel) => question.waiting && reply(question, channel));
}

self.onmessage = ({ data }) => {
  if (data.kind !== "retry") {
    questions.set(data.channel, { ...data, waiting: true });
    setTimeout(settle);
  }
  start();
};
