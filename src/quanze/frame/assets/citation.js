/**
 * The grammar of Chinese citations: what a notice, a query or a page's own citation names.
 *
 * A citation is { law, keys, levels }: the instrument's name as written ("" when none is named), the keys of the
 * instruments of that name, and for each of 条, 款, 项, 目 the spans [from, to] named; 第十二条之一 is 12.01.
 * All functions take folded text (see fold.js), so that numerals and brackets of every width are one.
 */
import { fold } from "./fold.js";

const LEVELS = ["条", "款", "项", "目"];
const DIGITS = "零一二三四五六七八九";
const UNITS = { 十: 10, 百: 100, 千: 1000 };
const NUMERAL = "(?:[0-9]{1,4}|[零〇一二两三四五六七八九十百千]{1,7})";
const LIST = "(?:[、,;和与及或]|以及|或者)";
const RANGE = "[至到~—-]";
const ONE = `第?\\(?${NUMERAL}\\)?`;

/** 《name》 or 〈name〉; a run of numbers with its level, as 第九十五条, 第(一)、(三)项, 第九十五至九十九条; a bare (三). */
const TOKEN = new RegExp(
  `[《〈](?<title>[^《》〈〉]{2,100})[》〉]` +
    `|(?<run>${ONE}(?:(?:${LIST}+|${RANGE})${ONE})*)(?<level>[${LEVELS.join("")}])(?:之(?<sub>${NUMERAL}))?` +
    `|\\((?<bare>${NUMERAL})\\)`,
  "gu",
);
const NUMBERS = new RegExp(`(${RANGE})?第?\\(?(${NUMERAL})`, "gu");
const LISTED = new RegExp(`^${LIST}+$`, "u");
const RANGED = new RegExp(`^${RANGE}$`, "u");
const REMARK = /(?:\([^()]*\)|[()])+$/u;
const QUERY = new RegExp(
  `^(?<law>[^0-9]*?)第?(?<article>[0-9]{1,4}(?![0-9])|${NUMERAL}(?=条|$))条?(?<sub>之${NUMERAL})?(?<rest>.*)$`,
  "u",
);
const STATE = "中华人民共和国";

/** The number that a Chinese or Arabic numeral stands for. */
export function number(numeral) {
  const plain = numeral.replaceAll("〇", "零").replaceAll("两", "二");
  if (/^[0-9]+$/.test(plain)) return Number(plain);
  if (!/[十百千]/.test(plain)) return Number(Array.from(plain, (digit) => DIGITS.indexOf(digit)).join(""));
  let [total, digit] = [0, 0];
  for (const sign of plain) {
    if (sign in UNITS) [total, digit] = [total + (digit || 1) * UNITS[sign], 0];
    else digit = DIGITS.indexOf(sign);
  }
  return total + digit;
}

/** A number below ten thousand in Chinese, as statutes count. */
export function numeral(value) {
  let [text, rest] = ["", value];
  for (const [sign, unit] of [["千", 1000], ["百", 100], ["十", 10]]) {
    const digit = Math.floor(rest / unit);
    rest %= unit;
    if (digit) text += (digit === 1 && sign === "十" && !text ? "" : DIGITS[digit]) + sign;
    else if (text && rest && !text.endsWith("零")) text += "零";
  }
  return text + (rest || !text ? DIGITS[rest] : "");
}

/** The names of the instruments: a map from each folded name, with and without 中华人民共和国, to their keys. */
export function names(laws) {
  const known = new Map();
  for (const [key, ...written] of laws) {
    const forms = written.map(fold);
    for (const name of new Set([...forms, ...forms.map(short)])) known.set(name, [...(known.get(name) ?? []), key]);
  }
  return known;
}

function short(name) {
  return name.startsWith(STATE) ? name.slice(STATE.length) : name;
}

function keys(name, known) {
  const bare = name.replace(REMARK, "");
  return known.get(name) ?? known.get(bare) ?? known.get(short(bare)) ?? [];
}

/** The known name that the text ends with, the longest; a remark in brackets may follow it. */
function ending(text, known) {
  const bare = text.replace(REMARK, "");
  for (let length = Math.min(60, bare.length); length > 1; length--) {
    if (known.has(bare.slice(-length))) return bare.slice(-length);
  }
  return "";
}

function spans(run, sub) {
  const found = [];
  for (const [, range, written] of run.matchAll(NUMBERS)) {
    if (range && found.length) found.at(-1)[1] = number(written);
    else found.push([number(written), number(written)]);
  }
  if (sub) {
    const last = found.at(-1);
    const whole = last[1] + number(sub) / 100;
    found[found.length - 1] = [last[0] === last[1] ? whole : last[0], whole];
  }
  return found;
}

