/** Amounts of money as people and papers write them: 罚五十万, 罚款3万元, 人民币叁万元整, 30,000.00元. */

const DIGITS = "零一二三四五六七八九";
const FORMAL = { 壹: "一", 贰: "二", 叁: "三", 肆: "四", 伍: "五", 陆: "六", 柒: "七", 捌: "八", 玖: "九", 拾: "十", 佰: "百", 仟: "千", 萬: "万", 圆: "元", 圓: "元" };
const UNITS = { 十: 10, 百: 100, 千: 1000 };
const MYRIADS = { 万: 10_000, 亿: 100_000_000 };
const AMOUNT = /(罚[款金]?|处以?|交)?(?:[ ：:]|人民币|￥|¥){0,20}(?:([0-9]+(?:\.[0-9]+)?)|([零〇一二两三四五六七八九十百千]+))([千百]?) ?([万亿]?)([0-9]{1,4}[千百]?|[零一二三四五六七八九十百千]*)(?:多|余)? ?(元|块钱?|人民币)?(以[上下]|往上|起)?/gu;
const OVER = /(?:超过|大于|高于|多于|不低于|不少于|至少|最少)[罚款处]*$/u; // before an amount
const SCANNED = /(?<![A-Za-z0-9])(?:[0-9]|[lI](?=[0-9OoＯｏ]))[0-9OoＯｏlI.,，]{0,15}(?= ?[千百]? ?(?:[万亿]|元|块))/gu;
const APART = /(?<=[0-9])(?:[,，](?=[0-9]{3}(?![0-9]))|[ \u00a0](?=[0-9]{3,4}(?: ?[0-9]{3,4}){0,3} ?元))/gu; // marks between thousands
const ORDINARY = new RegExp(`[${Object.keys(FORMAL).join("")}]`, "gu");

/** A number written in Chinese, below ten thousand. */
function spelt(text) {
  let [sum, digit] = [0, 0];
  for (const sign of text.replaceAll("两", "二").replaceAll("〇", "零")) {
    if (sign in UNITS) {
      sum += (digit || 1) * UNITS[sign];
      digit = 0;
    } else digit = DIGITS.indexOf(sign);
  }
  return sum + digit;
}

/** A number in figures or in Chinese. */
export function numeric(text) {
  return /^[0-9]/u.test(text) ? Number(text) : spelt(text);
}

/** What stands after 万: 五千, 5千. */
function below(rest) {
  return /^[0-9]/u.test(rest) ? parseInt(rest, 10) * (UNITS[rest.at(-1)] ?? 1) : spelt(rest);
}

/** The same text, as long as before, in ordinary numerals; letters that a scanner took for figures before a unit are figures: 5OOOO元. */
export function plain(text) {
  const ordinary = text.normalize("NFC").replace(ORDINARY, (sign) => FORMAL[sign]).replace(/[０-９]/gu, (sign) => String.fromCodePoint(sign.codePointAt(0) - 0xfee0));
  return ordinary.replace(SCANNED, (figures) => figures.replace(/[OoＯｏ]/gu, "0").replace(/[lI]/gu, "1"));
}

/** [{ yuan, from, to, bound, verb }] of everything that looks like an amount; `bound` is 以上, 以下 or the like after it. */
export function* read(text) {
  const joined = plain(text).replace(APART, "\u0001");
  for (const match of joined.matchAll(new RegExp(AMOUNT.source.replaceAll("[0-9]+", "[0-9\\u0001]+"), "gu"))) {
    const [whole, verb, figures, words, unit, myriad, rest, money, bound] = match;
    const number = figures ? Number(figures.replaceAll("\u0001", "")) : spelt(words);
    const yuan = number * (UNITS[unit] ?? 1) * (MYRIADS[myriad] ?? 1) + (myriad ? below(rest) : 0);
    const torn = figures && !rest && !money && /[A-Za-z]/u.test(joined[match.index + whole.length] ?? ""); // part of a longer word: 5A
    if (yuan && !torn) yield { yuan: Math.round(yuan), from: match.index, to: match.index + whole.length, bound, verb, myriad, money: money ?? /[￥¥]/u.exec(whole)?.[0] };
  }
}

/**
 * The amounts in a query, in yuan, each with where it stands and whether more is meant too (二十万以上, 超过二十万):
 * [{ yuan, from, to, more }]. A bare number is none: it needs its unit, or 罚 before it.
 */
export function amounts(text) {
  return [...read(text)].filter(({ myriad, money, verb }) => myriad || money || verb).map(({ yuan, from, to, bound }) => (
    { yuan, from, to, more: (bound ? bound !== "以下" : OVER.test(text.slice(0, from))) }));
}

/** An amount as it is told: 20 万元, 5000 元. */
export function money(yuan) {
  return yuan >= MYRIADS.万 ? `${yuan / MYRIADS.万} 万元` : `${yuan} 元`;
}
