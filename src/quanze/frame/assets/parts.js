/** The three parts of a search index, as they arrive one after the other. How they are packed is told in src/quanze/site/search.py. */
import { column, pool } from "./pools.js";

export const PARTS = ["names", "citations", "texts"];

const TAKE = {
  names(_, { names, words, labels, facets, gists, fines, ended, ...rest }) {
    const index = { ...rest, ended: new Uint8Array(rest.keys.length), pools: [pool(names), pool(words)] };
    Object.assign(index, { labels: column(labels), gists: column(gists), fines: column(fines), synonyms: [], intents: [], elsewhere: [] });
    const columns = facets.map(({ name, ...values }) => ({ name, ...column(/** @type {any} */ (values)) }));
    for (const record of ended) index.ended[record] = 1;
    return { ...index, facets: columns };
  },
  citations(index, { citations, ...rest }) {
    Object.assign(index, rest);
    index.pools.push(pool(citations));
    return index;
  },
  texts(index, { texts }) {
    index.pools.push(pool(texts));
    index.weights = null;
    return index;
  },
};

/** The index with one more part; the first makes it. */
export function take(index, name, got) {
  return TAKE[name](index, got);
}
