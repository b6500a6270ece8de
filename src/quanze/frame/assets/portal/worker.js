/**
 * The worker of a portal's search: one index a shard, read in the background, names of all first; each that arrives is told.
 *
 * Takes and says what worker.js does, for kind "search" alone, so that the same pages ask it. search/shards.js is
 * { facet, shards: [{ id, body, address, records }] }; each shard has the three parts of an index in search/<id>/.
 */
import { FEW, NEAR, answer, nearby } from "../answer.js";
import { load, part } from "../loading.js";
import { PARTS, take } from "../parts.js";

const PAUSE = 120; // between two answers to the same question while shards arrive
const AHEAD = 4; // so many files are asked for at once
const questions = new Map();
let shards = /** @type {any[]} */ ([]);
let facet = "";
let mixed = null;
let characters = null;
let loading = null;
let timer = 0;
let say = (/** @type {any} */ message) => self.postMessage(message);

const { compare } = new Intl.Collator("zh", { numeric: true });
const text = ({ title }) => title.join("");
const ORDERS = {
  名称: (a, b) => compare(text(a), text(b)),
  编号: (a, b) => compare(a.key, b.key),
};

/** The shard and part that are needed next: the names of every shard, those of the bureaus chosen first, then the rest by rank. */
function next() {
  const open = [...questions.values()];
  const most = Math.max(0, ...open.map(({ parts }) => parts));
  const wanted = new Set(open.flatMap(({ chosen = [] }) => chosen.flatMap(([name, values]) => (name === facet ? values : []))));
  const left = shards.filter(({ arrived, busy }) => arrived < most && !busy);
  const place = ({ arrived, body }) => arrived * 2 + (wanted.has(body) ? 0 : 1);
  return left.reduce((best, one) => (!best || place(one) < place(best) ? one : best), null);
}

async function fetched(shard) {
  shard.busy = true;
  const name = PARTS[shard.arrived];
  const path = `search/${shard.id}/${name}.js`;
  const got = await part(shard.index ? `${path}?${shard.index.stamp}` : path, shard.index ? "default" : "no-cache");
  if (shard.index && got.stamp !== shard.index.stamp) throw new Error(`${path}: of another edition`);
  shard.index = take(shard.index, name, got);
  shard.arrived++;
  shard.answers = new Map();
  shard.busy = false;
  soon();
}

async function run() {
  for (let shard = next(); shard; shard = next()) await fetched(shard);
}

/** Whether so little has a question's words that what is near to them is told beside it, once all has come. */
function few({ query, chosen = [] }, { all }) {
  return Boolean(query.trim()) && !chosen.length && all < FEW;
}

/** Whether a question may need the characters: all is there, and nothing has its words. */
function puzzled(question, channel) {
  return !mixed && question.query && shards.every(({ arrived }) => arrived >= question.parts) && !merged(question, channel).all;
}

async function read() {
  if (!shards.length) {
    const listed = await part("search/shards.js", "no-cache");
    facet = listed.facet;
    shards = listed.shards.map((one) => ({ ...one, index: null, arrived: 0, busy: false, answers: new Map() }));
  }
  await Promise.all(Array.from({ length: AHEAD }, run));
  if ([...questions].some(([channel, question]) => puzzled(question, channel))) mixed = await load("traditional.js");
  if (!characters && [...questions].some(([channel, question]) => few(question, told(question, channel)))) characters = await load("characters.js");
}

function start() {
  loading ??= read()
    .catch(() => {
      for (const shard of shards) Object.assign(shard, { busy: false });
      say({ failed: true });
    })
    .finally(() => {
      loading = null;
      answerAll();
    });
}

function soon() {
  timer ||= setTimeout(() => {
    timer = 0;
    answerAll();
  }, PAUSE);
}

/** A hit as it is told on the portal: its page is the bureau's own. */
function abroad(shard, hit) {
  return { ...hit, key: `${shard.id}/${hit.key}`, url: shard.address + hit.url };
}

/** What is near to a question in any shard, the nearest first; nothing that has its words, which is told already. */
function close({ query }, { hits, instead }) {
  const own = new Set(hits.map(({ key }) => key));
  const asked = instead ? instead[1] : query;
  const hitsNear = shards.flatMap((shard) => nearby(shard.index, asked, characters?.confused).map((hit) => abroad(shard, hit)));
  return hitsNear.filter(({ key }) => !own.has(key)).sort((a, b) => b.share - a.share).slice(0, NEAR);
}

/** What one shard answers; asked again only when more of it has arrived. */
function asked(shard, question, channel) {
  const kept = shard.answers.get(channel);
  if (kept?.id === question.id) return kept.answer;
  const result = answer(shard.index, { ...question, exact: true });
  const own = result.hits.map((hit) => abroad(shard, hit));
  shard.answers.set(channel, { id: question.id, answer: { ...result, hits: own } });
  return shard.answers.get(channel).answer;
}

/** One answer of those of all shards that are there; where none has the words, by what they are in simplified characters. */
function told(question, channel) {
  const result = merged(question, channel);
  const simple = mixed && !result.all ? mixed.simplified(question.query) : question.query;
  if (simple === question.query) return result;
  return { ...merged({ ...question, id: `${question.id} ${simple}`, query: simple }, channel), instead: ["简体", simple] };
}

function merged(question, channel) {
  const answers = shards.filter(({ index }) => index).map((shard) => asked(shard, question, channel));
  const facets = new Map();
  for (const { name, values } of answers.flatMap((one) => one.facets)) {
    const counts = facets.get(name) ?? new Map();
    for (const [value, count] of values) counts.set(value, (counts.get(value) ?? 0) + count);
    facets.set(name, counts);
  }
  const order = ORDERS[question.order] ?? ((a, b) => a.place - b.place);
  const sum = (name) => answers.reduce((total, one) => total + one[name], 0);
  return {
    total: sum("total"),
    all: sum("all"),
    hits: answers.flatMap(({ hits }) => hits).sort(order).slice(0, question.limit),
    groups: [],
    near: [],
    elsewhere: [],
    facets: [...facets].map(([name, counts]) => ({ name, values: [...counts] })),
    instead: null,
  };
}

/** How far a question has come: all names first, then what they rest on, then the texts. */
function progress(parts) {
  const done = shards.filter(({ arrived }) => arrived >= parts).length;
  const names = shards.filter(({ arrived }) => arrived).length;
  return names < shards.length ? `名称查了 ${names}/${shards.length} 份` : `正文查了 ${done}/${shards.length} 份`;
}

function reply(question, channel) {
  const { id, parts } = question;
  if (!shards.some(({ index }) => index)) return;
  const result = told(question, channel);
  const whole = shards.every(({ arrived }) => arrived >= parts) && !puzzled(question, channel);
  const complete = whole && (characters || !few(question, result));
  if (complete) questions.delete(channel);
  const near = complete && few(question, result) ? close(question, result) : [];
  say({ channel, id, partial: !complete, progress: progress(parts), ...result, near });
}

function answerAll() {
  questions.forEach(reply);
}

/** Takes a message; `tell` is where the answers go. */
export function handle(message, tell) {
  say = tell;
  if (message.kind === "search") questions.set(message.channel, message);
  setTimeout(() => {
    answerAll();
    start();
  });
}

if (typeof document === "undefined") self.onmessage = ({ data }) => handle(data, (message) => self.postMessage(message));
