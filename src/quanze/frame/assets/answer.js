/**
 * A query's answer from the index in memory.
 *
 * The index is { keys, urls, labels, ended, facets, gists, fines, pools, laws, … }, where `pools` are those that have arrived,
 * in the order of rank: names, words (keywords and codes), citations, texts. `reader` is reader.js, `mixed` is
 * characters.js and `traditional` is traditional.js, once they are there; `marks` is what tells which texts need not be fetched.
 */
import { may } from "./absent.js";
import { money } from "./amount.js";
import { elsewhere } from "./elsewhere.js";
import { idle, priced, split, within } from "./fines.js";
import { fold, pieces, terms } from "./fold.js";
import { numbered } from "./identifiers.js";
import { modern } from "./modern.js";
import { covered, intended, meaningful, mistakable, rated, spoken } from "./near.js";
import { folded, holders, scan } from "./pools.js";
import { spread } from "./spread.js";
import { tally } from "./tally.js";

const CITATIONS = 2;
const TEXTS = 3;
const HAN = /\p{Script=Han}/u;
const ASIDE = new Set(["清单", "类别"]); // what a list has told already
const NONE = 0xffff;
const WIDTH = 90;
export const NEAR = 10;
const WIDE = 40; // of those near, so many are looked through for an amount
const PRICED = 1.5; // for one near whose fine can be of the amount asked for
const NAMED = 0.7; // of a query: a name that is so much of it is what it names
const MANY = 6; // with so many that fit alike, the kinds of power stand side by side
const WORD = 4; // so many characters at most are a bare word
export const FEW = 5; // with fewer exact answers, near ones are told beside them

/** The best rank at which each record has the term in one of its texts; NONE where it has not. */
function ranks(index, term) {
  const best = new Uint16Array(index.keys.length).fill(NONE);
  for (let rank = index.pools.length - 1; rank >= 0; rank--) {
    scan(index.pools[rank], term, (value) => holders(index.pools[rank], value, (record) => (best[record] = rank)));
  }
  return best;
}

/** The records that have every term, exactly those, and for each record the sum of its ranks: by name is 0. */
function found(index, words) {
  const sums = new Uint16Array(index.keys.length);
  for (const word of words) {
    const best = ranks(index, word);
    for (let record = 0; record < sums.length; record++) {
      sums[record] = best[record] === NONE || sums[record] === NONE ? NONE : sums[record] + best[record];
    }
  }
  return { sums, records: [...sums.keys()].filter((record) => sums[record] !== NONE) };
}

const ORDERS = {
  名称: (index) => {
    index.titles ??= collated(index.keys.map((_, record) => title(index, record)));
    return (record) => index.titles[record];
  },
  编号: (index) => {
    index.numbers ??= collated(index.keys);
    return (record) => index.numbers[record];
  },
};

/** The place of each text in the order of the Chinese dictionary. */
function collated(texts) {
  const { compare } = new Intl.Collator("zh", { numeric: true });
  const places = new Uint32Array(texts.length);
  [...texts.keys()].sort((a, b) => compare(texts[a], texts[b])).forEach((record, place) => (places[record] = place));
  return places;
}

function title(index, record) {
  return index.pools[0].values[index.pools[0].rows[record][0]];
}

/** The records whose name the query is, or has in it with little beside: 危险化学品经营许可证 names 危险化学品经营许可. */
function called(index, words) {
  const [found, asked] = [new Set(), words.join("")];
  const { values, starts } = index.pools[0];
  values.forEach((_, value) => {
    const length = starts[value + 1] - 1 - starts[value];
    if (length < asked.length * NAMED || length > asked.length) return;
    if (asked.includes(folded(index.pools[0], value))) holders(index.pools[0], value, (record) => found.add(record));
  });
  return found;
}

/** Places the records by the order asked for, else by rank and by the kind of power meant; what the query names goes first, what has ended last. */
function sorted(index, records, sums, words, order, types) {
  const kinds = index.facets.find(({ name }) => name === index.type);
  const meant = (record) => Number(!types.size || !kinds?.rows[record].some((value) => types.has(kinds.values[value])));
  const whole = called(index, words);
  const sides = order || types.size ? null : beside(index, records, sums, words, whole, kinds);
  const by = ORDERS[order]?.(index) ?? ((record) => (whole.has(record) ? 0 : sides?.get(record) ?? (sides?.size ?? 0) + sums[record] * 2 + meant(record) + 1));
  const place = (record) => (by(record) * 2 + index.ended[record]) * index.keys.length + record;
  return Float64Array.from(records, place).sort();
}

