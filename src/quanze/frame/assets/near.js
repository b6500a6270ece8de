/**
 * Records near to a query: what shares its characters and pairs of characters, the rare ones weighing most.
 *
 * A query is cut at the words that say nothing (多少, 的, 吗); each part gives its pairs and its single characters. Words that
 * the register has for them (同义词) count as if they had been asked, and pairs that nothing has are read as what they may be
 * mistaken for (see characters.js). All of it is looked up in names and
 * keywords alone, so that an answer does not hang on which texts have been fetched.
 */
import { fold } from "./fold.js";
import { folded, holders, scan } from "./pools.js";

const IDLE = new RegExp([
  "请问|手续|怎么样|怎么|怎样|如何|多少|什么|哪里|哪儿|哪个|哪条|是不是|能不能|可不可以|可以|应该|需要|有没有|为什么|我们|你们|他们|自己|一下|到底|的话|要是|如果",
  // as people of different parts of the country speak
  "咋个|咋整|咋办|咋样|咋|啥子|啥|要不要得|要不要|要得|得行|中不中|行不行|行不|得不得|好多钱|几多|俺|咱|恁|娃儿|那个|这个|里头|里面|上头",
  "[的了吗呢吧啊呀我你他她们这那哪谁就都也还要会把给让在和与或及是有个嘛呗噻撒哈哦嘅咗啲佢哋喺咩咯]|\\p{P}|\\p{S}",
].join("|"), "gu");
const FIELDS = [3, 3]; // names, words
const ASIDE = 0.55; // of a record that is no power
const ENDED = 0.6;
const PAIR = 1;
const SINGLE = 0.15;
const MEANT = 0.9; // a synonym, against the word asked for
const TYPED = 1.2; // what may have been meant by a pair that nothing has
const GUESSED = 0.3; // the same, where neither the sign before nor the one after bears it out
const SHORT = 2; // in so few signs there is little else to go by
const AGAIN = 0.5; // of what is found of a place of the query for which there is more
const MEANT_KIND = 1.6; // of a record of the kind that a query asks for
const UNKNOWN = 0.4; // of what nothing has, in the sum of what a query weighs
const LEAST = 0.1; // of that sum
const LIKE = 0.15; // the same for facts, which are told at length
const MANY = 100_000; // weights that are kept: some megabytes

/** The parts of a query that say something. */
export function meaningful(query) {
  return query.split(/\s+/u).map(fold).join("\n").replace(IDLE, "\n").split("\n").filter(Boolean);
}

/** The signs of a part: characters, and letters or figures that stand together, which mean something only whole. */
function signs(part) {
  return part.match(/[a-z\d]+|./gsu);
}

/** Forgets all weights before there are too many of them. */
function kept(index, more) {
  index.weighed = (index.weights.size ? index.weighed : 0) + more;
  if (index.weighed <= MANY) return;
  index.weights.clear();
  index.weighed = more;
}

/** For a term, how well each record has it: the weight of the best field. Kept, since people type on. */
function weights(index, term) {
  index.weights ??= new Map();
  const weighed = index.weights.get(term);
  if (weighed) return weighed;
  const ofRecords = new Map();
  index.pools.forEach((pool, rank) => {
    if (!FIELDS[rank]) return;
    scan(pool, term, (value) => holders(pool, value, (record) => {
      if ((ofRecords.get(record) ?? 0) < FIELDS[rank]) ofRecords.set(record, FIELDS[rank]);
    }));
  });
  kept(index, ofRecords.size);
  index.weights.set(term, ofRecords);
  return ofRecords;
}

/** The pairs of the register's names and words: for each first character, what follows it. */
function vocabulary(index) {
  if (index.pairs) return index.pairs;
  index.pairs = new Map();
  for (const { text } of index.pools.slice(0, 2)) {
    for (let i = 0; i + 1 < text.length; i++) {
      if (text[i] === "\n" || text[i + 1] === "\n") continue;
      const seconds = index.pairs.get(text[i]) ?? new Set();
      index.pairs.set(text[i], seconds.add(text[i + 1]));
    }
  }
  return index.pairs;
}

/** Whether a query has a pair that no name or word has, or letters: only then may it have been meant otherwise. */
export function mistakable(index, query) {
  const unknown = (part) => Array.from(part).some((sign, at) => at + 1 < part.length && !vocabulary(index).get(sign)?.has(part[at + 1]));
  return /[a-z]{2}/iu.test(query) || meaningful(query).some(unknown);
}

