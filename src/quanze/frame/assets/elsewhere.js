/**
 * What is not this body's: the matters whose words stand in a text, the most telling first.
 *
 * A matter's keyword that lies in the text whole tells most. Else a matter is told where it has more of the text's pairs of
 * characters, the rare ones weighing most, than any record of the register that is near.
 */
import { fold } from "./fold.js";
import { coverage, keywords, meaningful, readings } from "./near.js";

const LEAST = 2;
const MOST = 2;
const MUCH = 0.8; // of a query: so much of it must be a matter's words to be told beside what the register has by name
const HALF = 0.5; // the same where the register has it in texts alone
const ENOUGH = 0.38; // of a query's weight: the least that a matter must have where it has no keyword whole
const AHEAD = 0.15; // by so much more than the nearest record a matter must have of the query to be told first, if it has a keyword whole
const BESIDE = 0.8; // of what the nearest record has: the least that a matter must have to be told after it
const SURE = 0.6; // of a query: so much of it in whole keywords is told before what only texts have

/** A matter's keywords that lie in the text whole, and not within a longer one of the register's own that does. */
function heard(matter, asked, own) {
  const words = called(matter).slice(1).filter((word) => word.length >= LEAST && asked.includes(word));
  return words.filter((word) => !own.some((other) => other !== word && other.includes(word)));
}

/** How many of a text's characters some words take up; those within longer ones count once. */
function taken(words) {
  const longest = words.filter((word) => !words.some((other) => other !== word && other.includes(word)));
  return longest.join("").length;
}

/** Whether the text is a part of what a matter is called. */
function part(matter, asked) {
  return asked.length >= LEAST && called(matter).some((text) => text.includes(asked));
}

/** What a matter is called. */
function called(matter) {
  matter.called ??= [matter.title, ...matter.words].map(fold);
  return matter.called;
}

/** How much of a query the closest of a matter's words has; where it has one of them whole, all of them together. */
function close(index, query, matter, together, readings) {
  const has = (text) => (pair) => readings(pair).some((reading) => text.includes(reading));
  if (together) return coverage(index, query, has(called(matter).join("\n")));
  return Math.max(...called(matter).map((text) => coverage(index, query, has(text))));
}

/** What a pair of characters may stand for (see near.js), each asked once. */
function reader(index) {
  const kept = new Map();
  return (pair) => {
    if (!kept.has(pair)) kept.set(pair, readings(index, pair));
    return kept.get(pair);
  };
}

/**
 * [{ url, title, bodies, basis, first }] of the matters that a query speaks of, `first` being whether they come before what the
 * register itself has: `own` is how much of the query the nearest record has (see coverage in near.js), `exact` whether
 * records have it in their texts, `named` whether they have it in names or keywords.
 */
export function elsewhere(index, query, { own = 0, exact = false, named = false } = {}) {
  const [asked, length] = [fold(query), meaningful(query).join("").length || 1];
  const { text } = index.pools[0];
  const reads = reader(index);
  const known = keywords(index).filter((word) => asked.includes(word));
  const rated = (index.elsewhere ?? []).map((matter) => {
    const words = heard(matter, asked, known);
    const share = Math.min(1, taken(words) / length);
    const cover = exact ? 0 : close(index, query, matter, words.length > 0, reads);
    const covers = share || named ? share : Number(part(matter, asked));
    return { matter, share: covers, whole: share, value: Math.max(covers, cover), proper: words.some((word) => !text.includes(word)) };
  });
  const fitting = rated.filter(({ share, value, proper }) => {
    if (exact) return share >= (named ? MUCH : HALF);
    return proper || (share > 0 ? value >= own * BESIDE : value >= ENOUGH && value > own + AHEAD);
  });
  const first = ({ whole, value }) => (named ? false : whole >= SURE || (!exact && whole > 0 && value > own + AHEAD));
  const best = fitting.sort((a, b) => Number(b.proper) - Number(a.proper) || b.value - a.value).slice(0, MOST);
  return best.map((rating) => {
    const { url, title, bodies, basis } = rating.matter;
    return { url, title, bodies, basis, first: first(best[0]) };
  });
}