/**
 * The places, from 1, of the records that a query has many of in names and words and no reason to prefer: kinds of power side by side in the
 * order of their form, what is no power last; null where there are few. Of one kind the shortest name, the most general, comes first.
 */
function beside(index, records, sums, words, whole, kinds) {
  const alike = words.length ? records.filter((record) => sums[record] <= words.length && !whole.has(record) && !index.ended[record]) : [];
  if (alike.length < MANY || !kinds) return null;
  const kind = (record) => kinds.rows[record][0] ?? kinds.values.length;
  const length = (record) => title(index, record).length;
  alike.sort((a, b) => sums[a] - sums[b] || length(a) - length(b) || a - b);
  return new Map(spread(alike, kind, [...kinds.values.keys()]).map((record, place) => [record, place + 1]));
}

/** What a page shows of a record: { key, url, label, ended, title, snippets, facts }, texts in pieces (see fold.js). */
export function hit(index, record, words) {
  const snippets = [];
  const left = new Set(words.filter((word) => !fold(title(index, record)).includes(word)));
  for (const pool of index.pools) {
    for (const value of pool.rows[record]) {
      if (!left.size || snippets.length > 1) break;
      const text = folded(pool, value);
      const here = [...left].filter((word) => text.includes(word));
      if (!here.length) continue;
      here.forEach((word) => left.delete(word));
      snippets.push(pieces(pool.values[value], words, WIDTH));
    }
  }
  return {
    key: index.keys[record],
    url: index.urls[record] ?? `${index.keys[record]}/`,
    label: index.labels.values[index.labels.rows[record][0]],
    ended: Boolean(index.ended[record]),
    title: pieces(title(index, record), words),
    gist: (index.gists.rows[record] ?? []).map((value) => index.gists.values[value]).join(""),
    snippets,
    facts: index.facets.map(({ name, values, rows }) => [name, rows[record].map((value) => values[value])]),
  };
}

/** Adds what the citations' pool tells: `titled`, the instruments by their names, and `cited`, each distinct citation as read. */
export function readCitations(index) {
  const { values } = index.pools[CITATIONS];
  index.titled = index.reader.titled(index.laws);
  index.cited = values.flatMap((text, value) => index.reader.cites(text, index.titled).map((cited) => ({ ...cited, value })));
}

/** The records that rest on what the citation names, the closest first. */
export function resting(index, ask) {
  const best = new Map();
  for (const cited of index.cited) {
    const close = index.reader.fit(cited, ask);
    if (!close) continue;
    holders(index.pools[CITATIONS], cited.value, (record) => {
      best.set(record, Math.max(close, best.get(record) ?? 0));
    });
  }
  const place = (record) => index.ended[record] * index.keys.length * 9 - best.get(record) * index.keys.length + record;
  return [...best.keys()].sort((a, b) => place(a) - place(b));
}

/** Whether a query may name an article: only then is the reader of citations asked. */
export function citing(query) {
  return /[0-9０-９一二三四五六七八九十百]|条/u.test(query) && !pricing(query);
}

/** The readings of a query that names an article; none before the citations and their reader are there. */
function articles(index, query) {
  return index.cited && citing(query) ? index.reader.asked(query, index.laws, index.titled, involved(index, query) ? index.read : null) : [];
}

/** Whether a query names articles in more words than the reader of the searches knows, so that `index.read` is to read it. */
function involved(index, query) {
  return index.cited && citing(query) && index.reader.involved(query, index.laws, index.titled);
}

/** Whether what reads a query, as typed or in simplified characters, has not come yet. */
export function unread(index, { query }) {
  return !index.read && (involved(index, query) || involved(index, index.traditional?.simplified(query) ?? query));
}

/** Whether nothing is asked but an amount. */
function pricing(query) {
  const { rest, prices } = split(query);
  return prices.length > 0 && idle(rest);
}

/** Of several readings, the one that something cited fits best, of the laws that it may mean those of which that is so. */
function closest(index, asks) {
  const rated = asks.map((ask) => {
    const fits = index.cited.map((one) => ({ one, close: index.reader.fit(one, ask) }));
    const best = Math.max(0, ...fits.map(({ close }) => close));
    const keys = new Set(fits.flatMap(({ one, close }) => (best && close === best ? one.keys : [])));
    return { ask: best ? { ...ask, keys: ask.keys.filter((key) => keys.has(key)) } : ask, best };
  });
  return rated.reduce((a, b) => (b.best > a.best ? b : a)).ask;
}