/** What a pair that no name or word has may stand for. */
function meant(index, [first, second], confused) {
  const firsts = [...vocabulary(index).keys()].filter((one) => confused(one, first));
  return firsts.flatMap((one) => [...vocabulary(index).get(one)].filter((next) => confused(next, second)).map((next) => one + next));
}

/** A pair and, where no name or word has it, what it may stand for: for what is not the register's own. */
export function readings(index, pair) {
  const [first, second] = Array.from(pair);
  const known = !second || !index.mixed || vocabulary(index).get(first)?.has(second);
  return known ? [pair] : [pair, ...meant(index, [first, second], index.mixed.confused)];
}

/** Whether what a pair of a part may stand for is borne out by the sign before it or after it. */
function borne(index, part, at, pair) {
  const has = (text) => index.pools.slice(0, 2).some((pool) => pool.text.includes(text));
  return (at > 0 && has(part[at - 1] + pair)) || (at + 2 < part.length && has(pair + part[at + 2]));
}

/** Whether a text, folded, has what people say; of a saying of several words, apart by “…”, it has each wherever it stands. */
function says(text, saying) {
  const end = saying.indexOf("…");
  return text.includes(end < 0 ? saying : saying.slice(0, end)) && (end < 0 || says(text, saying.slice(end + 1)));
}

/** The words of the register and of what people say, in one text. */
export function spoken(index) {
  index.spoken ??= [
    ...index.pools.slice(0, 2).map(({ text }) => text),
    ...index.synonyms.flatMap(([said]) => said), ...(index.elsewhere ?? []).flatMap(({ title, words }) => [title, ...words]),
  ].join("\n");
  return index.spoken;
}

/** The pairs of characters in a query as [pair, weight]: rare ones weigh most, those that nothing has, most of which lie across two words, less. */
function weighed(index, query) {
  if (index.weighing?.query === query) return index.weighing.pairs;
  const pairs = meaningful(query).map(signs).flatMap((part) => Array.from({ length: Math.max(1, part.length - 1) }, (_, at) => {
    const pair = part.slice(at, at + 2).join("");
    const rare = Math.log(1 + index.keys.length / (1 + weights(index, pair).size));
    return [pair, rare * (pair.length > 1 ? 1 : SINGLE) * (spoken(index).includes(pair) ? 1 : UNKNOWN)];
  }));
  index.weighing = { query, pairs };
  return pairs;
}

/** How much of a query's weight lies in the pairs of characters that something has. */
export function coverage(index, query, has) {
  let [sum, covered] = [0, 0];
  for (const [pair, weight] of weighed(index, query)) {
    sum += weight;
    if (has(pair)) covered += weight;
  }
  return sum ? covered / sum : 0;
}

/** How much of a query the best of some records have in names, keywords and what people say for their words. */
export function covered(index, query, records) {
  const text = fold(query);
  const spoken = index.synonyms.flatMap(([words, means]) => words.filter((word) => says(text, word)).map((word) => [word, means]));
  return Math.max(0, ...records.map((record) => {
    const own = index.pools.slice(0, 2).flatMap((pool) => pool.rows[record].map((value) => folded(pool, value))).join("\n");
    const meant = spoken.filter(([, means]) => means.some((word) => own.includes(word))).map(([word]) => word);
    return coverage(index, query, (pair) => own.includes(pair) || meant.some((word) => word.includes(pair)));
  }));
}

/** What to look up for a query: { terms, weight, spans }: of the terms the best counts, and it stands for those places of the query. */
function wanted(index, query, confused) {
  const wants = [];
  let at = 0;
  const text = fold(query);
  for (const part of meaningful(query).map(signs)) {
    at = Math.max(at, text.indexOf(part.join(""), at));
    let from = at;
    at += part.join("").length;
    for (let i = 0; i < part.length; i++) {
      const [first, second] = part.slice(i);
      const letters = /[a-z\d]/u.test(first);
      if (!letters || first.length > 1) wants.push({ terms: [first], weight: letters ? PAIR : SINGLE, spans: [[from, from + first.length]] });
      const spans = [[from, from + first.length + (second?.length ?? 0)]];
      from += first.length;
      if (!second) continue;
      const pair = first + second;
      const known = vocabulary(index).get(first)?.has(second);
      wants.push({ terms: [pair], weight: PAIR, spans });
      const turned = !known && vocabulary(index).get(second)?.has(first) ? [second + first] : [];
      const typed = known || !confused ? turned : [...turned, ...meant(index, pair, confused)];
      const likely = part.length > SHORT ? typed.filter((one) => borne(index, part, i, one)) : typed;
      if (likely.length) wants.push({ terms: likely, weight: TYPED, spans });
      else if (typed.length) wants.push({ terms: typed, weight: GUESSED, spans });
    }
  }
  for (const [said, means] of index.synonyms) {
    const heard = said.filter((one) => says(text, one));
    const words = heard.filter((one) => !heard.some((other) => other !== one && other.includes(one))).flatMap((one) => one.split("…"));
    const length = words.join("").length;
    if (length) wants.push({ terms: means, weight: MEANT * Math.max(1, length / 2), spans: words.map((word) => [text.indexOf(word), text.indexOf(word) + word.length]) });
  }
  return wants;
}

