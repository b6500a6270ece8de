/** Words that a query writes by their sounds alone: weixianhuaxuepin, whp, wxhuaxp; found in the words of the register. */
import { sounds } from "./sounds.js";

const HAN = /\p{Script=Han}/u;
const LETTERS = /[a-zü]{2,}(?:'[a-zü]+)*/gu;
const LONGEST = 30;
const MOST = 4; // readings of one run of letters that are thought of
const FIRST = /^[zcs]h|^./u;

/**
 * Where the word ends that begins at a place of a text and sounds as the letters say; -1 where none does. `short` are
 * also initials taken for whole sounds.
 */
function ending(text, from, letters, short, at = 0) {
  if (at === letters.length) return from;
  for (const sound of sounds().get(text[from]) ?? []) {
    for (const part of short ? [sound, FIRST.exec(sound)[0], sound[0]] : [sound]) {
      const end = letters.startsWith(part, at) ? ending(text, from + 1, letters, short, at + part.length) : -1;
      if (end >= 0) return end;
    }
  }
  return -1;
}

/** The words of a text that sound as the letters say, each with how often it stands there. */
function heard(text, letters, short) {
  const counts = new Map();
  for (let from = 0; from < text.length; from++) {
    const end = HAN.test(text[from]) ? ending(text, from, letters, short) : -1;
    if (end > from + 1) counts.set(text.slice(from, end), (counts.get(text.slice(from, end)) ?? 0) + 1);
  }
  return counts;
}

/** The words that a run of letters may be, the most frequent first; whole sounds go before initials. */
function readings(text, letters) {
  const whole = heard(text, letters, false);
  const words = whole.size ? whole : heard(text, letters, true);
  return [...words].sort((a, b) => b[1] - a[1]).slice(0, MOST).map(([word]) => word);
}

/**
 * What a query may be in characters, the likeliest first: each run of letters that `known` does not have, read as a
 * word of the text. Empty where there is none, or where a run is no word.
 */
export function spelt(text, query, known) {
  const lower = query.toLowerCase();
  const runs = [...lower.matchAll(LETTERS)].filter(({ 0: run }) => run.length <= LONGEST && !known(run));
  let read = runs.length ? [""] : [];
  let at = 0;
  for (const { 0: run, index } of runs) {
    const words = readings(text, run.replaceAll("'", "").replaceAll("ü", "v"));
    read = read.flatMap((before) => words.map((word) => `${before}${lower.slice(at, index)}${word}`)).slice(0, MOST * MOST);
    at = index + run.length;
  }
  return read.map((before) => before + lower.slice(at));
}
