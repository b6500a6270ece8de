/** The three parts of a search index, as they arrive one after the other. How they are packed is told in src/quanze/site/search.py. */
import { marks } from "./absent.js";
import { column, number, pool } from "./pools.js";

export const PARTS = ["names", "citations", "texts"];

/** Keys that follow each other, [what all begin with, the first number, how many]; or one by itself. */
function run(one) {
  if (typeof one === "string") return [one];
  const [stem, first, count] = one;
  return Array.from({ length: count }, (_, more) => stem + String(Number(first) + more).padStart(first.length, "0"));
}

/** A column that has not arrived. */
const NONE = { values: [], rows: [] };

const TAKE = {
  names(_, { names, words, labels, facets, ended, keys: runs, ...rest }) {
    const keys = runs.flatMap(run);
    const index = { ...rest, keys, ended: new Uint8Array(keys.length), pools: [pool(names), pool(words)] };
    Object.assign(index, { labels: column(labels), gists: NONE, fines: NONE, synonyms: [], intents: [], elsewhere: null });
    const columns = facets.map(({ name, ...values }) => ({ name, ...column(/** @type {any} */ (values)) }));
    for (const record of ended) index.ended[record] = 1;
    return { ...index, facets: columns };
  },
  citations(index, { citations, gists, fines, absent: [size, gaps], ...rest }) {
    Object.assign(index, { ...rest, spoken: undefined, gists: column(gists), fines: column(fines), marks: marks({ size, gaps: Array.from(gaps, number) }) });
    index.pools.push(pool(citations));
    return index;
  },
  texts(index, { texts }) {
    index.pools.push(pool(texts));
    return index;
  },
};

/** The index with one more part; the first makes it. */
export function take(index, name, got) {
  return TAKE[name](index, got);
}