/** The kinds of power that a query's words ask for. */
export function intended(index, query) {
  const text = fold(query);
  return new Set(index.intents.filter(([words]) => words.some((word) => says(text, word))).flatMap(([, types]) => types));
}

/** The records near to the facts of a notice, the nearest first. */
export function near(index, facts, most) {
  return rated(index, facts, most, index.mixed?.confused).filter(([, share]) => share >= LIKE).map(([record]) => record);
}

/**
 * The records near to a query as [record, share], the nearest first, where share is how much of the query's weight it has: the nearest of several indexes can be told by it.
 * What is found twice of the same place of the query, as a pair and as a keyword, counts half as much as what is found of another.
 */
export function rated(index, query, most, confused) {
  const total = index.keys.length;
  const { points, told, peaks } = gathered(fold(query).length);
  const wants = wanted(index, query, confused);
  const least = wants.every(({ weight }) => weight <= SINGLE) ? 0 : GUESSED;
  const words = new Set(); // the records that have more of it than single signs, which any two texts share, and guesses
  let sum = 0;
  for (const { terms, weight, spans } of wants) {
    const best = new Map();
    for (const term of terms) {
      for (const [record, field] of weights(index, term)) if ((best.get(record) ?? 0) < field) best.set(record, field);
    }
    const rare = Math.log(1 + total / (1 + best.size)) * weight;
    sum += rare * FIELDS[0] * (best.size ? 1 : UNKNOWN);
    for (const [record, field] of best) told(record, spans, rare * field);
    if (weight > least) for (const record of best.keys()) words.add(record);
  }
  for (const record of whole(index, fold(query), told)) words.add(record);
  for (const [record, of] of peaks) points.set(record, points.get(record) * AGAIN + of.reduce((all, one) => all + one, 0));
  const types = intended(index, query);
  const facet = index.facets.find(({ name }) => name === index.type);
  const close = [];
  for (const record of words) {
    const value = points.get(record);
    const own = facet?.rows[record].map((value) => facet.values[value]) ?? [];
    const kind = (own.length ? 1 : ASIDE) * (types.size && own.some((type) => types.has(type)) ? MEANT_KIND : 1);
    const share = value * kind * (index.ended[record] ? ENDED : 1) / (sum * (1 + AGAIN));
    if (share >= LEAST) close.push([record, share]);
  }
  return close.sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most);
}

/** { points, told, peaks }: for each record what it was told of in sum, and for each of so many places of the query the most. */
function gathered(width) {
  const points = new Map();
  const peaks = new Map();
  const told = (record, spans, value) => {
    if (!peaks.has(record)) peaks.set(record, new Float64Array(width));
    const [of, size] = [peaks.get(record), spans.reduce((all, [from, to]) => all + to - from, 0)];
    points.set(record, (points.get(record) ?? 0) + value);
    for (const [from, to] of spans) for (let place = from; place < to; place++) of[place] = Math.max(of[place], value / size);
  };
  return { points, told, peaks };
}

/** The register's keywords, folded, each once. */
export function keywords({ pools: [, pool] }) {
  return (pool.lines ??= pool.values.map((_, value) => folded(pool, value)));
}

/** Tells the records whose keywords lie in the query whole, and returns them. */
function whole(index, text, told) {
  const pool = index.pools[1];
  const found = [];
  keywords(index).forEach((keyword, value) => {
    const at = keyword.length < 2 ? -1 : text.indexOf(keyword);
    if (at < 0) return;
    const of = pool.heads[value + 1] - pool.heads[value];
    const rare = Math.log(1 + index.keys.length / of) * (keyword.length - 1) * FIELDS[1] * 0.5;
    holders(pool, value, (record) => found.push(record) && told(record, [[at, at + keyword.length]], rare));
  });
  return found;
}
