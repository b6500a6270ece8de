/**
 * Articles as the pages of this site and its searches write them: 《安全生产法》第九十七条第三项, 安全生产法97条3项.
 *
 * What is cited is { law, keys, levels }: the instrument's name, the keys of the instruments of that name, and for each of
 * 条, 款, 项, 目 the spans [from, to] named; 第十二条之一 is 12.01. A text as bureaus write it needs the whole grammar (citation.js).
 */
import { numeric } from "./amount.js";
import { fold } from "./fold.js";
import { numeral } from "./reader/numeral.js";

const LEVELS = ["条", "款", "项", "目"];
const SUB = 100;
const STATE = "中华人民共和国";
const SIGNS = "〇零一二两三四五六七八九十百千";
const NUMBER = `(?:[0-9]{1,4}|[${SIGNS}]{1,7})`;
const STEP = new RegExp(`(至|到|[-~—])?[、,;和及与]?第?\\(?(${NUMBER})\\)?(${LEVELS.join("|")})(?:之(${NUMBER}))?`, "uy");
const LISTED = new RegExp(`(第?${NUMBER})[、,](?=(?:第?${NUMBER}[、,])*第?${NUMBER}(${LEVELS.join("|")}))`, "gu"); // 第九十五、九十六条
const NOTES = /》?(?:\([^()]*\))?$/u; // what may stand between a name and its article
const NOTE = /\([^()]*\)/uy; // after an article: what prevails over it
const SPELT = /^[〇零一二三四五六七八九]{2,}$/u; // digit by digit

/** The keys of the instruments by each of their names, from [key, title, …]; with the longest name's length. */
export function titled(laws) {
  const keys = new Map();
  for (const [key, ...titles] of laws) {
    const names = titles.map(fold).flatMap((title) => [title, title.startsWith(STATE) ? title.slice(STATE.length) : title]);
    for (const name of new Set(names)) keys.set(name, [...(keys.get(name) ?? []), key]);
  }
  return { keys, longest: Math.max(0, ...Array.from(keys.keys(), ({ length }) => length)) };
}

/** The known name at the end of a text, the longest; empty where none is there. */
export function ending(text, { keys, longest }) {
  for (let at = Math.max(0, text.length - longest); at < text.length; at++) if (keys.has(text.slice(at))) return text.slice(at);
  return "";
}

/** A number as the reader takes it: 〇九七 is 97. */
function counted(words) {
  return SPELT.test(words) ? Number(Array.from(words, (sign) => "零一二三四五六七八九".indexOf(sign === "〇" ? "零" : sign)).join("")) : numeric(words);
}

/** The places that begin at `from` in a folded text: { all: the levels of each, end }. */
function places(text, from) {
  /** @type {{ all: number[][][][], end: number }} */
  const read = { all: [], end: from };
  for (;;) {
    STEP.lastIndex = read.end;
    const [whole, through, words, unit, sub] = STEP.exec(text) ?? [];
    const level = LEVELS.indexOf(unit);
    const last = read.all.at(-1);
    const deepest = last ? last.findLastIndex((spans) => spans.length) : -1;
    if (!whole || (!last && (level || through))) return read;
    const number = counted(words) + (sub ? counted(sub) / SUB : 0);
    read.end += whole.length;
    if (last && level > deepest) last[level].push([number, number]);
    else if (through && level === deepest) last[level].at(-1)[1] = number;
    else if (level && level === deepest) last[level].push([number, number]);
    else read.all.push(LEVELS.map((_, at) => (at < level ? last[at] : at === level ? [[number, number]] : [])));
  }
}

/** What a text cites by a name that is known, and, with `law` empty, the articles before which no such name stands. */
export function cites(written, known) {
  const text = fold(written).replace(LISTED, "$1$2、");
  const citations = [];
  for (let at = 0; at < text.length; at++) {
    const { all, end } = places(text, at);
    if (!all.length) continue;
    const law = ending(text.slice(0, at).replace(NOTES, ""), known);
    citations.push(...all.map((levels) => ({ law, keys: known.keys.get(law) ?? [], levels })));
    NOTE.lastIndex = end;
    at = end + (NOTE.exec(text)?.[0].length ?? 0) - 1;
  }
  return citations;
}

/**
 * How well what is cited fits what is asked for: 0 not at all, else one more than the levels that both name.
 * Who names less names the whole: 第九十七条 fits 第九十七条第三项, and the other way round.
 */
export function fit(cited, ask) {
  if (ask.law && !ask.keys.some((key) => cited.keys.includes(key))) return 0;
  let agreed = 1;
  for (let i = 0; i < LEVELS.length; i++) {
    const [have, want] = [cited.levels[i], ask.levels[i]];
    if (!have.length || !want.length) continue;
    if (!have.some(([a, b]) => want.some(([c, d]) => a <= d && c <= b))) return 0;
    agreed++;
  }
  return ask.levels[0].length && !cited.levels[0].length ? 0 : agreed;
}

/** The citation as a statute writes it: 《安全生产法》第九十七条第三项. */
export function written({ law, levels }) {
  const number = (value, level) => {
    const part = Math.round((value % 1) * SUB);
    return `第${numeral(Math.floor(value))}${level}${part ? `之${numeral(part)}` : ""}`;
  };
  const span = ([from, to], level) => (from === to ? number(from, level) : `${number(from, level)}至${number(to, level)}`);
  const said = levels.map((found, i) => found.map((pair) => span(pair, LEVELS[i])).join("、")).join("");
  return (law ? `《${law}》` : "") + said;
}
