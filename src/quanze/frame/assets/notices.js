/**
 * What a pasted notice rests on, from the index in memory.
 *
 * `index.standings` is search/standings.js, `index.notices` is search/notices.js: { at, others, papers }, `others` holding for
 * each law the provisions that are not this bureau's as [条, 款, 项, reason, only in part], `papers` the papers that one may
 * have in hand: { title, hint, marks, steps: [[what to do, by when, basis]] }.
 */
import { imposed } from "./amount.js";
import { hit, label, resting } from "./answer.js";
import { elsewhere } from "./elsewhere.js";
import { ranges, within } from "./fines.js";
import { fold } from "./fold.js";

const MOVED = "旧条号";
const GONE = ["不存在", "尚未施行"];
const WHOLE = 0.5; // of a title that the notice repeats: from here on it is what the notice speaks of

/** The pairs of characters of a text. */
function pairs(text) {
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)));
}

/** How rare each pair of the powers found is among their titles: what all of them say tells nothing apart. */
function rarity(titles) {
  const counts = new Map();
  for (const title of titles) for (const pair of title) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  return (pair) => Math.log(1 + titles.length / counts.get(pair));
}

/** [record, share] of records, those first whose own words the text has: the name, the everyday words, whom it is for. */
function ordered(index, records, text, prices) {
  const said = pairs(fold(text));
  const titles = records.map((record) => pairs(fold(index.pools[0].values[index.pools[0].rows[record][0]])));
  const rare = rarity(titles);
  const rated = records.map((record, place) => {
    const title = [...titles[place]];
    const sum = title.reduce((total, pair) => total + rare(pair), 0);
    const shared = title.reduce((total, pair) => total + (said.has(pair) ? rare(pair) : 0), 0);
    const words = index.pools[1].rows[record].filter((value) => fold(text).includes(fold(index.pools[1].values[value]))).length;
    const fits = prices.some((yuan) => within(index, record, yuan)) ? 0.05 : 0;
    return { record, share: sum ? shared / sum + words * 0.15 + fits : 0 };
  });
  return rated.sort((a, b) => index.ended[a.record] - index.ended[b.record] || b.share - a.share || a.record - b.record);
}

/** Why a place is no matter of this bureau, according to the register; empty where it says nothing. */
function reason(index, key, { article, paragraph, item }) {
  const row = (index.notices.others[key] ?? []).find(([a, p, i, , part]) =>
    !part && a === article && (!p || p === paragraph) && (!i || i === item));
  return row ? row[3] : "";
}

/** What is told of one citation: { label, state, now, quoted, other, law, records }. */
function told(index, { ask, places }) {
  const key = ask.keys.length === 1 ? ask.keys[0] : "";
  const place = places.find(({ state }) => state !== "有效") ?? places[0];
  const other = key && !ask.quoted ? reason(index, key, places[0]) : "";
  const dead = ask.quoted || other || !ask.levels[0].length || GONE.includes(place?.state);
  let records = dead ? [] : resting(index, ask);
  if (place?.state === MOVED && !ask.quoted) records = place.now ? moved(index, ask, place) : [];
  const law = key ? index.keys.indexOf(key) : -1;
  const kinds = index.facets.find(({ name }) => name === index.type);
  records = records.filter((record) => kinds?.rows[record].length);
  return {
    label: label(index, ask), state: place?.state ?? "", now: place?.now ?? "", version: place?.version ?? "", quoted: ask.quoted, other,
    law: law < 0 ? null : hit(index, law, []), whole: !ask.levels[0].length,
    beside: key || ask.quoted ? [] : elsewhere(index, ask.law.replace(/^中华人民共和国/u, "")).slice(0, 1), records,
  };
}

/** The powers that rest on where an old number stands now. */
function moved(index, ask, { now }) {
  return index.reader.citations(`《${ask.law}》${now}`, index.known).flatMap((one) => resting(index, one));
}

/** The paper that the text is: of those whose words it has, the one with the longest; null where it has none. */
function paper(index, text) {
  const head = fold(text);
  const found = index.notices.papers.flatMap((one) => one.marks.map(fold).filter((mark) => head.includes(mark)).map((mark) => ({ one, mark })));
  return found.sort((a, b) => b.mark.length - a.mark.length)[0]?.one ?? null;
}

/**
 * The answer to { text, limit, day } of a notice, `day` being that of the act, else of today:
 * { citations, lost, items, more, prices, paper }, `lost` being articles of no law that the text names, `items` the powers with
 * what the notice's amounts are to their ranges: { …hit, named, fines: [[low, high, when and whom]], inside: [[yuan, which of them it lies in]] }.
 */
export function notice(index, { text, limit, day = index.notices.at }) {
  const citations = index.reader.judged(text, index.known, index.standings, day).map((one) => told(index, one));
  const prices = imposed(text);
  const all = ordered(index, [...new Set(citations.flatMap(({ records }) => records))], text, prices);
  const items = all.slice(0, limit).map(({ record, share }) => {
    const fines = ranges(index, record);
    const inside = fines.length ? prices.map((yuan) => [yuan, fines.filter(([low, high]) => low <= yuan && yuan <= high).map(([, , when]) => when)]) : [];
    return { ...hit(index, record, []), named: share >= WHOLE, fines, inside };
  });
  return {
    citations: citations.map(({ records, ...one }) => ({ ...one, total: records.length })),
    lost: index.reader.nameless(text, index.known),
    items, total: all.length, prices, paper: paper(index, text),
  };
}
