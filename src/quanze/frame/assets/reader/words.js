/** The words and signs of citations: lexicon.js is src/quanze/law/reader/lexicon.json, which the generator's reader takes too. */
import DATA from "./lexicon.js";

export { DATA };
export const UNITS = DATA.units;
export const UNIT_ALIKE = DATA.unit_alike;
export const STATE = DATA.state;

/** A pattern of the data file with its classes of numerals put in; flags besides u. */
export function compiled(source, flags = "") {
  const filled = source.replaceAll("{U}", DATA.patterns.unit).replaceAll("{N}", DATA.numeral);
  return new RegExp(filled.replaceAll("{A}", DATA.numeral + DATA.numeral_alike), `${flags}u`);
}

const kept = { y: new Map(), g: new Map(), "": new Map() };

function pattern(name, flags) {
  let expression = kept[flags].get(name);
  if (!expression) kept[flags].set(name, (expression = compiled(DATA.patterns[name], flags)));
  return expression;
}

/** The match of a named pattern at the beginning of a text, or null. */
export function match(name, text) {
  const expression = pattern(name, "y");
  expression.lastIndex = 0;
  return expression.exec(text);
}

/** The first match of a named pattern anywhere in a text, or null. */
export function search(name, text) {
  return pattern(name, "").exec(text);
}

/** Every match of a named pattern. */
export function all(name, text) {
  return text.matchAll(pattern(name, "g"));
}

/** The places of some signs in a text, in order; a match for each of a million would leave a lot to collect. */
export function placesOf(signs, text) {
  const wanted = new Set(Array.from(signs, (sign) => sign.charCodeAt(0)));
  const found = [];
  for (let index = 0; index < text.length; index++) if (wanted.has(text.charCodeAt(index))) found.push(index);
  return found;
}

/** The text without what a named pattern matches. */
export function without(name, text) {
  return text.replace(pattern(name, "g"), "");
}

const LONGEST = 4;
const MANY = 65536;
const values = new Map();

/** What a numeral says, 0 where it says none: 一百零七, 一〇七, 107, l07 → 107; at most four digits. */
export function value(words) {
  let number = values.get(words);
  if (number === undefined) {
    if (values.size >= MANY) values.clear();
    values.set(words, (number = worth(words)));
  }
  return number;
}

function worth(words) {
  const plain = Array.from(words, (sign) => DATA.alike[sign] ?? sign);
  if (!plain.some((sign) => sign in DATA.scales)) {
    return plain.length && plain.length <= LONGEST ? Number(plain.map((sign) => DATA.digits[sign]).join("")) : 0;
  }
  let [total, digit, above] = [0, 0, 10000];
  for (const sign of plain) {
    const scale = DATA.scales[sign];
    if (scale === undefined) {
      if (digit) return 0;
      digit = DATA.digits[sign];
    } else {
      const size = scale === 20 || scale === 30 ? 10 : scale;
      if (size >= above) return 0;
      total += scale * (digit || 1);
      [digit, above] = [0, size];
    }
  }
  return total + digit;
}

/** The first place in an ascending list that is not before `at`. */
export function bisect(list, at, key = (item) => item) {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(list[middle]) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a sign is a Chinese character. */
export function chinese(sign) {
  return sign >= "一" && sign <= "鿿";
}
