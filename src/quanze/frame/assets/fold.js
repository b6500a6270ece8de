/**
 * The form in which texts are compared, and the way back from it: for marking what was found.
 * The same as `fold` in src/quanze/search.py.
 */

/** What Python's str.split() takes for white space. */
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu;

/** A character with all that Unicode may compose with it. */
const CLUSTER = /[\u1100-\u11ff]+|\P{M}[\p{M}\uff9e\uff9f]*|\p{M}+/gu;

/** Unicode NFKC, case folded (down, up and down again is what Unicode calls so), without white space. */
export function fold(text) {
  const cased = text.normalize("NFKC").toLowerCase().toUpperCase().toLowerCase();
  return cased.replaceAll("ς", "σ").replace(SPACE, "");
}

/** The terms of a query, each of which must occur. */
export function terms(query) {
  return query.split(SPACE).map(fold).filter(Boolean);
}

/** The folded text with, for each of its characters, where the original's cluster starts and ends. */
function mapped(text) {
  const map = { text: "", starts: [], ends: [] };
  for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
    const piece = fold(cluster);
    map.text += piece;
    for (let i = 0; i < piece.length; i++) {
      map.starts.push(index);
      map.ends.push(index + cluster.length);
    }
  }
  return map;
}

/** Where the terms occur in the folded text, as [from, to) pairs in order that do not touch each other. */
function ranges(text, words) {
  const matches = [];
  for (const word of words) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) matches.push([at, at + word.length]);
  }
  matches.sort((a, b) => a[0] - b[0]);
  const merged = [];
  for (const range of matches) {
    const last = merged.at(-1);
    if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
    else merged.push(range);
  }
  return merged;
}

/**
 * The original text in pieces: every second one (1, 3, …) is what the terms match.
 * A text that is longer than `width` characters is cut around the first match, with “…” where it is cut.
 */
export function pieces(text, words, width = Infinity) {
  const map = mapped(text);
  const matches = ranges(map.text, words);
  const last = map.text.length - 1;
  const first = matches[0]?.[0] ?? 0;
  const lead = last < width ? 0 : Math.max(0, Math.min(first - Math.floor(width / 3), last - width));
  const tail = Math.min(last, lead + width);
  if (last < 0) return [text];
  const from = lead > 0 ? map.starts[lead] : 0;
  const to = tail < last ? map.ends[tail] : text.length;
  const out = [];
  let at = from;
  for (const [start, end] of matches) {
    if (start > tail) break;
    if (end <= lead) continue;
    const [begin, stop] = [Math.max(from, map.starts[start]), Math.min(to, map.ends[end - 1])];
    out.push(text.slice(at, begin), text.slice(begin, stop));
    at = stop;
  }
  out.push(text.slice(at, to) + (to < text.length ? "…" : ""));
  if (from > 0) out[0] = "…" + out[0];
  return out;
}
