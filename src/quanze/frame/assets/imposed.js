/** The fines that a paper imposes, in yuan and in shares: what stands beside 罚款, not the bounds or the base of a range that it quotes. */
import { numeric, plain, read } from "./amount.js";

const BEFORE = /(?:罚(?!款(?:决定|幅度|数额的))|处以?)[^。；，]{0,12}$/u;
const AFTER = /^[^。；，0-9]{0,14}(?:罚款|的?行政处罚)/u;
const BASE = /(?:收入|所得|货值|价值|价款|营业额|损失|货款|销售额|保证金|原(?:处罚|罚款)[^。；，]{0,4})(?:金额|共?计|为|总额|[（(：:])*$/u;
const BOUND = /^[^。；，]{0,3}以[上下]/u;
const TOGETHER = /(?:合并|合计|共计|总计|累计|共)[^。；，0-9]{0,8}$/u;
const EACH = /(?:每[一个]?(?:人|名|台|件|处|项|箱|次|家)|各|分别)[^。；，0-9]{0,8}$/u;
const JOINED = /^(?:整|人民币|[、,，和及与]|以及|\([^()]{0,20}\)|（[^（）]{0,20}）)*$/u;
const GAP = /(?<=\p{Script=Han})\s+(?=[\p{Script=Han}0-9])|(?<=[0-9])\s+(?=\p{Script=Han})/gu;
const NUMBER = "[零〇一二两三四五六七八九十百]+";
const SHARE = new RegExp(`(?:百分之(${NUMBER}|[0-9.]+)|([0-9]+(?:\\.[0-9]+)?) ?[%％]|(${NUMBER}|[0-9]+(?:\\.[0-9]+)?) ?倍)(?!以[上下])`, "gu");
const RESULT = /(?:倍|[%％]|百分之[^。；，]{1,6})[^。；]{0,12}(?:计|即|合|为)(?:人民币)?$/u; // what a share or multiple comes to
const DAILY = /(?:每日|每天|按日|逐日|日)[^。；]{0,12}$/u;

/** A text as scanned or pasted, without the gaps within its lines. */
function joined(text) {
  return plain(text).replace(GAP, "");
}

/**
 * [{ yuan, each, sum }] of the fines that a text imposes, each amount once: `each` is for whom or what each is, where it says so
 * (每人), and `sum` whether it is what others come to together.
 */
export function imposed(text) {
  const signs = joined(text);
  const found = [...read(signs)].filter(({ money, myriad, bound, verb }) => (money || myriad || verb === "罚款") && !bound);
  const kept = [];
  let later = null; // the amount after this one, where it is a fine
  for (const one of found.reverse()) {
    const { from, to } = one;
    const before = signs.slice(Math.max(0, from - 16), from) + (one.verb ?? "");
    const fine = (BEFORE.test(before) || AFTER.test(signs.slice(to, to + 22)) || (later && JOINED.test(signs.slice(to, later.from)))) &&
      !BASE.test(signs.slice(Math.max(0, from - 12), from)) && !RESULT.test(signs.slice(Math.max(0, from - 30), from)) && !BOUND.test(signs.slice(to, to + 5));
    later = fine ? one : null;
    if (fine) kept.unshift({ yuan: one.yuan, each: EACH.exec(before)?.[0].match(/^每[一个]?./u)?.[0] ?? "", sum: TOGETHER.test(before) });
  }
  const alone = kept.every(({ sum }) => sum);
  const once = new Map();
  for (const one of kept) if (!once.has(one.yuan) || !one.sum) once.set(one.yuan, { ...one, sum: one.sum && !alone });
  return [...once.values()];
}

/** [{ number, unit, base }] of the shares and multiples that a text imposes: 上一年年收入百分之四十的罚款, 违法所得三倍的罚款. */
export function portions(text) {
  const signs = joined(text);
  const found = Array.from(signs.matchAll(SHARE), ({ 0: whole, 1: hundred, 2: percent, 3: times, index }) => {
    const [before, after] = [signs.slice(Math.max(0, index - 24), index), signs.slice(index + whole.length, index + whole.length + 12)];
    const base = /收入|违法所得|货值|价款|罚款数额|营业额|销售额/u.exec(before.split(/[。；]/u).at(-1))?.[0] ?? "";
    const fine = base && !DAILY.test(before) && (/罚/u.test(after) || /罚/u.test(before));
    return fine ? [{ number: numeric(hundred ?? percent ?? times), unit: times ? "倍" : "%", base }] : [];
  });
  return found.flat();
}
