/**
 * Citations as search and notice box use them: { law, keys, levels, quoted }, read by the grammar in reader/.
 *
 * `law` is the instrument's name as written, `keys` are the instruments of that name, `levels` holds for each of
 * 条, 款, 项, 目 the spans [from, to] named; 第十二条之一 is 12.01.
 */
import { knownTitles, read } from "./reader/read.js";
import { numeral } from "./reader/words.js";

export { numeral };

const LEVELS = ["条", "款", "项", "目"];
const SUB = 100;
/** The names of the instruments, from [key, title, …]: what `citations` and `asked` take. */
export function names(laws) {
  return Object.assign(knownTitles(laws), { laws });
}

/** A citation of the reader as search and notice box use it. */
export function simple({ law, levels, quoted }) {
  const number = ([value, sub]) => value + sub / SUB;
  return { law: law.name, keys: law.keys, levels: levels.map((spans) => spans.map((span) => span.map(number))), quoted };
}

/** The citations in a text, in order; an instrument named without any article stands for itself. */
export function citations(text, known) {
  return read(text, known).citations.map(simple);
}

/** The articles in a text that belong to no instrument that it names, as written. */
export function nameless(text, known) {
  const found = read(text, known).refused.map(([from, to]) => text.slice(from, to).replace(/\s+/gu, ""));
  return [...new Set(found.filter((one) => /^第.*条/u.test(one)))];
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
    const part = Math.round((value % 1) * SUB);
    return `第${numeral(Math.floor(value))}${level}${part ? `之${numeral(part)}` : ""}`;
  };
  const span = ([from, to], level) => (from === to ? one(from, level) : `${one(from, level)}至${one(to, level)}`);
  const said = levels.map((found, i) => found.map((pair) => span(pair, LEVELS[i])).join("、")).join("");
  return (law ? `《${law}》` : "") + said;
}
