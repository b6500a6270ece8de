/** Laws named by the number of their promulgation alone: 国务院令第493号, 国务院第493号令, 财资〔2022〕136号. */
import { plain } from "./folding.js";
import { all, compiled, DATA, match, search, STATE, value } from "./words.js";

/** The class of what is named by the number of a decree that nobody knows. */
export const ORDER = "令";
const LOOK = 30;
/** A name that is known and not shorter ends no other's. */
const SURE = 3;
const MAKERS = new Map(Object.entries(DATA.makers));
const SEVERAL = compiled(DATA.patterns.decree_several);
/** The known names by their last sign, the longest first. */
const ENDING = new Map();
for (const one of [...new Set([...MAKERS].flat())].sort((a, b) => b.length - a.length)) ENDING.set(one.at(-1), [...(ENDING.get(one.at(-1)) ?? []), one]);
const SPELT = new Map();
for (const [short, full] of MAKERS) SPELT.set(full, [...(SPELT.get(full) ?? []), short]);

/** The numbers of a register's instruments, made once for many texts, from [key, number, day of the version that it is of]. */
export function decreesOf(numbers) {
  const known = new Map();
  for (const [key, written, day] of numbers) {
    const text = plain(written);
    for (const found of all("decree", text)) {
      const { infix, what, number } = parts(found);
      const before = text.slice(0, found.index);
      const maker = infix || (before.startsWith(STATE) ? before.slice(STATE.length) : before);
      const name = `${what} ${number}`;
      known.set(name, [...(known.get(name) ?? []), ...spellings(maker).map((spelt) => [spelt, key, day])]);
    }
  }
  return known;
}

/**
 * The numbers in a folded text: those of the register, and decrees by whoever may issue one; { start, end, keys, name, day }. `breaks` are
 * the places before which a line begins: no name that nobody knows goes over one.
 */
export function* decrees(text, known, breaks = new Set()) {
  if (!text.includes("号")) return;
  for (const found of all("decree", text)) {
    const { infix, what, number, year: said } = parts(found);
    const end = found.index + found[0].length;
    const before = infix || text.slice(Math.max(0, found.index - LOOK), found.index);
    const rows = named(known, before, what, number);
    let line = breaks.size ? found.index - 1 : 0;
    while (line > found.index - before.length && !breaks.has(line)) line--;
    const own = !infix && line > found.index - before.length ? text.slice(line, found.index) : before;
    const maker = rows.length ? rows[0][0] : what === ORDER ? issuer(before, own) : "";
    if (!maker || search("decree_others", before)) continue;
    let [start, year] = [found.index - (infix ? 0 : maker.length), said];
    const told = search("decree_before", text.slice(Math.max(0, start - LOOK), start));
    if (told?.[0]) [start, year] = [start - told[0].length, year || (told[1] ?? "")];
    const same = rows.filter(([, , day]) => !year || !day || day.startsWith(year));
    if (rows.length && !same.length && what !== ORDER) continue;
    const name = what === ORDER ? `${MAKERS.get(maker) ?? maker}${what}第${number}号` : text.slice(start, end);
    const keys = [...new Set(same.map(([, key]) => key))];
    const days = new Set(same.map(([, , day]) => day).filter(Boolean));
    yield { start, end, keys, name, day: keys.length === 1 && days.size === 1 ? [...days][0] : year };
  }
}

/** What is known of a number of the maker whose name ends a text, under its longest name. */
function named(known, before, what, number) {
  const found = (known.get(`${what} ${number}`) ?? []).filter(([spelt]) => before.endsWith(spelt));
  const longest = Math.max(0, ...found.map(([spelt]) => spelt.length));
  return found.filter(([spelt]) => spelt.length === longest);
}

/** What is within a number, what it is, the number, its year. */
function parts([, what, bracketed, year, ofYear, inYear, bare, first, infix, document, last]) {
  const number = value(bracketed || ofYear || bare || first || last);
  return { infix: infix ?? "", what: document ? `(${document})` : what || ORDER, number, year: year || inYear || "" };
}

/** The ways in which a maker's name is written. */
function spellings(maker) {
  const full = MAKERS.get(maker) ?? maker;
  const both = [maker, full, ...(SPELT.get(full) ?? [])];
  return [...new Set(both.flatMap((one) => [one, one.replaceAll("人民政府", "政府")]).filter(Boolean))];
}

/** Who issues a decree at the end of a text, of its last line if nobody knows them; empty where nobody does. */
function issuer(before, line) {
  const known = ENDING.get(before.at(-1))?.find((one) => before.endsWith(one)) ?? "";
  if (known.length >= SURE) return known;
  let name = line.slice(match("verb", line)?.[0].length ?? 0);
  name = name.slice(match("decree_lead", name)?.[0].length ?? 0).split(SEVERAL).at(-1);
  return name === known || match("decree_maker", name) ? name : "";
}
