/**
 * What texts that have not been fetched cannot have: of every pair of characters in them a mark is known, and a term of which a
 * pair has none is in no text. A mark may be of several pairs, so what may be there need not. Made in src/quanze/site/search.py.
 */

const SPREAD = 7919;

/** The marks, unpacked: { size, gaps } with the distances between those that are set. */
export function marks({ size, gaps }) {
  const set = new Uint8Array(size);
  let at = -1;
  for (const gap of gaps) set[(at += gap)] = 1;
  return set;
}

/** Whether the texts may have the term. */
export function may(set, term) {
  const codes = Array.from(term, (sign) => sign.codePointAt(0));
  return codes.slice(1).every((code, place) => set[(codes[place] * SPREAD + code) % set.length]);
}
