/** Which words of a text name an instrument: in marks or without, in full, short, or as the text itself abbreviates. */
import { foreign, shorts, tails, unmarked } from "./bare.js";
import { decrees } from "./decrees.js";
import { plain } from "./folding.js";
import { CLASSES, decreed, HEAD, instrument, kindOf, lawful, meantBy, named, NOTE_END, NUMBERED, same, short } from "./known.js";
import { BEFORE, Locals, noted, WORD } from "./noted.js";
import { bisect, chinese, compiled, DATA, match, placesOf, search } from "./words.js";

const LONGEST = 100;
const FAR = 3 * LONGEST;
const HOLDER = compiled(DATA.holder);
const PARTS = DATA.parts.map((source) => new RegExp(source, "uy"));
const STOP = /[。;!?,]/u;
const WORDS = /[一-鿿]{2}/u;
/** A title that somebody left out: what follows belongs to no law that is named. */
const LEFT_OUT = /^[.×*_□-]+$/u;
/** The titles of a folded text in order, { start, end, law, aside }; none lies within another. */
export function titles({ text, breaks, spaces }, known) {
  const locals = new Locals();
  let found = marked(text, known, locals);
  found = merge(found, unmarked(text, spaces, known, locals, found));
  found = merge(found, [...tails(text, spaces, known, locals, found)]);
  found = merge(found, [...shorts(text, spaces, known, locals, found)]);
  found = merge(found, foreign(text, spaces, known, locals, found));
  const numbers = numbered(text, breaks, known, locals, found);
  found = versioned(text, merge(numbers.length ? found.filter(({ start }) => !within(start, numbers)) : found, numbers));
  found = found.map((title) => (title.law.keys.length ? title : { ...title, law: locals.get(title.law.name) ?? title.law }));
  const own = local(text, locals);
  const longer = new Set(own.flatMap(({ start, end }) => Array.from({ length: end - start - 1 }, (_, at) => start + 1 + at)));
  found = merge(longer.size ? found.filter(({ start }) => !longer.has(start)) : found, own);
  const several = [...locals.defined].filter(([, defined]) => new Set(defined.map(([, law]) => same(law))).size > 1);
  const lines = several.length ? [...new Set([0, ...breaks])].sort((a, b) => a - b) : [];
  const kinds = several.length ? PARTS.map((kind) => lines.filter((at) => begins(kind, text, at))) : [];
  for (const [name, defined] of several) found = parted(text, kinds, found, name, locals.get(name), defined);
  return found;
}

