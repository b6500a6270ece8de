/** The citations of a text in whatever words, read by the grammar in reader/ and told as article.js tells them, with `quoted`. */
import { knownTitles, read } from "./reader/read.js";

const SUB = 100;

/** A citation of the reader as article.js has it; an instrument that is named by its number is told by its title, one read by its shape too, with what is written. */
export function simple({ law, levels, annex, quoted }, known) {
  const number = ([value, sub]) => value + sub / SUB;
  const numbered = law.keys.length === 1 && !known.exact.has(law.name);
  return { law: (numbered && known.titles.get(law.keys[0])) || law.name, misread: law.misread ? law.name : "", year: law.year, event: law.event, keys: law.keys, levels: levels.map((spans) => spans.map((span) => span.map(number))), annex, quoted };
}

/** The citations in a text, in order, by names from [key, title, …]; an instrument named without any article stands for itself. */
export function citations(text, known) {
  return read(text, known).citations.map((one) => simple(one, known));
}

/** The articles in a text that belong to no instrument that it names, as written. */
export function nameless(text, known) {
  const refused = read(text, known).refused.map(([from, to]) => text.slice(from, to).replace(/\s+/gu, ""));
  return [...new Set(refused.filter((one) => /^第.*条/u.test(one)))];
}

export { knownTitles as names };
