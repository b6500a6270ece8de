/** Titles without marks: known ones, the ends of those named, local ones, and unknown ones before an article. */
import { HEAD, instrument, kindOf, lawful, named } from "./known.js";
import { either, noted, WORD } from "./noted.js";
import { all, chinese, DATA, match, search, STATE } from "./words.js";

/** An unknown regulation's name without marks is longer. */
const SHORTEST = 4;
const TAIL = 48;
/** An article that follows a law's name after a few words is no further. */
const SPOKEN = 20;
/** A name that is a title with signs left out is no shorter. */
const SHORTENED = 4;
/** Of more titles that begin with one sign nobody leaves signs out. */
const ALIKE = 8;
/** The beginning of a title that stands for the whole with its end is no shorter. */
const BEGINNING = 4;
/** What stands for the whole is no longer. */
const TAIL_SIGNS = 12;
const SHORTS = new RegExp(
  Object.keys(DATA.short)
    .filter((name) => /(?:法|条例)$/u.test(name))
    .sort((one, other) => other.length - one.length)
    .join("|"),
  "gu",
);
const ROLES = /[和与及或]/u;

export function unmarked(text, spaces, known, locals, taken) {
  const result = [];
  let [passed, number] = [0, 0];
  for (let start = 0; start < text.length; start++) {
    if (!known.first.has(text[start])) continue;
    while (number < taken.length && taken[number].end <= start) number++;
    if (start < passed || (number < taken.length && taken[number].start <= start)) continue;
    const title = longest(text, spaces, known, locals, start);
    if (!title) continue;
    result.push(title);
    passed = title.end;
  }
  return result;
}

/** The longest known title that begins here, unless it is only part of a word or of a longer title. */
function longest(text, spaces, known, locals, start) {
  for (const length of known.lengths.get(text.slice(start, start + HEAD)) ?? []) {
    let name = text.slice(start, start + length);
    let end = start + name.length;
    if (!known.all.has(name) || (name.endsWith("法") && match("tail_law", text.slice(end, end + 3)))) continue;
    if (length === HEAD && !spoken(text, spaces, start, end)) continue;
    const state = start >= STATE.length && text.startsWith(STATE, start - STATE.length);
    const begin = state ? start : locality(text, start);
    const longer = match("longer", text.slice(end, end + 4));
    if (longer) end += longer[0].length;
    let law = begin === start && !longer ? named(known, name) : null;
    if (!law) {
      name = text.slice(begin, end);
      law = instrument([], name, kindOf(name) || "法");
    }
    if (text[end] === "》") end += 1; // whose beginning is lost
    return noted(text, known, locals, begin - (state ? STATE.length : 0), end, law, "");
  }
  return null;
}

/** Whether two signs are a law's name by what follows: 水法第七十一条; 水法里, but 排水法 is none. */
function spoken(text, spaces, start, end) {
  const after = text.slice(end, end + SPOKEN);
  if (search("no_shortest", text.slice(Math.max(0, start - 1), start))) return false;
  return match("shortest", after) || (match("short_spoken", after) && apart(text, spaces, start, 0));
}

/** Where a title begins that a province, city or county goes before: 某市消防条例 is not the state's. */
function locality(text, start) {
  const before = text.slice(Math.max(0, start - 16), start);
  if (!search("region", before) || search("no_region", before)) return start;
  return start - before.slice(match("verb", before)?.[0].length ?? 0).split(ROLES).at(-1).length;
}

/** Adds what may stand for a title: each end of it, and its beginning with the end, what is between left out. */
function addTails(tails, law) {
  const { kind, name } = law;
  const add = (tail) => tails.set(tail, either(tail, tails.get(tail), law));
  if (!kind) return;
  for (let length = HEAD + 1; length < Math.min(name.length, TAIL_SIGNS + 1); length++) add(name.slice(-length));
  for (const length of name.endsWith(kind) ? [kind.length, kind.length + HEAD] : []) {
    for (let head = BEGINNING; head <= TAIL_SIGNS - HEAD && head + length < name.length; head++) add(name.slice(0, head) + name.slice(-length));
  }
}

/** The laws of a text, each once, by the first sign of their names; of many that begin alike a few. */
function byHead(titles) {
  const found = new Map();
  for (const { law } of titles) {
    if (!law.kind) continue;
    const sign = law.name[0];
    if (!found.has(sign)) found.set(sign, new Map());
    const of = found.get(sign);
    if (of.size < ALIKE && !of.has(law.name)) of.set(law.name, law);
  }
  return found;
}

/** Whether a name is a title with signs left out. */
function thinned(name, title) {
  let at = 0;
  for (const sign of name) {
    at = title.indexOf(sign, at) + 1;
    if (!at) return false;
  }
  return name.length < title.length;
}

/** The one law of the text whose title with signs left out a name is, 核应急条例; undefined where there is none. */
function shortened(name, of) {
  if (name.length < SHORTENED) return undefined;
  const laws = [...(of.get(name[0])?.values() ?? [])].filter((law) => name.endsWith(law.kind) && thinned(name, law.name));
  return laws.length === 1 ? laws[0] : undefined;
}

