/** Numbers as statutes write them. */
const SIGNS = "零一二三四五六七八九";

/** A number below ten thousand in Chinese, as statutes count. */
export function numeral(value) {
  let [text, rest] = ["", value];
  for (const [sign, unit] of /** @type {[string, number][]} */ ([["千", 1000], ["百", 100], ["十", 10]])) {
    const digit = Math.floor(rest / unit);
    rest %= unit;
    if (digit) text += (digit === 1 && sign === "十" && !text ? "" : SIGNS[digit]) + sign;
    else if (text && rest && !text.endsWith("零")) text += "零";
  }
  return text + (rest || !text ? SIGNS[rest] : "");
}