/** The citations in a folded text, in order; an instrument named without any article stands for itself. */
export function citations(text, known) {
  const found = [];
  let law = { law: "", keys: [] };
  let last = null; // the number before this one, as { levels, depth }, unless something else came between
  let titled = false; // an instrument's title is what came before
  let end = 0;
  const name = (title) => {
    law = { law: short(title), keys: keys(title, known) };
    found.push({ ...law, levels: [[], [], [], []] });
    last = null;
  };
  const open = (levels, depth) => {
    found.push({ ...law, levels });
    return { levels, depth };
  };
  for (const match of text.matchAll(TOKEN)) {
    const { title, run, level, sub, bare } = match.groups;
    const gap = text.slice(end, match.index);
    const glued = gap.replace(REMARK, "") === "";
    end = match.index + match[0].length;
    if (title) name(title);
    else if (bare) last = last && gap === "" && last.depth < 2 ? follow(last, 2, spans(bare), "", open) : null;
    else {
      const depth = LEVELS.indexOf(level);
      const plain = depth === 0 && ending(gap, known);
      if (plain) name(plain);
      const loose = !/^[第(]/u.test(run) && !plain && !(glued && (last || titled));
      last = loose ? null : follow(last, depth, spans(run, sub), gap, open);
    }
    titled = Boolean(title);
  }
  const cited = new Set(found.filter(({ levels }) => levels[0].length).map(({ law }) => law));
  return found.filter(({ law, levels }) => levels[0].length || !(cited.has(law) || !cited.add(law)));
}

/** Joins the numbers of one level to what came before: deeper, up to, one more under the same article, or anew. */
function follow(last, depth, numbers, gap, open) {
  if (depth === 0 && !(last?.depth === 0 && RANGED.test(gap))) return open([numbers, [], [], []], depth);
  if (!last) return null;
  if (depth === last.depth && RANGED.test(gap)) last.levels[depth].at(-1)[1] = numbers.at(-1)[1];
  else if (depth > last.depth && gap === "") last.levels[depth] = numbers;
  else if (depth <= last.depth && LISTED.test(gap)) {
    return open(last.levels.map((above, i) => (i < depth ? above : i === depth ? numbers : [])), depth);
  } else return null;
  return { levels: last.levels, depth };
}

/** What a query names, if it reads as a citation: 安全生产法97, 《安全生产法》第九十七条, 第九十七条第三项; else null. */
export function asked(query, known) {
  const read = QUERY.exec(query.replace(/[《》]/gu, ""));
  if (!read || !(read.groups.law || query.includes("条"))) return null;
  const { law, article, sub = "", rest } = read.groups;
  const found = citations(`${law && `《${law}》`}第${article}条${sub}${rest}`, known).at(-1);
  if (rest && !found.levels.slice(1).some((numbers) => numbers.length)) return null;
  if (!law || found.keys.length) return found;
  const near = [...known].filter(([name]) => law.length > 1 && name.includes(law)).flatMap(([, keys]) => keys);
  return near.length ? { ...found, keys: [...new Set(near)] } : null;
}

/**
 * How well what is cited fits what is asked for: 0 not at all, else one more than the levels that both name.
 * Who names less names the whole: 第九十七条 fits 第九十七条第三项, and the other way round.
 */
export function fit(cited, ask) {
  if (ask.law && !ask.keys.some((key) => cited.keys.includes(key))) return 0;
  let both = 1;
  for (let i = 0; i < LEVELS.length; i++) {
    const [have, want] = [cited.levels[i], ask.levels[i]];
    if (!have.length || !want.length) continue;
    if (!have.some(([a, b]) => want.some(([c, d]) => a <= d && c <= b))) return 0;
    both++;
  }
  return ask.levels[0].length && !cited.levels[0].length ? 0 : both;
}

/** The citation as a statute writes it: 《安全生产法》第九十七条第三项. */
export function written({ law, levels }) {
  const one = (value, level) => {
    const part = Math.round((value % 1) * 100);
    return `第${numeral(Math.floor(value))}${level}${part ? `之${numeral(part)}` : ""}`;
  };
  const span = ([from, to], level) => (from === to ? one(from, level) : `${one(from, level)}至${one(to, level)}`);
  const said = levels.map((found, i) => found.map((pair) => span(pair, LEVELS[i])).join("、")).join("");
  return (law ? `《${law}》` : "") + said;
}
