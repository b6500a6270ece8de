/** Numbers with their unit: 第九十七条, 第（一）、（三）项, 97条, 第94条-第96条; each run of one unit is a group. */
import { all, match, UNIT_ALIKE, UNITS, value } from "./words.js";

const NONE = -1;
const [ARTICLE, PARAGRAPH, ITEM] = [0, 1, 2];
const JOINER = 3;
const FEW = 9;
/** No law has so many articles. */
export const MANY = 1000;

/** Whether one [number, what follows 之] comes before another. */
export function before(left, right) {
  return left[0] < right[0] || (left[0] === right[0] && left[1] < right[1]);
}

/** Whether two are the same. */
export function equal(left, right) {
  return left[0] === right[0] && left[1] === right[1];
}

function ascii(text) {
  return /^[\0-\x7f]*$/u.test(text);
}

/** Whether a number in brackets before one of the other script is a 款: 97（1）（三）. */
function paragraph(text, start, end) {
  return /[条0-9]/u.test(text[start - 1] ?? "") && match("marked_paragraph", text.slice(start, end + 6));
}

/** How many signs before a space are none of a number: 09:23 and then 36条, Q4 97条; but 9 7 条 is one. */
function broken(text, spaces, start, run) {
  let [parts, last] = [0, 0];
  for (let at = 1; at < run.length; at++) if (spaces.has(start + at)) [parts, last] = [parts + 1, at];
  if (!parts) return 0;
  const number = value(run);
  return parts === run.length - 1 && number && number < MANY && text[start - 1] !== ":" ? 0 : last;
}

/** Every number of a text that may be the number of a place. */
export function pieces({ text, spaces }) {
  const result = [];
  for (const hit of all("place", text)) {
    const [, opened, first, closed, inner, unit, sub1, bracketed, unit2, sub2, run, unit3, sub3] = hit;
    const line = run ? broken(text, spaces, hit.index, run) : 0;
    const [start, end, bare] = [hit.index + line, hit.index + hit[0].length, run?.slice(line)];
    const [words, unitWord] = [first || bracketed || bare, unit || unit2 || unit3];
    const number = value(words);
    const decimal = !unitWord && text[end] === "." && /[0-9]/u.test(text[end + 1] ?? "");
    const counted = bare && unitWord === "项" && match("counted", text.slice(end - 1, end + 3));
    const year = bracketed && !unitWord && number >= MANY; // 第二十七条（2017）: no law has so many 项
    if (!number || year || bare === "两" || decimal || counted || (bare && start && ".%‰$¥#".includes(text[start - 1]))) continue;
    const plain = text[start] === "§" ? ARTICLE : bracketed && paragraph(text, start, end) ? PARAGRAPH : NONE;
    const depth = unitWord ? UNITS.indexOf(UNIT_ALIKE[unitWord] ?? unitWord) : plain;
    const inserted = depth === ARTICLE ? inner || sub1 || sub2 || sub3 : "";
    if (unitWord && depth === ARTICLE && !inserted && !spaces.has(end) && match("thing", text.slice(end, end + 6))) continue;
    const sub = inserted ? value(inserted) : 0;
    const naked = Boolean(!unitWord && bare && FEW < number && number < MANY && ascii(words) && match("naked", text.slice(end, end + 6)));
    const place = [number, sub];
    result.push({
      start, end, spans: [[place, place]], unit: naked ? ARTICLE : depth, ordinal: Boolean(first),
      bracketed: Boolean(bracketed || opened || (first && closed)), said: depth !== NONE || naked, naked,
    });
  }
  return result;
}

/** Whether a number in brackets begins the next clause of a list: 第九十七条（三）；（2）无证上岗, （三），②无证上岗. */
function heads({ text, breaks }, last, next, gap) {
  if (next.unit !== NONE || !next.bracketed || breaks.has(next.end)) return false;
  const other = ascii(text.charAt(last.start + 1)) !== ascii(text.charAt(next.start + 1));
  return (gap === ";" || (gap === "," && other)) && !match("follow", text.slice(next.end, next.end + 4));
}

const unmarked = (one) => !(one.ordinal || one.bracketed);

/** Whether plain numbers in brackets begin here: (44、45). */
function opened(text, one) {
  return unmarked(one) && text[one.start - 1] === "(";
}

/** The plain numbers of a list from a position on, 94、97条, (44、45), the first with a unit as its last. */
function runs(text, numbers, position) {
  let last = numbers[position];
  const run = [last];
  for (let at = position + 1; at < numbers.length && (last.naked || last.unit === NONE); at++) {
    const next = numbers[at];
    const gap = text.slice(last.end, next.start);
    if (!unmarked(next) || next.start - last.end > JOINER || !gap || !(match("range", gap) || match("list", gap))) break;
    run.push(next);
    last = next;
  }
  return run;
}

