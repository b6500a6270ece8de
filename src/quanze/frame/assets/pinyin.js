/** Words that a query writes by their sounds alone: weixianhuaxuepin, whp, wxhuaxp; found in the words of the register. */
import { sounds } from "./sounds.js";

const RUN = /[a-zü]{2,}(?:[' ]+[a-zü]{2,})*/giu;
const ACRONYM = /\b[A-Z]{2,3}\b/u; // in capitals longer ones may be initials: YJYA
const LONGEST = 40;
const SHORTEST = 3; // so many initials at least are a word
const MOST = 4; // readings of one run of letters that are thought of
const FIRST = /^[zcs]h|^./u;

const kept = new Map();

/** A sound, and what those write for it who do not tell zh from z, n and r from l, or ang from an. */
function blurred(sound) {
  if (!kept.has(sound)) {
    const [, first, rest] = /^([zcs]h?|[lnr]|)(.+)$/u.exec(sound);
    const firsts = /[zcs]/u.test(first) ? [first[0], `${first[0]}h`] : first ? ["l", "n", "r"] : [""];
    const rests = /[aei]ng?$/u.test(rest) ? [rest.replace(/g$/u, ""), rest.replace(/g?$/u, "g")] : [rest];
    kept.set(sound, firsts.flatMap((start) => rests.map((end) => start + end)));
  }
  return kept.get(sound);
}

const exactly = (sound) => [sound];
const shortened = (sound) => [sound, FIRST.exec(sound)[0], sound[0]];

/** Tells of each word that begins at a place of a text where it ends and how many of the letters it sounds as. `written` is what may stand for a sound. */
function follow(text, from, letters, written, tell, at = 0) {
  for (const sound of sounds().get(text[from]) ?? []) {
    for (const part of written(sound)) {
      if (!letters.startsWith(part, at)) continue;
      tell(from + 1, at + part.length);
      follow(text, from + 1, letters, written, tell, at + part.length);
    }
  }
}

/** The words of a text, of two characters at least, that sound as letters begin: for each number of letters the most frequent first. */
function beginnings(text, letters, written) {
  const found = new Map();
  for (let from = 0; from < text.length; from++) {
    const ends = new Map();
    follow(text, from, letters, written, (end, length) => end > from + 1 && ends.set(length, end));
    for (const [length, end] of ends) {
      if (!found.has(length)) found.set(length, new Map());
      const word = text.slice(from, end);
      found.get(length).set(word, (found.get(length).get(word) ?? 0) + 1);
    }
  }
  return new Map(Array.from(found, ([length, counts]) => [length, [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST).map(([word]) => word)]));
}

/** The words of a text that sound as the letters say, the most frequent first. */
function heard(text, letters, written) {
  return beginnings(text, letters, written).get(letters.length) ?? [];
}

/** The words, apart by spaces, that letters without spaces are when read one after the other, each as long as can be. */
function divided(text, letters, written, known = new Map()) {
  if (known.has(letters)) return known.get(letters);
  const begun = beginnings(text, letters, written);
  let found = begun.get(letters.length) ?? [];
  for (const length of [...begun.keys()].sort((a, b) => b - a)) {
    if (found.length) break;
    const rests = divided(text, letters.slice(length), written, known);
    found = begun.get(length).flatMap((word) => rests.map((rest) => `${word} ${rest}`)).slice(0, MOST);
  }
  known.set(letters, found);
  return found;
}

/** What a run of letters may be: its words as they are apart, then as they run together; whole sounds go before blurred ones, those before initials. */
function readings(text, run) {
  const words = run.replaceAll("ü", "v").replaceAll("'", "").split(/ +/u);
  for (const written of [exactly, blurred]) {
    const apart = words.map((word) => heard(text, word, written));
    if (apart.every(({ length }) => length)) return combined(apart);
    const together = divided(text, words.join(""), written);
    if (together.length) return together;
  }
  return combined(words.map((word) => readAlone(text, word)));
}

/** What one word may be, in whole sounds or, of enough letters, by its initials. */
function readAlone(text, word) {
  const whole = divided(text, word, exactly);
  return whole.length || word.length < SHORTEST ? whole : heard(text, word, shortened);
}

/** Each way to say one of the readings of every word, one after the other. */
function combined(apart) {
  return apart.reduce((before, words) => before.flatMap((said) => words.map((word) => (said ? `${said} ${word}` : word))).slice(0, MOST * MOST), [""]);
}

/**
 * What a query may be in characters, the likeliest first: each run of letters that `known` does not have, read as
 * words of the text. Empty where there is none, where a run is no words, or where it has an acronym: LPG is no pinyin.
 */
export function spelt(text, query, known) {
  const runs = [...query.matchAll(RUN)].filter(({ 0: run }) => run.length <= LONGEST && !ACRONYM.test(run) && !known(run.toLowerCase()));
  let read = runs.length ? [""] : [];
  let at = 0;
  for (const { 0: run, index } of runs) {
    const words = readings(text, run.toLowerCase());
    read = read.flatMap((before) => words.map((word) => `${before}${query.slice(at, index)}${word}`)).slice(0, MOST * MOST);
    at = index + run.length;
  }
  return read.map((before) => before + query.slice(at).toLowerCase());
}
