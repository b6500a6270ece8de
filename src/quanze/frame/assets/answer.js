/**
 * A query's answer from the index in memory.
 *
 * The index is { keys, urls, labels, ended, facets, pools, laws }, where `pools` are those that have arrived, in the order
 * of rank: names, words (keywords and codes), citations, texts.
 */
import { asked, citations, fit, nameless, names, written } from "./citation.js";
import { fold, pieces, terms } from "./fold.js";
import { folded, holders, scan } from "./pools.js";
import { tally } from "./tally.js";

const CITATIONS = 2;
const NONE = 0xffff;
const WIDTH = 90;
const NEAR = 10;

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

/** Sorts by the order asked for, else by rank; then what is in force, whole names, and as the index has it. */
function sorted(index, records, sums, words, order) {
  const by = ORDERS[order]?.(index) ?? ((record) => sums[record]);
  const whole = new Set();
  if (words.length) scan(index.pools[0], words[0], (value) => {
    if (folded(index.pools[0], value) === words.join("")) holders(index.pools[0], value, (record) => whole.add(record));
  });
  const place = (record) => ((by(record) * 2 + index.ended[record]) * 2 + Number(!whole.has(record))) * index.keys.length + record;
  return Float64Array.from(records, place).sort().map((value) => value % index.keys.length);
}

/** What a page shows of a record: { key, url, label, ended, title, snippets, facts }, texts in pieces (see fold.js). */
function hit(index, record, words) {
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
    snippets,
    facts: index.facets.map(({ name, values, rows }) => [name, rows[record].map((value) => values[value])]),
  };
}

/** Adds what the citations' pool tells: `known`, the instruments' names, and `cited`, each distinct citation as read. */
export function readCitations(index) {
  const { values } = index.pools[CITATIONS];
  index.known = names(index.laws);
  index.cited = values.flatMap((text, value) => citations(text, index.known).map((one) => ({ ...one, value })));
}

/** The records that rest on what the citation names, the closest first. */
function resting(index, ask) {
  const best = new Map();
  for (const one of index.cited) {
    const close = fit(one, ask);
    if (!close) continue;
    holders(index.pools[CITATIONS], one.value, (record) => {
      best.set(record, Math.max(close, best.get(record) ?? 0));
    });
  }
  const place = (record) => index.ended[record] * index.keys.length * 9 - best.get(record) * index.keys.length + record;
  return [...best.keys()].sort((a, b) => place(a) - place(b));
}

/** The answers beside the exact ones: what an article, a code or an id names. */
function named(index, query, limit) {
  const groups = [];
  const group = (name, records) => {
    if (records.length) {
      const hits = records.slice(0, limit).map((record) => hit(index, record, []));
      groups.push({ name, total: records.length, hits });
    }
  };
  const ask = index.cited && asked(query, index.known);
  if (ask) group(`按条文：${label(index, ask)}`, resting(index, ask));
  if (/^[0-9a-z/-]{4,}$/u.test(query)) {
    const records = new Set(index.keys.flatMap((key, n) => (key === query || key.endsWith(`/${query}`) ? [n] : [])));
    const words = index.pools[1];
    scan(words, query, (value) => {
      const code = folded(words, value);
      if (code.startsWith(query) && /^[0-9a-z-]{6,}$/u.test(code)) holders(words, value, (record) => records.add(record));
    });
    group("按编号、编码", [...records]);
  }
  return groups;
}

/** The citation in full, under the shortest name that its instrument has here. */
function label(index, ask) {
  const names = ask.keys.length === 1 ? index.laws.find(([key]) => key === ask.keys[0]).slice(1) : [ask.law];
  return written({ ...ask, law: names.reduce((a, b) => (b.length < a.length ? b : a)) });
}

/** Records near to a query that nothing fits: keywords that lie in it, and pairs of characters shared with names. */
function near(index, words) {
  const score = new Float32Array(index.keys.length);
  const add = (pool, term, points) => {
    const seen = new Set();
    scan(pool, term, (value) => holders(pool, value, (record) => seen.add(record)));
    for (const record of seen) score[record] += points;
  };
  for (const word of words) {
    const pairs = new Set(Array.from({ length: word.length - 1 }, (_, i) => word.slice(i, i + 2)));
    for (const pool of index.pools.slice(0, CITATIONS)) {
      add(pool, word, 2);
      for (const pair of pairs) add(pool, pair, 1 / pairs.size);
    }
    index.pools[1].values.forEach((_, value) => {
      const keyword = folded(index.pools[1], value);
      if (keyword.length > 1 && word.includes(keyword)) {
        holders(index.pools[1], value, (record) => (score[record] += 1 + keyword.length / word.length));
      }
    });
  }
  const best = score.reduce((a, b) => Math.max(a, b), 0);
  const close = [...score.keys()].filter((record) => score[record] > 0 && score[record] >= best / 2);
  return close.sort((a, b) => score[b] - score[a] || index.ended[a] - index.ended[b] || a - b).slice(0, NEAR);
}

/**
 * The answer to { query, chosen, order, limit }; `chosen` is a list of [facet, values].
 * { total, all, hits, groups, near, facets }: `all` counts what fits the query whatever is chosen.
 */
export function answer(index, { query, chosen = [], order = "", limit }) {
  const words = [...new Set(terms(query))];
  const { sums, records } = found(index, words);
  const filter = new Map(chosen.map(([name, values]) => [name, new Set(values)]));
  const { kept, counts } = tally(index.facets, filter, records);
  const shown = sorted(index, kept, sums, words, order).slice(0, limit);
  const groups = words.length ? named(index, fold(query), limit) : [];
  const close = records.length || groups.length ? [] : near(index, words);
  return {
    total: kept.length,
    all: records.length,
    hits: Array.from(shown, (record) => hit(index, record, words)),
    groups,
    near: close.map((record) => hit(index, record, words)),
    facets: index.facets.map(({ name, values }, i) => ({ name, values: values.map((value, n) => [value, counts[i][n]]) })),
  };
}

/**
 * The answer to { text, limit } of a notice: { citations: [{ label, named, quoted, known, law, total, hits }] }, `named` being
 * whether the text says of which instrument the article is (no power rests on an article of no law), `known` whether
 * the register has an instrument of that name, and `law` its page where there is just one.
 */
export function notice(index, { text, limit }) {
  const found = citations(text, index.known).map((ask) => {
    const records = ask.levels[0].length && !ask.quoted ? resting(index, ask) : [];
    const law = ask.keys.length === 1 ? index.keys.indexOf(ask.keys[0]) : -1;
    return {
      label: label(index, ask),
      named: true,
      quoted: ask.quoted,
      known: ask.keys.length > 0,
      law: law < 0 ? null : hit(index, law, []),
      total: records.length,
      hits: records.slice(0, limit).map((record) => hit(index, record, [])),
    };
  });
  const lost = nameless(text, index.known).map((one) => {
    return { label: one, named: false, quoted: false, known: false, law: null, total: 0, hits: [] };
  });
  return { citations: [...found, ...lost] };
}
