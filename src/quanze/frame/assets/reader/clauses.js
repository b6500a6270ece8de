/** Articles of the text's own: it is a rule or contract whose lines begin with 第一条, or speaks of 本合同第九条. */
import { same } from "./known.js";
import { within } from "./titles.js";
import { before, equal } from "./units.js";
import { all, match, search } from "./words.js";

const ARTICLE = 0;
const NEAR = 30;
const OPENING = 24;

function first([number, sub]) {
  return number === 1 && !sub;
}

/** Whether an article without a law may be the text's own rather than that law's. */
export function mayBeOwn({ heads, over, spoken }, law) {
  return heads.size ? !over || same(over) !== same(law) : spoken;
}

/** { heads, over, spoken } of a text; see the class OwnArticles of src/quanze/law/reader/clauses.py. */
export function ownArticles(text, numbers, titles, quotes) {
  const spans = quotes.map(([start, end]) => ({ start, end }));
  const laws = titles.filter((title) => title.law.kind);
  const heads = [];
  let [over, last, theirs] = [null, [0, 0], null];
  let [passed, telling] = [0, false];
  for (const group of numbers) {
    if (!begins(text, group) || within(group.start, spans)) continue;
    while (passed < laws.length && laws[passed].start < group.start) passed++;
    const title = standing(text, laws, passed, group.start);
    const number = group.spans[0][0];
    if (!heads.length) {
      if (!first(number) && passed) continue;
      [over, telling] = [title, !passed && tells(text, group)];
    } else if (title) {
      theirs = number;
      continue;
    } else if (!first(number)) {
      const follows = before(last, number) && (!theirs || !before(theirs, number));
      if (!follows && !equal(number, [last[0] + 1, 0])) continue;
    }
    heads.push(group.start);
    last = number;
  }
  const own = (name) => Array.from(all(name, text.text)).filter(({ index }) => !within(index, spans));
  const words = own("own_document");
  const counts = heads.length > 1 || telling || words.length;
  return { heads: new Set(counts ? heads : []), over: counts ? over : null, spoken: own("contract").length + own("own_rules").length > 0 };
}

/** Whether an article begins a line, or a sentence, that goes on with its text; 第一条 may stand behind a title. */
function begins({ text, breaks, spaces }, { start, end, spans, unit, ordinal, said }) {
  if (unit !== ARTICLE || !ordinal || !said || spans.length > 1 || !equal(...spans[0])) return false;
  if (start && !breaks.has(start) && !"。;".includes(text[start - 1])) {
    const titled = first(spans[0][0]) && spaces.has(end);
    if (!titled || !search("noun", text.slice(Math.max(0, start - OPENING), start))) return false;
  }
  return Boolean(match(spaces.has(end) ? "clause" : "clause_glued", text.slice(end, end + OPENING)));
}

function tells({ text, spaces }, { end }) {
  return spaces.has(end) && Boolean(match("clause_alone", text.slice(end, end + OPENING)));
}

/** The law whose title stands right over an article, or on the first line of the text. */
function standing({ text, breaks }, laws, passed, start) {
  if (!passed) return null;
  const [nearest, top] = [laws[passed - 1], laws[0]];
  if (match("over", start - nearest.end <= NEAR ? text.slice(nearest.end, start) : "。")) return nearest.law;
  return !top.start && breaks.has(top.end) ? top.law : null;
}
