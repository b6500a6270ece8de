/** The fines that a paper imposes, in yuan and in shares: what stands beside 罚款, not the bounds or the base of a range that it quotes. */
import { numeric, plain, read } from "./amount.js";

const PAST = /(?:受到|曾被?|已被?|原|未(?:按期|按时|依法)?缴纳?(?:的|了)?|欠缴)(?:处以?)?(?:罚款)?(?:数额|决定)?$/u; // of another paper
const TAKEN = /没收[^。；，0-9罚]{0,24}$/u;
const MORE = /加处[^。；，]{0,12}$|(?:每日|每天|按日|逐日)[^。；，]{0,8}$/u; // for each day of delay
const WHOM = /对(?:其|该|你)?([^，。；、对]{1,40}?)(?=(?:并|可以|决定|拟|依法|各自?|分别|合并)*(?:处|罚|给予|各|每人|$))/gu;
const PERSON = /人员|负责人|责任人|经理|厂长|矿长|店长|站长|主任|董事|股东|法定代表人|投资人|经营者|个人|本人|先生|女士|某某?$/u;
const UNIT = /单位|公司|企业|厂|店|站|机构|中心|合作社|超市|商行|矿/u;
const RESPONSIBLE = /(?:主管人员|责任人员|责任人|法定代表人|主要负责人|个人)[^，。；、]{0,8}(?:处|罚|各)[^，。；、]{0,4}$/u;
const SOMEBODY = /被处罚人|[(（]个人[)）]|身份证|公民身份/u; // whom the whole paper is for
const SOMETHING = /被处罚单位|[你该](?:单位|公司|厂|店|站|企业|矿)|(?:公司|厂|店|单位)[：:]/u;
const BEFORE = /(?:罚(?!款(?:决定|幅度|数额的))|处以?)[^。；，]{0,12}$/u;
const AFTER = /^[^。；，0-9]{0,14}(?:罚款|的?行政处罚)/u;
const BASE = /(?:收入|所得|货值|价值|价款|营业额|损失|货款|销售额|保证金|原(?:处罚|罚款)[^。；，]{0,4})(?:金额|共?计|为|总额|[（(：:])*$/u;
const BOUND = /^[^。；，]{0,3}以[上下]/u;
const TOGETHER = /(?:合并|合计|共计|总计|累计|共|[日天]，?计)[^。；，0-9]{0,8}$/u;
const EACH = /(?:每[一个]?(?:人|名|台|件|处|项|箱|次|家)|各|分别)[^。；，0-9]{0,8}$/u;
const JOINED = /^(?:整|人民币|[、,，和及与]|以及|\([^()]{0,20}\)|（[^（）]{0,20}）)*$/u;
const GAP = /(?<=\p{Script=Han})\s+(?=[\p{Script=Han}0-9])|(?<=[0-9])\s+(?=\p{Script=Han})/gu;
const NUMBER = "[零〇一二两三四五六七八九十百]+";
const SHARE = new RegExp(`(?:百分之(${NUMBER}|[0-9.]+)|([0-9]+(?:\\.[0-9]+)?) ?[%％]|(${NUMBER}|[0-9]+(?:\\.[0-9]+)?) ?倍)(?!以[上下])`, "gu");
const DERIVED = /(?:倍|[%％]|百分之[^。；，]{1,6})(?:的罚款|罚款|的)?[（(]?(?:共?计|人民币)*$/u; // the same, without a word between
const RESULT = /(?:倍|[%％]|百分之[^。；，]{1,6})[^。；]{0,12}(?:计|即|合|为)(?:人民币)?$/u; // what a share or multiple comes to
const OTHERWISE = [BASE, RESULT, DERIVED, TAKEN, MORE, PAST]; // before an amount that is no fine of this paper
const REACH = 120; // so many characters before an amount say whom it is for
const DAILY = /(?:每日|每天|按日|逐日|日)[^。；]{0,12}$/u;

/** A text as scanned or pasted, without the gaps within its lines. */
function joined(text) {
  return plain(text).replace(GAP, "");
}

/** Whom the words before an amount name: a person, a unit, or neither. */
function addressee(before) {
  const words = before.split(/[。；;]/u).at(-1);
  const named = [...words.matchAll(WHOM)].at(-1)?.[1] ?? "";
  if (PERSON.test(named) || RESPONSIBLE.test(words)) return "person";
  return UNIT.test(named) ? "unit" : "";
}

/** Where a place of a text lies, in characters that are no spaces: the same before and after the gaps are closed. */
export function place(text, at) {
  return text.slice(0, at).replace(/\s/gu, "").length;
}

/** The amounts in a text that are fines which it imposes: by the words beside them, or in a list with one that is. */
function fines(signs) {
  const amounts = [...read(signs)].filter(({ money, myriad, bound, verb }) => (money || myriad || verb === "罚款") && !bound);
  const barred = amounts.map(({ from, to, verb = "" }) => {
    const before = signs.slice(Math.max(0, from - 30), from);
    return OTHERWISE.some((other) => other.test(before)) || MORE.test(before + verb) || BOUND.test(signs.slice(to, to + 5));
  });
  const flags = amounts.map(({ from, to, verb = "" }, i) =>
    !barred[i] && (BEFORE.test(signs.slice(Math.max(0, from - 16), from) + verb) || AFTER.test(signs.slice(to, to + 22))));
  const listed = (i) => JOINED.test(signs.slice(amounts[i].to, amounts[i + 1].from));
  for (let i = amounts.length - 2; i >= 0; i--) flags[i] ||= !barred[i] && flags[i + 1] && listed(i);
  for (let i = 1; i < amounts.length; i++) flags[i] ||= !barred[i] && flags[i - 1] && listed(i - 1);
  return amounts.filter((_, i) => flags[i]);
}

/**
 * [{ yuan, each, sum, whom, at }] of the fines that a text imposes, each amount for the same addressee once: `each` is for whom or what
 * each is, where it says so (每人), `sum` whether it is what others come to together, `whom` "person", "unit" or empty, by the words
 * before it, else by whom the whole paper is for, and `at` where it stands (see `place`).
 */
export function imposed(text) {
  const signs = joined(text);
  const paper = SOMEBODY.test(signs) ? "person" : SOMETHING.test(signs) ? "unit" : "";
  const fined = fines(signs).map(({ yuan, from, verb = "" }) => {
    const before = signs.slice(Math.max(0, from - REACH), from) + verb;
    const near = before.slice(-20);
    const each = EACH.exec(near)?.[0].match(/^每[一个]?./u)?.[0] ?? "";
    const whom = /[人名]/u.test(each) ? "person" : addressee(before) || paper;
    return { yuan, each, sum: TOGETHER.test(near), whom, at: place(signs, from) };
  });
  const alone = fined.every(({ sum }) => sum);
  const once = new Map();
  for (const fine of fined) {
    const key = `${fine.yuan} ${fine.whom}`;
    if (!once.has(key) && !(fine.sum && fined.some(({ yuan, sum }) => !sum && yuan === fine.yuan))) once.set(key, { ...fine, sum: fine.sum && !alone });
  }
  return [...once.values()];
}

/** [{ number, unit, base }] of the shares and multiples that a text imposes: 上一年年收入百分之四十的罚款, 违法所得三倍的罚款. */
export function portions(text) {
  const signs = joined(text);
  const shares = Array.from(signs.matchAll(SHARE), ({ 0: whole, 1: hundred, 2: percent, 3: times, index }) => {
    const [before, after] = [signs.slice(Math.max(0, index - 24), index), signs.slice(index + whole.length, index + whole.length + 12)];
    const base = /收入|违法所得|货值|价款|罚款数额|营业额|销售额/u.exec(before.split(/[。；]/u).at(-1))?.[0] ?? "";
    const fine = base && !DAILY.test(before) && (/罚/u.test(after) || /罚/u.test(before));
    return fine ? [{ number: numeric(hundred ?? percent ?? times), unit: times ? "倍" : "%", base }] : [];
  });
  return shares.flat();
}