/** The group that such a list makes, which may stand in brackets; null where it makes none. */
function list(text, run) {
  const [first, last] = [run[0], run.at(-1)];
  const gaps = run.slice(1).map((one, at) => text.slice(run[at].end, one.start));
  const ranges = [false, ...gaps.map((gap) => Boolean(match("range", gap)))];
  const plain = last.naked || last.unit === NONE;
  if (!gaps.length || first.bracketed) return null;
  if (plain && opened(text, first) && text[last.end] === ")") {
    return { ...group(run, ranges, ITEM, false), start: first.start - 1, end: last.end + 1, bracketed: true, naked: false };
  }
  if (gaps.some((gap) => gap === "," || gap === ";")) return null;
  if (first.ordinal && plain && run.some(({ spans: [[[number]]] }) => number > FEW)) return { ...group(run, ranges, ARTICLE, false), naked: false };
  return first.naked && last.unit === ARTICLE && !plain ? group(run, ranges, ARTICLE, true) : null;
}

/** The groups of a text in order; numbers that no unit follows are left out, unless they are bracketed. */
export function groups(folded, numbers) {
  const { text } = folded;
  const result = [];
  let position = 0;
  while (position < numbers.length) {
    const single = numbers[position];
    if (single.naked || opened(text, single) || (single.ordinal && single.unit === NONE)) {
      const run = runs(text, numbers, position);
      const listed = list(text, run);
      if (listed) result.push(listed);
      const end = position + run.length;
      if (listed) position = end;
      else while (position < end && numbers[position].naked) result.push(numbers[position++]);
      if (listed || single.naked) continue;
    }
    position++;
    if (single.unit !== NONE) {
      result.push(single);
      continue;
    }
    const [chain, ranges] = [[single], [false]];
    let [last, marked] = [single, single.ordinal || single.bracketed];
    while (last.unit === NONE && position < numbers.length) {
      const next = numbers[position];
      if (next.naked || next.start - last.end > JOINER) break;
      const gap = text.slice(last.end, next.start);
      const ranged = Boolean(gap && match("range", gap));
      const listed = gap ? match("list", gap) : last.bracketed && next.bracketed;
      const counts = (gap === "," || gap === ";") && !(marked || next.ordinal);
      if (counts || !(ranged || listed) || heads(folded, last, next, gap)) break;
      chain.push(next);
      ranges.push(ranged);
      last = next;
      marked ||= next.ordinal || next.bracketed;
      position++;
    }
    if (chain.length === 1 && single.ordinal && !single.bracketed && single.spans[0][0][0] > FEW) result.push({ ...single, unit: ARTICLE });
    else if (marked) for (const part of grouped(chain, ranges)) result.push(part);
    else if (last.unit !== NONE) result.push(group(chain, ranges, last.unit, true));
  }
  return result;
}

/** The group of numbers that end with a unit; plain numbers before the first with 第 are no part of it. */
function grouped(chain, ranges) {
  const first = chain.findIndex((piece) => piece.ordinal || piece.bracketed);
  [chain, ranges] = [chain.slice(first), ranges.slice(first)];
  const last = chain.at(-1);
  const result = [];
  if (last.unit === ARTICLE && !last.bracketed) {
    const brackets = chain.findIndex((piece) => !piece.bracketed);
    if (brackets) {
      result.push(group(chain.slice(0, brackets), ranges, ITEM, false));
      [chain, ranges] = [chain.slice(brackets), ranges.slice(brackets)];
    }
  }
  if (last.unit !== NONE) return [...result, group(chain, ranges, last.unit, true)];
  const plain = chain.findIndex((piece) => !piece.bracketed);
  const marked = plain < 0 ? chain : chain.slice(0, plain);
  return marked.length ? [...result, group(marked, ranges, ITEM, false)] : result;
}

function group(chain, ranges, unit, said) {
  const spans = [];
  chain.forEach(({ spans: [[number]] }, at) => {
    const last = spans.at(-1);
    if (last && ranges[at] && equal(...last) && before(last[0], number)) spans[spans.length - 1] = [last[0], number];
    else spans.push([number, number]);
  });
  const [first, last] = [chain[0], chain.at(-1)];
  const { start, ordinal, bracketed } = first;
  return { start, end: last.end, spans, unit, ordinal, bracketed, said, naked: last.naked };
}