/** The powers that rest on an article; where none does, the law itself is what there is. */
function cited(index, ask, group) {
  const resters = resting(index, ask);
  const law = ask.keys.length === 1 ? index.keys.indexOf(ask.keys[0]) : -1;
  if (resters.length) group(`按条文：${label(index, ask)}`, resters);
  else if (law >= 0 && ask.levels[0].length) group(`没有以${label(index, ask)}为依据的事项；这是那部文件`, [law]);
}

/** The answers beside the exact ones: what an article, a code, an id or an amount names. */
function named(index, typed, limit) {
  const groups = [];
  const group = (name, records) => {
    if (records.length) groups.push({ name, records, hits: records.slice(0, limit).map((record) => hit(index, record, [])) });
  };
  const query = fold(typed);
  const { prices } = split(typed);
  const asks = articles(index, typed);
  if (asks.length) cited(index, closest(index, asks), group);
  group("按编号、编码", numbered(index, query));
  if (prices.length === 1 && pricing(typed)) group(`罚款可以是 ${money(prices[0].yuan)}${prices[0].more ? "以上" : ""}的`, priced(index, prices[0]));
  return groups;
}

/** The citation in full, under the shortest name that its instrument has here. */
export function label(index, ask) {
  const names = ask.keys.length === 1 ? index.laws.find(([key]) => key === ask.keys[0]).slice(1) : [ask.law];
  return index.reader.written({ ...ask, law: names.reduce((a, b) => (b.length < a.length ? b : a)) });
}

/** For a bare word, which many records are near to by what it means, the kinds of power side by side, that of the nearest first. */
function sides(index, query, records) {
  const kinds = index.facets.find(({ name }) => name === index.type);
  const bare = meaningful(query).join("").length <= WORD && !intended(index, query).size;
  if (!bare || records.length < MANY || !kinds) return records;
  const kind = (record) => kinds.rows[record][0] ?? kinds.values.length;
  return spread(records, kind, [...new Set([kind(records[0]), ...kinds.values.keys()])]);
}

/** Of some records, those of the kinds that a query asks for, if it asks for any: a penalty does not answer where one applies. */
function fitting(index, query, records) {
  const types = intended(index, query);
  const kinds = index.facets.find(({ name }) => name === index.type);
  return types.size && kinds ? records.filter((record) => kinds.rows[record].some((value) => types.has(kinds.values[value]))) : records;
}

/** Records near to a query that few or no texts fit. */
function close(index, query, own) {
  if (pricing(query)) return [];
  const { rest, prices } = split(query);
  const close_ = rated(index, prices.length ? rest : query, WIDE, index.mixed?.confused).filter(([record]) => !own.has(record));
  if (prices.length) {
    const fit = (/** @type {any[]} */ [record, share]) => share * (prices.some((price) => within(index, record, price)) ? PRICED : 1);
    close_.sort((a, b) => fit(b) - fit(a));
  }
  const records = close_.map(([record]) => record);
  return (prices.length ? records : sides(index, query, records)).slice(0, NEAR);
}

/** What of one index is near to a query, for several together: hits, each with its `share` (see near.js); none for an amount alone. */
export function nearby(index, query, confused) {
  if (pricing(query)) return [];
  const { rest, prices } = split(query);
  return rated(index, prices.length ? rest : query, NEAR, confused).map(([record, share]) => ({ ...hit(index, record, []), share }));
}

/** { words, sums, records } of the records that have every term of a query; kept, since it is asked again while more arrives. */
function exactly(index, query) {
  if (index.asked?.query !== query || index.asked.parts !== index.pools.length) {
    const words = [...new Set(terms(query))];
    index.asked = { query, parts: index.pools.length, words, ...found(index, words) };
  }
  return index.asked;
}

/** Whether so few records fit a query exactly that near ones are told beside them; one that names an article has its answer. */
function few(index, { query }) {
  const { words, records } = exactly(index, query);
  return words.length > 0 && records.length < FEW && !pricing(query) && !articles(index, query).length;
}

/** Whether it is told who else may be competent: few records fit the query, or it is one word. */
export function beyond(index, { query }) {
  return few(index, { query }) || (!articles(index, query).length && meaningful(query).join("").length === WORD / 2);
}

/** Whether few records fit a query, and characters may have been mixed up in it. */
export function puzzling(index, { query }) {
  return few(index, { query }) && mistakable(index, query);
}

/** Whether few records fit a query, and it has a character that may be of the old orthography: nothing has it which has arrived. */
export function strange(index, { query }) {
  return few(index, { query }) && meaningful(query).some((part) => Array.from(part).some((sign) => HAN.test(sign) && !modern(sign) && !spoken(index).includes(sign)));
}

