/** A text as it is compared, one sign for one meaning, with the way back to the text as given. */
import { unquoted } from "./fields.js";
import { compiled, DATA } from "./words.js";

const FOLD = { ...DATA.fold };
for (let at = 0; at < DATA.traditional.length; at += 2) FOLD[DATA.traditional[at]] = DATA.traditional[at + 1];
const INVISIBLE = new Set(DATA.invisible);
const SPACES = new Set(DATA.spaces);
const BREAKS = new Set(DATA.breaks);
const PAGE = compiled(DATA.page, "g");
const DASH = new RegExp(DATA.dash, "gu");
/** A line with two bars, from the first one to its end. */
const BARRED = /[|｜][^\n\r|｜]*[|｜][^\n\r]*/gu;
const LEGEND = new RegExp(DATA.circled.legend, "gu");
const CIRCLED = new RegExp(DATA.circled.place, "gu");
/** A circled number that a text calls a 款 is taken for a sign that none has, so many signs behind the latter. */
const [CIRCLE, PARAGRAPH] = ["①".charCodeAt(0) - 1, 0xfdd0];
const called = (/** @type {string} */ sign) => String.fromCharCode(PARAGRAPH + sign.charCodeAt(0) - CIRCLE);
const MARKS = new RegExp(DATA.marks, "gu");
const SUBITEM = new RegExp(DATA.subitem, "gu");
const SCANNED = DATA.scanned.map(([before, signs, after, sign]) => [new RegExp(`${before}[${signs}]${after}`, "gu"), sign]);
const OTHER = "□";
/** The last sign that takes one place of a text. */
const LAST = 0xffff;
const kept = new Map();
const changes = new Map();

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

/** What the sign of a number is folded to; null where to itself, as nearly all of a text are. */
function changed(code) {
  let folded = changes.get(code);
  if (folded === undefined) {
    const char = String.fromCodePoint(code);
    changes.set(code, (folded = sign(char) === char ? null : sign(char)));
  }
  return folded;
}

/** { source, text, starts, breaks, spaces, rows, cells }: see the class Folded of src/quanze/law/reader/folding.py. */
export function fold(source) {
  const barred = new Set(Array.from(source.matchAll(BARRED), ({ 0: line, index }) => index + line.length));
  const fielded = unquoted(source);
  const plain = fielded.replace(LEGEND, blank);
  const given = (plain === fielded ? fielded : plain.replace(CIRCLED, called)).replace(PAGE, blank).replace(MARKS, blank);
  const [starts, breaks, spaces, rows, cells] = [[], new Set(), new Set(), new Set(), new Map()];
  let [text, from, place, column] = ["", 0, 0, 0];
  while (place < given.length) {
    const code = given.codePointAt(place);
    const letters = changed(code);
    const next = place + (code > LAST ? 2 : 1);
    if (letters === null) starts.push(place);
    else {
      if (!letters) {
        const char = given.slice(place, next);
        if (BREAKS.has(char)) {
          breaks.add(starts.length);
          if (column || barred.has(place)) rows.add(starts.length);
          column = 0;
        }
        if (char === "\t") cells.set(starts.length, ++column);
        if (SPACES.has(char)) spaces.add(starts.length);
      }
      for (let count = letters.length; count; count--) starts.push(place);
      text += given.slice(from, place) + letters;
      from = next;
    }
    place = next;
  }
  text = (text + given.slice(from)).replace(DASH, "一").replace(SUBITEM, "$1目");
  for (const [mistaken, sign] of SCANNED) text = text.replace(mistaken, sign);
  return { source, text, starts, breaks, spaces, rows, cells };
}

/** The place of a stretch in the text as given. */
export function span({ source, starts }, [start, end]) {
  if (end <= start) return [0, 0];
  const last = starts[end - 1];
  return [starts[start], last + (source.codePointAt(last) > LAST ? 2 : 1)];
}

/** A title as it is looked up: folded, without the marks of a title inside it. */
export function plain(title) {
  return Array.from(title, sign).join("").replace(/[《》〈〉「」『』]/gu, "");
}
