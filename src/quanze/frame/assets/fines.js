/** The fines of the records in the index, and the amounts that a query names. */
import { amounts } from "./amount.js";

/** The ranges of a record's fines: [[low, high, when and whom]], in yuan. */
export function ranges(index, record) {
  return index.fines.rows[record].map((number) => {
    const [low, high, when] = index.fines.values[number].split(/[- ]/u, 3);
    return /** @type {[number, number, string]} */ ([Number(low), Number(high), when ?? ""]);
  });
}

/** Whether one of a record's fines can be of that amount. */
export function within(index, record, yuan) {
  return ranges(index, record).some(([low, high]) => low <= yuan && yuan <= high);
}

/** The records whose fine can be of the amount that a query names: those first of which it is a bound, the most before the least, or near to one. */
export function priced(index, yuan) {
  const far = (bound) => (bound ? Math.abs(Math.log(yuan / bound)) : Infinity);
  const away = (record) => {
    const bounds = ranges(index, record).filter(([low, high]) => low <= yuan && yuan <= high);
    return Math.min(...bounds.map(([low, high]) => Math.min(far(high), far(low) + 0.01)));
  };
  const most = (record) => Math.max(...ranges(index, record).map(([, high]) => high));
  const found = index.keys.flatMap((_, record) => (within(index, record, yuan) ? [{ record, away: away(record), most: most(record) }] : []));
  found.sort((a, b) => index.ended[a.record] - index.ended[b.record] || a.away - b.away || a.most - b.most || a.record - b.record);
  return found.map(({ record }) => record);
}

/** What a query comes to without its amounts, and the amounts. */
export function split(query) {
  const found = amounts(query);
  const rest = found.reduceRight((text, { from, to }) => `${text.slice(0, from)} ${text.slice(to)}`, query);
  return { rest, prices: found.map(({ yuan }) => yuan) };
}

/** Whether nothing is asked but an amount: 罚五十万的是哪条. */
export function idle(rest) {
  return !rest.replace(/罚[款金]?|处罚|以上|以下|最高|最低|多少|的|是|哪[条个]?|什么|会|要|\s|[?？]/gu, "");
}
