/** A title with what goes with it: its version, the abbreviation that it defines, whether it is named in passing. */
import { decrees } from "./decrees.js";
import { plain } from "./folding.js";
import { instrument, keysOf, kindOf, named, NUMBERED, same, short } from "./known.js";
import { all, match, search, value } from "./words.js";

export const WORD = 8;
export const BEFORE = 24;
const LOCALS = 20;
const LISTED = 200;
const FORMER = "旧";
const DAY = /^(?:([0-9]{1,2})月(?:([0-9]{1,2})日)?)?/u;

/** The abbreviations that a text defines, and for each of them where, [place, law]. */
export class Locals extends Map {
  defined = new Map();

  define(name, start, law) {
    this.set(name, either(name, this.get(name), law));
    if (!this.defined.has(name)) this.defined.set(name, []);
    this.defined.get(name).push([start, law]);
  }
}

/** The year before a title, what happened then, and how far back it stands: 2014年修正的《…》, 07年的《…》. */
export function yearBefore(text) {
  const found = search("year_before", text);
  if (!found) return ["", "", 0];
  const year = found[1] ?? `20${found[2]}`;
  return [year > "9" ? String(value(year)) : year, found[3] ?? "", found[0].length];
}

/** The title with the remarks after it: years and numbers, and the abbreviation that they define. */
export function noted(text, known, locals, start, end, law, note) {
  let after = end;
  let refused = false;
  while (text[after] === "(" || text[after] === "【") {
    const annotation = match("annotation", text.slice(after, after + 260));
    const numbered = annotation && match("paper_number", annotation[0]);
    if (!annotation || !(numbered || match("note", annotation[0]))) {
      refused = true;
      break;
    }
    note += numbered ? "" : annotation[0];
    after += annotation[0].length;
  }
  const bare = refused ? null : match("bare_annotation", text.slice(after, after + 40));
  if (bare) {
    note += bare[0];
    after += bare[0].length;
  }
  const before = text.slice(Math.max(0, start - BEFORE), start);
  const abbreviation = search("defined", note) ?? beside(text.slice(after, after + 48), before);
  let [year, event] = yearOf(note);
  const version = note && !event ? versionOf(note, known, law) : undefined;
  if (version) [year, event] = [version, NUMBERED];
  if (!year) {
    let back;
    [year, event, back] = yearBefore(before);
    start -= back;
  }
  if (!year && search("former", before)) event = FORMER;
  const whole = { ...law, year: year || law.year, event: event || law.event };
  const meaning = search("meaning", before);
  const meant = meaning ? plain(meaning[1] ?? meaning[2]) : "";
  if (meant && keysOf(known, meant) === null && locals.size < LOCALS) locals.define(meant, start, law);
  if (abbreviation && locals.size < LOCALS && keysOf(known, plain(abbreviation[1])) === null) {
    const name = plain(abbreviation[1]).replace(/等$/u, "");
    locals.define(name, start, whole);
    for (const member of search("of_all", note) ? listed(text, known, start) : []) locals.define(name, start, member);
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
export function either(name, before, now) {
  if (!before || same(before) === same(now)) return now;
  return instrument(before.keys.length && now.keys.length ? [...before.keys, ...now.keys] : [], name, now.kind);
}

/** The abbreviation that follows a title without brackets: 《…》，以下简称…; 将《…》称作“…”. */
function beside(text, before) {
  return match("defined_beside", text) ?? (search("named_as", before) ? match("defined_as", text) : null);
}

/** The year, or the day, that remarks name last with a change, and that change; else the last one. */
export function yearOf(note) {
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
