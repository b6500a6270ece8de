/**
 * The search's worker: reads the index part by part and answers the newest question of each channel.
 *
 * Receives { channel, id, kind: "search" | "notice" | "names", parts, … } (see answer.js; `parts` is how many of the
 * three parts the question needs to be complete) or { kind: "retry" }. Sends { channel, id, partial, … }, for one question
 * as often as there is more to say, and { failed: true }.
 */
import { answer, notice, known } from "./answer.js";
import { column, pool } from "./pools.js";

const PARTS = ["names", "citations", "texts"];
const BASE = new URL("../../search/", import.meta.url);
const questions = new Map();
let index = { pools: [] };
let arrived = 0;
let loading = null;

const TAKE = {
  names(part) {
    const ended = new Uint8Array(part.keys.length);
    for (const record of part.ended) ended[record] = 1;
    const facets = part.facets.map((facet) => ({ name: facet.name, ...column(facet) }));
    index = { ...part, ended, facets, labels: column(part.labels), pools: [pool(part.names), pool(part.words)] };
  },
  citations(part) {
    index.laws = part.laws;
    index.pools.push(pool(part.citations));
  },
  texts(part) {
    index.pools.push(pool(part.texts));
  },
};

const ANSWER = { search: answer, notice, names: () => ({ known: [...known(index)] }) };

/** Reads the next parts, until there are as many as the questions need. The first tells which edition the rest must be. */
async function load() {
  while (arrived < Math.max(...Array.from(questions.values(), ({ parts }) => parts))) {
    const name = PARTS[arrived];
    const stamp = arrived ? `?${index.stamp}` : "";
    const response = await fetch(new URL(`${name}.json${stamp}`, BASE), { cache: arrived ? "default" : "no-cache" });
    if (!response.ok) throw new Error(`${name}.json: ${response.status}`);
    const part = await response.json();
    if (arrived && part.stamp !== index.stamp) throw new Error("the site has changed meanwhile");
    TAKE[name](part);
    arrived++;
    for (const question of questions.values()) if (question.parts >= arrived) reply(question);
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

function reply(question) {
  if (question.kind !== "search" && arrived < question.parts) return;
  const { channel, id, kind, parts } = question;
  self.postMessage({ channel, id, partial: arrived < parts, ...ANSWER[kind](index, question) });
}

/** Answers once the messages that wait have been read, so that only the newest question of a channel costs time. */
function settle() {
  for (const question of questions.values()) {
    if (question.open && arrived) {
      question.open = false;
      reply(question);
    }
  }
}

self.onmessage = ({ data }) => {
  if (data.kind !== "retry") {
    questions.set(data.channel, { ...data, open: true });
    setTimeout(settle);
  }
  start();
};
