/**
 * The article that a query asks for, as people write it: 安全生产法97, 安法97(三), 危化条例 78.1.3, 《安全生产法》第九十七条第三项.
 *
 * A law may be shortened to any characters of its name in their order that end as its class does. Numbers after the
 * article that stand alone are 款 or 项: both are readings, and who asks takes the one that something rests on.
 */
import { cites, ending } from "./article.js";
import { fold } from "./fold.js";

const SIGNS = "零〇一二两三四五六七八九十百千";
const NUMBER = `(?:[0-9]{1,4}|[${SIGNS}]{1,7})`;
const QUERY = new RegExp(`^(?<law>[^0-9§]*?)[-.·:]?[§第]?(?<article>[0-9]{1,4}(?![0-9])|${NUMBER}(?=条|$|[-/.·(]))条?(?<sub>之${NUMBER})?(?<rest>.*)$`, "u");
const PART = new RegExp(`[-/.·、]?(\\(?)第?\\(?(${NUMBER})\\)?([款项]?)\\)?`, "uy");
const BRACKETED = /^[(（][^()（）]+[)）]$/u; // 97(3): no other number is written so
const NUMBERED = new RegExp(`[0-9)${SIGNS}]条(?!例)`, "u");
/** What a place alone has not: a list, a range, other marks, numbers in rings, two articles, 之 before a figure, words right after 项. */
const SEVERAL = new RegExp(`[、,;:~—〈〉「」『』“”"‘’【】①-⓿㈠-㈩]|[条款项第].*-|-.*[条款项]|[和及与或至到](?=[第(0-9${SIGNS}])|条(?!例).*条(?!例)|之([0-9]|[${SIGNS}][0-9${SIGNS}])|[项目](?!第)[一-鿿]`, "u");
const CLASS = /(?:法|条例|规定|办法|细则|决定|规则|规程)$/u;
const FRESH = /^(?:新修订的?|新|现行的?|最新的?)|的$/gu;

/** [number, 款 or 项 or neither] of what stands after an article; null where it is something else. */
function parts(rest) {
  const pairs = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < rest.length) {
    const part = PART.exec(rest);
    if (!part) return null;
    pairs.push([part[2], part[3] || (part[1] ? "项" : "")]);
  }
  return pairs.length > 2 ? null : pairs;
}

/** The ways to read such numbers, as a law writes them. */
function levels(rest) {
  const pairs = rest ? parts(rest) : [];
  if (!pairs) return [rest];
  const written = (...units) => pairs.map(([number, unit], place) => `第${number}${unit || units[place]}`).join("");
  if (pairs.length === 1 && !pairs[0][1]) return [written("项"), written("款")];
  return [written(pairs.length > 1 ? "款" : "项", "项")];
}

/** In how many pieces a name has the characters of another in their order; 0 where it has them not. */
function pieces(short, long) {
  let [at, count, last] = [0, 0, -2];
  for (let place = 0; place < long.length && at < short.length; place++) {
    // The end of the name belongs to the end: 安法 is 安全生产法, not an earlier 法.
    if (long[place] !== short[at] || (at === short.length - 1 && place < long.length - 1)) continue;
    if (place !== last + 1) count++;
    [last, at] = [place, at + 1];
  }
  return at === short.length ? count : 0;
}

/** The laws that a shortened name may mean: [key, …]. */
function meant(name, laws, known) {
  const short = name.replace(FRESH, "");
  if (short.length < 2) return [];
  const whole = known.keys.get(ending(short, known));
  if (whole) return whole;
  const within = laws.filter(([, ...titles]) => titles.some((title) => title.includes(short)));
  const rated = CLASS.test(short) ? laws.map(([key, ...titles]) => ({ key, ...closest(short, titles) })).filter(({ count }) => count) : [];
  const least = Math.min(...rated.map(({ rank }) => rank));
  const begun = rated.filter(({ rank, first }) => rank === least && (first || !within.length));
  return [...new Set([...within.map(([key]) => key), ...begun.map(({ key }) => key)])];
}

/** What a law's name may be: in 危化条 97 and 安法条 97 the 条 is a class cut off, or the article's. */
function forms(name) {
  return name.endsWith("条") ? [`${name}例`, name.slice(0, -1)] : [name];
}

/** How close the closest of a law's titles is: in how many pieces, and whether both begin with the same character. */
function closest(short, titles) {
  const rated = titles.map((title) => ({ count: pieces(short, title), first: title[0] === short[0] })).filter(({ count }) => count)
    .map((one) => ({ ...one, rank: one.count + (one.first ? 0 : 10) }));
  return rated.sort((a, b) => a.rank - b.rank)[0] ?? { count: 0, first: false, rank: Infinity };
}

/** Whether a query that names an article is more than one place of a law, or not understood, so that the grammar of all texts has to read it. */
export function involved(typed, laws, known) {
  const query = fold(typed);
  return NUMBERED.test(query) && (SEVERAL.test(query) || SEVERAL.test(typed) || !asked(typed, laws, known).length);
}

/**
 * What a query may ask for as a citation, the readings in order, by names from [key, title, …]; none where it reads as no citation.
 * `read` is what reads it where it is involved.
 */
export function asked(typed, laws, known, read = /** @type {any} */ (null)) {
  const query = fold(typed);
  const whole = (read?.(typed) ?? cites(query, known)).filter(({ keys, levels: [articles] }) => keys.length && articles.length);
  const { law, article, sub = "", rest } = QUERY.exec(query.replace(/[《》]/gu, ""))?.groups ?? {};
  if (whole.length && (read || !(rest && parts(rest)?.some(([, unit]) => !unit)))) return [whole.at(-1)];
  if (!article || !(law || query.includes("条") || BRACKETED.test(rest))) return [];
  const meaning = law ? forms(law).map((name) => meant(name, laws, known)).filter((keys) => keys.length) : [[]];
  return meaning.flatMap((keys) => levels(rest).flatMap((after) => {
    const cited = cites(`第${article}条${sub}${after}`, known).at(-1);
    if (!cited || (rest && !cited.levels.slice(1).some((spans) => spans.length))) return [];
    return [{ ...cited, law, keys }];
  }));
}