/** Whether the texts, which come last, can add to what a query finds, as it was typed or as it may have been meant. */
export function textual(index, { query }) {
  const asks = [query, ...(exactly(index, query).records.length ? [] : rewritten(index, query).map(([, other]) => other))];
  return asks.map(terms).some((words) => words.some((word) => may(index.marks, word)) && words.every((word) =>
    may(index.marks, word) || index.pools.slice(0, TEXTS).some(({ text }) => text.includes(word))));
}

/** What a query may have been meant to be written as, with what to call that: in simplified characters, in characters at all. Kept, as it is asked several times. */
function rewritten(index, typed) {
  const { traditional, mixed, pools: { length: parts }, meant } = index;
  if (meant?.typed === typed && meant.parts === parts && meant.traditional === traditional && meant.mixed === mixed) return meant.ways;
  const simple = traditional?.simplified(typed) ?? typed;
  const spelt = !mixed ? [] : mixed.spelt(spoken(index), simple, (run) => index.pools.some(({ text }) => text.includes(run)));
  const ways = [...(simple === typed ? [] : [["简体", simple]]), ...spelt.map((query) => ["拼音", query])];
  index.meant = { typed, parts, traditional, mixed, ways };
  return ways;
}

/** What is looked for: the query as typed where something has it, else what has most records, of what it may have been meant to be written as. */
function understood(index, typed, known) {
  const plain = { ...exactly(index, typed), as: "" };
  if (plain.records.length || known) return plain;
  const others = rewritten(index, typed).map(([as, query]) => {
    const words = [...new Set(terms(query))];
    return { query, words, as, ...found(index, words) };
  });
  return others.reduce((best, one) => (one.records.length > best.records.length ? one : best), others[0] ?? plain);
}

/**
 * The answer to { query, chosen, order, limit }; `chosen` is a list of [facet, values]. { total, all, hits, groups, near, elsewhere, facets, instead }: `all` counts what fits the query whatever is chosen;
 * `instead` is what was looked for in the query's stead, [how it is written, that], where it was. With `exact` only what has the
 * words is answered; a hit's `place` is its rank, by which the hits of several indexes are put into one order.
 */
export function answer(index, { query: typed, chosen = [], order = "", limit, exact = false }) {
  let groups = exact ? [] : named(index, typed, limit);
  const { query, words, as, sums, records } = understood(index, typed, groups.length > 0);
  if (as && !exact && !groups.length) groups = named(index, query, limit);
  const filter = new Map(chosen.map(([name, values]) => [name, new Set(values)]));
  const { kept, counts } = tally(index.facets, filter, records);
  const places = sorted(index, kept, sums, words, order, intended(index, query)).slice(0, limit);
  const beside = !exact && words.length && !chosen.length && !groups.length && records.length < FEW ? close(index, query, new Set(records)) : [];
  return {
    total: kept.length,
    all: records.length,
    hits: Array.from(places, (place) => ({ ...hit(index, place % index.keys.length, words), place: Math.floor(place / index.keys.length) })),
    groups: groups.map(({ name, records: all, hits }) => ({ name, total: all.length, hits })),
    near: beside.map((record) => hit(index, record, [])),
    elsewhere: words.length && !exact && beyond(index, { query: typed }) ? elsewhere(index, query, {
      own: covered(index, query, fitting(index, query, beside)), exact: records.length > 0 || groups.length > 0, named: groups.length > 0 || records.some((record) => sums[record] <= words.length),
    }) : [],
    facets: index.facets.map(({ name, values }, i) => ({ name, values: values.map((value, n) => [value, counts[i][n]]) })),
    instead: as ? [as, query] : null,
  };
}

/**
 * What the index knows of the rows of a table: { words, facets }; `keys` are the records of each row. A facet that tells no rows
 * apart is left out. A row has each value once; that of a matrix once for each record that has it.
 */
export function about(index, { keys, matrix = false }) {
  const places = new Map(index.keys.map((key, record) => [key, record]));
  const records = keys.map((some) => some.map((key) => places.get(key)).filter((record) => record !== undefined));
  const words = records.map((some) => some.flatMap((record) => index.pools[1].rows[record].map((value) => folded(index.pools[1], value))).join("\n"));
  const facets = index.facets.map(({ name, values, rows }) => {
    const valuesOf = records.map((some) => some.flatMap((record) => [...rows[record]]));
    return { name, values, rows: matrix ? valuesOf : valuesOf.map((some) => [...new Set(some)]) };
  });
  return { words, facets: facets.filter(({ name, rows }) => !ASIDE.has(name) && new Set(rows.map(String)).size > 1) };
}