/** Titles, an abbreviation that each part of the text defines anew taken for what its own part says. */
function parted(text, kinds, found, name, either, defined) {
  const partOf = (heads, start) => bisect(heads, start + 1);
  const heads = kinds.find((begun) => new Set(defined.map(([start]) => partOf(begun, start))).size === defined.length);
  if (!heads) return found;
  const names = [name, `《${name}》`, `〈${name}〉`, `「${name}」`];
  return found.map((title) => {
    const written = text.slice(title.start, title.end).split(/[(【]/u)[0];
    if (!names.includes(written)) return title;
    const part = partOf(heads, title.start);
    const told = defined.filter(([start]) => start < title.start && partOf(heads, start) === part);
    return { ...title, law: told.length ? told.at(-1)[1] : either };
  });
}

/** Whether a pattern matches at a place. */
function begins(kind, text, at) {
  kind.lastIndex = at;
  return kind.test(text);
}

/** Where each opening mark of a title is closed, by its place; 0 where it is not. */
function pairs(text) {
  const [opened, closed] = [[], new Int32Array(text.length)];
  for (const index of placesOf("《〈「》〉」", text)) {
    if ("《〈「".includes(text[index])) opened.push(index);
    else if (opened.length) closed[opened.pop()] = index;
  }
  return closed;
}

function marked(text, known, locals) {
  const [close, result] = [pairs(text), []];
  let passed = 0;
  for (const start of placesOf("《〈「", text)) {
    const end = close[start];
    if (start < passed || !end || end - start > FAR) continue;
    const name = plain(text.slice(start + 1, end));
    if (name.length < 2 || name.length > LONGEST || STOP.test(name)) continue;
    const title = inMarks(text, known, locals, start, end + 1, name);
    if (!title) continue;
    result.push(title);
    passed = title.end;
  }
  return result;
}

function inMarks(text, known, locals, start, end, name) {
  let [bare, note] = [name, ""];
  const meant = () => locals.get(bare) ?? named(known, bare) ?? number(known, bare);
  let law = meant();
  while (!law && NOTE_END.test(bare)) {
    note = bare.slice(bare.search(NOTE_END)) + note;
    bare = bare.replace(NOTE_END, "");
    law = meant();
  }
  law ??= meantBy(known, bare);
  if (!law) {
    if (text[start] === "「" && search("sentence", text.slice(start + 1, end - 1))) return null;
    const inner = match("title_place", name);
    if (inner && (named(known, inner[1]) || lawful(inner[1]))) {
      const law = named(known, inner[1]) ?? instrument([], short(inner[1]), kindOf(inner[1]));
      return noted(text, known, locals, start, start + 1 + inner[1].length, law, "");
    }
    if (text[start] === "「" && !lawful(bare)) return null;
    if (LEFT_OUT.test(name)) return { start, end, law: instrument([], name, ""), aside: false };
    if (!WORDS.test(name)) return null;
    if (match("bare", text.slice(start, start + BEFORE))) return null;
    if (match("law", text.slice(start, end))?.[0].length === end - start) return null;
    law = stranger(text, start, end, note ? bare : text.slice(start + 1, end - 1));
  }
  return noted(text, known, locals, start, end, law, note);
}

/** What a title in marks means that is a number and nothing else: 《国务院令第493号》. */
function number(known, name) {
  const whole = [...decrees(name, known.decrees)].find(({ start, end }) => !start && end === name.length);
  return whole ? decreed(known, whole) : null;
}

/** The laws that are named by their number alone. */
function numbered(text, breaks, known, locals, taken) {
  const result = [];
  let passed = 0;
  for (const decree of decrees(text, known.decrees, breaks)) {
    while (passed < taken.length && taken[passed].end <= decree.start) passed++;
    if ((passed < taken.length && taken[passed].start < decree.end) || (result.length && decree.start < result.at(-1).end)) continue;
    const title = noted(text, known, locals, decree.start, decree.end, decreed(known, decree), "");
    const told = match("decree_history", text.slice(title.end, title.end + 4));
    const before = passed < taken.length && match("decree_title", text.slice(title.end, taken[passed].start).slice(0, 8));
    result.push({ ...title, aside: title.aside || Boolean(told || before) });
  }
  return result;
}

/** Titles, each in the version that the number before it names: 国务院令第541号《森林防火条例》. */
function versioned(text, found) {
  return found.map((title, at) => {
    const before = found[at - 1];
    if (before?.law.event !== NUMBERED || String(before.law.keys) !== String(title.law.keys) || title.law.year) return title;
    const gap = text.slice(before.end, title.start);
    if (gap.length > WORD || !match("decree_title", gap)) return title;
    const closed = gap.endsWith("(") && text[title.end] === ")";
    return { ...title, end: title.end + (closed ? 1 : 0), law: { ...title.law, year: before.law.year, event: NUMBERED } };
  });
}

/** What a title in marks means that nobody knows: a law by its words, else none. */
function stranger(text, start, end, name) {
  const theirs = HOLDER.test(text.slice(Math.max(0, start - BEFORE), start));
  const ours = !theirs && lawful(name) && !search("standard", text.slice(end, end + 12));
  return instrument([], short(name), ours ? kindOf(name) : "");
}

/** Whether a place lies before the end of a title that begins no later; titles are in order. */
export function within(place, titles) {
  const index = bisect(titles, place + 1, (title) => title.start) - 1;
  return index >= 0 && place < titles[index].end;
}

/** Where the text uses the abbreviations that it has defined. */
function local(text, locals) {
  const result = [];
  for (const [name, law] of locals) {
    const whole = CLASSES.some(([end]) => end === name) || name.length < HEAD;
    for (let start = text.indexOf(name); start >= 0; start = text.indexOf(name, start + name.length)) {
      const [before, end] = [text.slice(Math.max(0, start - 8), start), start + name.length];
      if (whole && before && !search("lead", before) && chinese(before.at(-1))) continue;
      if (name.endsWith("法") && match("tail_law", text.slice(end, end + 3))) continue;
      result.push({ start, end, law, aside: false });
    }
  }
  return result.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Adds titles that lie beside those found so far, in order. */
function merge(old, more) {
  if (!more.length) return old;
  const kept = [];
  const both = [...old.map((title) => [true, title]), ...more.map((title) => [false, title])];
  for (const [first, title] of both.sort((a, b) => a[1].start - b[1].start)) {
    while (first && kept.length && !kept.at(-1)[0] && kept.at(-1)[1].end > title.start) kept.pop();
    if (!kept.length || kept.at(-1)[1].end <= title.start) kept.push([first, title]);
  }
  return kept.map(([, title]) => title);
}
