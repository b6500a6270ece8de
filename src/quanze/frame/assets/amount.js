/** Amounts of money as people write them: 罚五十万, 罚款3万元, 2000块. */

const DIGITS = "零一二三四五六七八九";
const UNITS = { 十: 10, 百: 100, 千: 1000 };
const MYRIADS = { 万: 10_000, 亿: 100_000_000 };
const AMOUNT = /(罚款?|处以?|交)?(?:([0-9]+(?:\.[0-9]+)?)|([零〇一二两三四五六七八九十百千]+))([千百]?)([万亿]?)(?:多|余)?(元|块钱?|人民币)?/gu;

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

/**
 * The amounts in a text, in yuan, each with where it stands: [{ yuan, from, to }]. A bare number is none: it needs its
 * unit, or 罚 before it.
 */
export function amounts(text) {
  const found = [];
  for (const match of text.replace(/(?<=[0-9])[,，](?=[0-9]{3})/gu, "_").matchAll(AMOUNT)) {
    const [whole, verb, figures, words, unit, myriad, money] = match;
    if (!myriad && !money && !verb) continue;
    const number = figures ? Number(figures) : spelt(words);
    const yuan = number * (UNITS[unit] ?? 1) * (MYRIADS[myriad] ?? 1);
    if (yuan) found.push({ yuan, from: match.index, to: match.index + whole.length });
  }
  return found;
}

/** An amount as it is told: 20 万元, 5000 元. */
export function money(yuan) {
  return yuan >= MYRIADS.万 ? `${yuan / MYRIADS.万} 万元` : `${yuan} 元`;
}
