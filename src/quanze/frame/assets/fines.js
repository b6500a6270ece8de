/** The fines of the records in the index, and the amounts that a query names. */
import { amounts } from "./amount.js";
import { spread } from "./spread.js";

/** The ranges of a record's fines: [[low, high, when and whom]], in yuan. */
export function ranges(index, record) {
  return (index.fines.rows[record] ?? []).map((number) => {
    const [low, high, when] = index.fines.values[number].split(/[- ]/u, 3);
    return /** @type {[number, number, string]} */ ([Number(low), Number(high), when ?? ""]);
  });
}

/** Whether one of a record's fines can be of that amount, or where `more` of a higher one. */
export function within(index, record, { yuan, more = false }) {
  return ranges(index, record).some(([low, high]) => yuan <= high && (more || low <= yuan));
}

/**
 * The records whose fine can be of the amount that a query names, or where `more` of a higher one too. Those of which it is the upper bound come first, the ones that
 * it is the highest fine of and that have the fewest words for whom and when before the others, and one of each law beside the
 * next; then those of which a bound is near to it.
 */
export function priced(index, { yuan, more }) {
  const far = (bound) => (bound ? Math.abs(Math.log(yuan / bound)) : Infinity);
  const rated = index.keys.flatMap((_, record) => {
    const bounds = ranges(index, record);
    const here = bounds.filter(([low, high]) => yuan <= high && (more || low <= yuan));
    if (!here.length) return [];
    const most = Math.max(...bounds.map(([, high]) => high));
    const away = Math.min(...here.map(([low, high]) => Math.min(far(high), far(low) + 0.01)));
    const words = Math.min(...here.filter(([, high]) => away || high === yuan).map(([, , when]) => when.length));
    return [{ record, away, most, below: most > yuan ? 1 : 0, words }];
  });
  rated.sort((a, b) => index.ended[a.record] - index.ended[b.record] || a.away - b.away || a.below - b.below || a.words - b.words || a.most - b.most || a.record - b.record);
  const exact = rated.filter(({ record, away }) => !away && !index.ended[record]);
  const laws = index.facets.find(({ name }) => name === index.basis);
  return [...spread(exact, ({ record }) => laws?.rows[record][0], []), ...rated.slice(exact.length)].map(({ record }) => record);
}

/** What a query comes to without its amounts, and the amounts: { rest, prices: [{ yuan, more }] }. */
export function split(query) {
  const prices = amounts(query);
  const rest = prices.reduceRight((text, { from, to }) => `${text.slice(0, from)} ${text.slice(to)}`, query);
  return { rest, prices };
}

/** Whether nothing is asked but an amount: 罚五十万的是哪条. */
export function idle(rest) {
  return !rest.replace(/罚[款金]?|处罚|以上|以下|往上|超过|大于|高于|多于|不低于|不少于|至少|最少|最高|最低|多少|的|了|被|我们?|是|哪[条个]?|什么|会|要|\s|[?？]/gu, "");
}
