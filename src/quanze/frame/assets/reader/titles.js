/** Which words of a text name an instrument: in marks or without, in full, short, or as the text itself abbreviates. */
import { decrees } from "./decrees.js";
import { plain } from "./folding.js";
import { CLASSES, decreed, HEAD, instrument, keysOf, kindOf, lawful, meantBy, named, NOTE_END, NUMBERED, same, short } from "./known.js";
import { all, bisect, chinese, compiled, DATA, match, placesOf, search, STATE, value } from "./words.js";

const LONGEST = 100;
const FAR = 3 * LONGEST;
const LOCALS = 20;
const WORD = 8;
const BEFORE = 24;
const LISTED = 200;
const TAIL = 48;
/** The end of a title that stands for the whole is no longer. */
const TAIL_SIGNS = 12;
const HOLDER = compiled(DATA.holder);
const STOP = /[。;!?]/u;
const WORDS = /[一-鿿]{2}/u;
/** A title that somebody left out: what follows belongs to no law that is named. */
const LEFT_OUT = /^[.×*_□-]+$/u;
const FORMER = "旧";
const DAY = /^(?:([0-9]{1,2})月(?:([0-9]{1,2})日)?)?/u;
const ROLES = /[和与及或]/u;

/** The titles of a folded text in order, { start, end, law, aside }; none lies within another. */
export function titles({ text, breaks, spaces }, known) {
  const locals = new Map();
  let found = marked(text, known, locals);
  found = merge(found, unmarked(text, known, locals, found));
  found = merge(found, [...tails(text, spaces, known, locals, found)]);
  found = merge(found, foreign(text, known, locals, found));
  const numbers = numbered(text, breaks, known, locals, found);
  found = versioned(text, merge(numbers.length ? found.filter(({ start }) => !within(start, numbers)) : found, numbers));
  found = found.map((title) => (title.law.keys.length ? title : { ...title, law: locals.get(title.law.name) ?? title.law }));
  return merge(found, local(text, locals));
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

/** The title with the remarks after it: years and numbers, and the abbreviation that they define. */
function noted(text, known, locals, start, end, law, note) {
  let after = end;
  let refused = false;
  while (text[after] === "(" || text[after] === "【") {
    const annotation = match("annotation", text.slice(after, after + 260));
    if (!annotation || !match("note", annotation[0])) {
      refused = true;
      break;
    }
    note += annotation[0];
    after += annotation[0].length;
  }
  const bare = refused ? null : match("bare_annotation", text.slice(after, after + 40));
  if (bare) {
    note += bare[0];
    after += bare[0].length;
  }
  const abbreviation = search("defined", note) ?? beside(text.slice(after, after + 48));
  const before = text.slice(Math.max(0, start - BEFORE), start);
  let [year, event] = yearOf(note);
  const version = note && !event ? versionOf(note, known, law) : undefined;
  if (version) [year, event] = [version, NUMBERED];
  const earlier = year ? null : search("year_before", before);
  if (earlier) {
    [year, event] = [earlier[1], earlier[2] ?? ""];
    start -= earlier[0].length;
  }
  if (!year && search("former", before)) event = FORMER;
  const whole = { ...law, year: year || law.year, event: event || law.event };
  const meaning = search("meaning", before);
  const meant = meaning ? plain(meaning[1]) : "";
  if (meant && keysOf(known, meant) === null && locals.size < LOCALS) locals.set(meant, either(meant, locals.get(meant), law));
  if (abbreviation && locals.size < LOCALS && keysOf(known, plain(abbreviation[1])) === null) {
    const name = plain(abbreviation[1]).replace(/等$/u, "");
    locals.set(name, either(name, locals.get(name), whole));
    for (const member of search("of_all", note) ? listed(text, known, start) : []) locals.set(name, either(name, locals.get(name), member));
  }
  if (match("draft", text.slice(after, after + 8)) || search("draft_note", note)) Object.assign(whole, { keys: [], kind: "" });
  const aside = Boolean(match("after_law", text.slice(after, after + 8)) || search("before_law", before));
  return { start, end: after, law: whole, aside };
}

/** The day of the version whose number remarks name last: （国务院令第493号）. */
function versionOf(note, known, law) {
  const days = [...decrees(note, known.decrees)].filter(({ keys, day }) => keys.length && day && String(keys) === String(law.keys));
  return days.at(-1)?.day;
}

/** What is named right before a title: 《甲》《乙》（以下均简称《条例》）. */
function listed(text, known, start) {
  const before = search("listed_titles", text.slice(Math.max(0, start - LISTED), start))?.[0] ?? "";
  const names = Array.from(before.matchAll(/《([^》]{0,200})》/gu), ([, name]) => plain(name));
  return names.map((name) => named(known, name) ?? instrument([], short(name), kindOf(name)));
}

/** What an abbreviation means that a text defines again: of two instruments neither, under its own name. */
function either(name, before, now) {
  if (!before || same(before) === same(now)) return now;
  return instrument(before.keys.length && now.keys.length ? [...before.keys, ...now.keys] : [], name, now.kind);
}

/** The abbreviation that follows a title without brackets: 《…》，以下简称…. */
function beside(text) {
  return ",、".includes(text[0] || "。") && ["以下", "下称", "简称"].includes(text.slice(1, 3)) ? search("defined", text) : null;
}

/** The year, or the day, that remarks name last with a change, and that change; else the last one. */
function yearOf(note) {
  const head = note.slice(0, 260);
  let best = ["", ""];
  for (const written of all("year", head)) {
    const number = /^[0-9]+$/u.test(written[1]) ? Number(written[1]) : value(written[1]);
    const rest = head.slice(written.index + written[0].length).slice(0, 24);
    const [, month, date] = DAY.exec(rest);
    const event = search("event", rest);
    const day = month && date ? `-${month.padStart(2, "0")}-${date.padStart(2, "0")}` : "";
    if (event || !best[1]) best = [String(number).padStart(4, "0") + day, event ? event[1] : ""];
  }
  return best;
}

/** Whether a place lies before the end of a title that begins no later; titles are in order. */
export function within(place, titles) {
  const index = bisect(titles, place + 1, (title) => title.start) - 1;
  return index >= 0 && place < titles[index].end;
}

function unmarked(text, known, locals, taken) {
  const result = [];
  let [passed, number] = [0, 0];
  for (let start = 0; start < text.length; start++) {
    if (!known.first.has(text[start])) continue;
    while (number < taken.length && taken[number].end <= start) number++;
    if (start < passed || (number < taken.length && taken[number].start <= start)) continue;
    const title = longest(text, known, locals, start);
    if (!title) continue;
    result.push(title);
    passed = title.end;
  }
  return result;
}

/** The longest known title that begins here, unless it is only part of a word or of a longer title. */
function longest(text, known, locals, start) {
  for (const length of known.lengths.get(text.slice(start, start + HEAD)) ?? []) {
    let name = text.slice(start, start + length);
    let end = start + name.length;
    if (!known.all.has(name) || (name.endsWith("法") && match("tail_law", text.slice(end, end + 3)))) continue;
    if (length === HEAD && !match("shortest", text.slice(end, end + 1))) continue;
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

/** Where a title begins that a province, city or county goes before: 某市消防条例 is not the state's. */
function locality(text, start) {
  const before = text.slice(Math.max(0, start - 16), start);
  if (!search("region", before) || search("no_region", before)) return start;
  return start - before.slice(match("verb", before)?.[0].length ?? 0).split(ROLES).at(-1).length;
}

/** Names before an article that are the end of a title further up, or a common short name: 应急条例第三十条. */
function* tails(text, spaces, known, locals, taken) {
  const [ends, seen] = [new Map(), new Set()];
  let number = 0;
  for (const mention of all("tail_name", text)) {
    const [begin, end] = [mention.index, mention.index + mention[0].length];
    for (; number < taken.length && taken[number].end <= begin; number++) {
      const { law } = taken[number];
      if (!law.kind || seen.has(law.name)) continue;
      seen.add(law.name);
      for (let length = HEAD + 1; length < Math.min(law.name.length, TAIL_SIGNS + 1); length++) {
        const tail = law.name.slice(-length);
        ends.set(tail, either(tail, ends.get(tail), law));
      }
    }
    if (number < taken.length && taken[number].start < end) continue;
    const floor = number ? taken[number - 1].end : 0;
    for (let start = Math.max(floor, end - TAIL_SIGNS); start < begin; start++) {
      const name = text.slice(start, end);
      if (locals.has(name)) break;
      const law = ends.get(name) ?? (name in DATA.short ? named(known, name) : null);
      const before = law && !spaces.has(start) ? text.slice(Math.max(floor, start - WORD), start) : "";
      if (!law || (before && chinese(before.at(-1)) && !search("tail_lead", before))) continue;
      yield { start, end, law, aside: false };
      break;
    }
  }
}

/** Local instruments that nobody knows, named without marks before an article. */
function foreign(text, known, locals, taken) {
  const result = [];
  let number = 0;
  for (const mention of all("local", text)) {
    const [start, end] = [mention.index, mention.index + mention[0].length];
    while (number < taken.length && taken[number].end <= start) number++;
    if (number < taken.length && taken[number].start < end) continue;
    const before = text.slice(Math.max(0, start - TAIL, number ? taken[number - 1].end : 0), end);
    const name = before.slice(match("verb", before.slice(0, before.length - mention[0].length))?.[0].length ?? 0);
    for (const cut of [name.split(ROLES).at(-1), name]) {
      if (!match("locality", cut) || match("no_region", cut.slice(0, 3)) || !lawful(cut)) continue;
      result.push(noted(text, known, locals, end - cut.length, end, instrument([], cut, kindOf(cut)), ""));
      break;
    }
  }
  return result;
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