/** Names before an article that are the end of a title further up, or a common short name: 应急条例第三十条. */
export function* tails(text, spaces, known, locals, taken) {
  const [ends, later, seen, of] = [new Map(), new Map(), new Set(), byHead(taken)];
  for (const law of new Map(taken.map((title) => [title.law.name, title.law])).values()) addTails(later, law);
  let number = 0;
  for (const mention of all("tail_name", text)) {
    const [begin, end] = [mention.index, mention.index + mention[0].length];
    for (; number < taken.length && taken[number].end <= begin; number++) {
      const { law } = taken[number];
      if (seen.has(law.name)) continue;
      seen.add(law.name);
      addTails(ends, law);
    }
    if (number < taken.length && taken[number].start < end) continue;
    const floor = number ? taken[number - 1].end : 0;
    for (let start = Math.max(floor, end - TAIL_SIGNS); start < begin; start++) {
      const name = text.slice(start, end);
      if (locals.has(name)) break;
      const law = ends.get(name) ?? (name in DATA.short ? named(known, name) : later.get(name)) ?? shortened(name, of);
      if (!law || !apart(text, spaces, start, floor)) continue;
      yield noted(text, known, locals, start, end, law, "");
      break;
    }
  }
}

/** Whether a name that begins at a place is no end of a longer word. */
function apart(text, spaces, start, floor) {
  const before = spaces.has(start) ? "" : text.slice(Math.max(floor, start - WORD), start);
  return !before || !chinese(before.at(-1)) || Boolean(search("tail_lead", before));
}

/** The common short names that stand before no article: 安法里说得清楚, “处罚法”：第三十三条. */
export function* shorts(text, spaces, known, locals, taken) {
  const tails = new Map();
  for (const law of new Map(taken.map((title) => [title.law.name, title.law])).values()) addTails(tails, law);
  for (const { 0: name, index: start } of text.matchAll(SHORTS)) {
    const end = start + name.length;
    const after = text.slice(end, end + 3);
    if (match("tail_law", after) || (name.length === HEAD && match("short_after", after))) continue;
    const law = tails.get(name) ?? named(known, name);
    if (law && !locals.has(name) && apart(text, spaces, start, 0)) yield noted(text, known, locals, start, end, law, "");
  }
}

/** What 该法实施条例 and 其实施条例 mean, of a law. */
function carriedOut(known, { keys, name }, words) {
  const title = (keys.length === 1 ? known.titles.get(keys[0]) : name) + words;
  return named(known, title) ?? instrument([], title, kindOf(title));
}

/** Instruments that nobody knows, named without marks before an article. */
export function foreign(text, spaces, known, locals, taken) {
  const result = [];
  let number = 0;
  for (const mention of all("local", text)) {
    const [start, end] = [mention.index, mention.index + mention[0].length];
    while (number < taken.length && taken[number].end <= start) number++;
    if (number < taken.length && taken[number].start < end) continue;
    const led = search("carried_out", text.slice(Math.max(0, start - WORD), end));
    if (led) {
      const of = taken.slice(Math.max(0, number - ALIKE), number).findLast(({ law }) => law.kind === "法")?.law;
      if (of) result.push(noted(text, known, locals, end - led[0].length, end, carriedOut(known, of, led[1]), ""));
      continue;
    }
    const before = text.slice(Math.max(0, start - TAIL, number ? taken[number - 1].end : 0), end);
    const name = before.slice(match("verb", before.slice(0, before.length - mention[0].length))?.[0].length ?? 0);
    if (search("pointing", name)) continue;
    const place = (cut) => match("locality", cut) && !match("no_region", cut.slice(0, 3)) && lawful(cut);
    const found = [name.split(ROLES).at(-1), name].find(place) ?? state(text, spaces, locals, start, end, name);
    if (found) result.push(noted(text, known, locals, end - found.length, end, instrument([], found, kindOf(found)), ""));
  }
  return result;
}

/** An unknown regulation's name out of the words before an article, or a rule's in a list of laws; empty where there is none. */
function state(text, spaces, locals, start, end, words) {
  let begin = end - words.length;
  begin += match("particle", text.slice(begin, start))?.[0].length ?? 0;
  for (let at = start - 1; at > begin; at--) if (spaces.has(at)) begin = at;
  const name = text.slice(begin, end);
  if (text.startsWith("(《", end) || [...locals.keys()].some((short) => name.endsWith(short)) || !match("bare_name", name) || !lawful(name)) return "";
  if (match("numbered_note", text.slice(end, end + 42))) return name;
  if (match("house", name)) return "";
  if (name.endsWith("条例")) return name.length > SHORTEST ? name : "";
  const listed = search("listed_before", text.slice(Math.max(0, begin - WORD), begin));
  return name.length >= WORD && listed ? name : "";
}
