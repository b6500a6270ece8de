/** What a pasted notice rests on, from the index in memory. */
import { hit, label, resting } from "./answer.js";

/**
 * The answer to { text, limit } of a notice: { citations: [{ label, named, quoted, known, law, total, hits }] }, `named` being
 * whether the text says of which instrument the article is (no power rests on an article of no law), `known` whether
 * the register has an instrument of that name, and `law` its page where there is just one.
 */
export function notice(index, { text, limit }) {
  const found = index.reader.citations(text, index.known).map((ask) => {
    const records = ask.levels[0].length && !ask.quoted ? resting(index, ask) : [];
    const law = ask.keys.length === 1 ? index.keys.indexOf(ask.keys[0]) : -1;
    return {
      label: label(index, ask),
      named: true,
      quoted: ask.quoted,
      known: ask.keys.length > 0,
      law: law < 0 ? null : hit(index, law, []),
      total: records.length,
      hits: records.slice(0, limit).map((record) => hit(index, record, [])),
    };
  });
  const lost = index.reader.nameless(text, index.known).map((one) => {
    return { label: one, named: false, quoted: false, known: false, law: null, total: 0, hits: [] };
  });
  return { citations: [...found, ...lost] };
}
