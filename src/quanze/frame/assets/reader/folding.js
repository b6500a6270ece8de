/** A text as it is compared, one sign for one meaning, with the way back to the text as given. */
import { compiled, DATA } from "./words.js";

const FOLD = { ...DATA.fold };
for (let at = 0; at < DATA.traditional.length; at += 2) FOLD[DATA.traditional[at]] = DATA.traditional[at + 1];
const INVISIBLE = new Set(DATA.invisible);
const SPACES = new Set(DATA.spaces);
const BREAKS = new Set(DATA.breaks);
const PAGE = compiled(DATA.page, "g");
const DASH = new RegExp(DATA.dash, "gu");
const MARKS = new RegExp(DATA.marks, "gu");
const SUBITEM = new RegExp(DATA.subitem, "gu");
const OTHER = "□";
const kept = new Map();

function plainOf(char) {
  if (char in FOLD) return FOLD[char];
  if (INVISIBLE.has(char)) return "";
  const folded = Array.from(char.normalize("NFKC"), (one) => (SPACES.has(one) ? "" : (FOLD[one] ?? one))).join("");
  return Array.from(folded, (one) => (one.length > 1 ? OTHER : one)).join("");
}

/** White space as long as what only lays a text out: the number of a page, a border of a cell, a bullet, a mark of emphasis. */
const blank = (/** @type {string} */ words) => " ".repeat(words.length);

function sign(char) {
  let folded = kept.get(char);
  if (folded === undefined) kept.set(char, (folded = plainOf(char)));
  return folded;
}

/** { source, text, starts, ends, breaks, spaces }: see the class Folded of src/quanze/law/reader/folding.py. */
export function fold(source) {
  const folded = { source, text: "", starts: [], ends: [], breaks: new Set(), spaces: new Set() };
  const signs = [];
  let place = 0;
  for (const char of source.replace(PAGE, blank).replace(MARKS, blank)) {
    const letters = sign(char);
    if (!letters) {
      if (BREAKS.has(char)) folded.breaks.add(folded.starts.length);
      if (SPACES.has(char)) folded.spaces.add(folded.starts.length);
    }
    for (let i = 0; i < letters.length; i++) {
      folded.starts.push(place);
      folded.ends.push(place + char.length);
    }
    signs.push(letters);
    place += char.length;
  }
  folded.text = signs.join("").replace(DASH, "一").replace(SUBITEM, "$1目");
  return folded;
}

/** The place of a stretch in the text as given. */
export function span(text, [start, end]) {
  return end > start ? [text.starts[start], text.ends[end - 1]] : [0, 0];
}

/** A title as it is looked up: folded, without the marks of a title inside it. */
export function plain(title) {
  return Array.from(title, sign).join("").replace(/[《》〈〉「」『』]/gu, "");
}
