/** The paper that a pasted text is, by the words that papers are known by. */
import { fold } from "./fold.js";

const HEADING = 80; // characters in which a paper's name stands
const LINES = 8; // in which a title stands; a bare 决定书 is none, it says not of what
const TITLE = /^[^，。；、,;:：《》]{0,30}?(?:(?<=..)(?:决定|告知|通知)|指令|催告|答复|意见|裁定|判决|建议|通告)书(?:[(（][^()（）〔0-9]{1,6}[)）])?(?=$|[:：(（[【〔。]|.{0,12}[(（[【〔]20[0-9]{2})/u;
const NAMED = /送达|收到|作出的|不服/u; // another paper is named

const SERVED = /送达[^，。；]{0,12}$/u; // before a word: another paper, served before this one

/** Whether a text has a word that is not the name of a paper served before. */
function has(text, mark) {
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) if (!SERVED.test(text.slice(0, at))) return true;
  return false;
}

/** The title of a paper, from the lines that it begins with; empty where none of them is one. */
function title(lines) {
  return lines.map((line) => TITLE.exec(line)?.[0] ?? "").find((name) => name && !NAMED.test(name)) ?? "";
}

/**
 * Of papers with `marks`, the one that a text is: the one whose word ends its title; of a text without a title the one whose word
 * stands in its heading, then the one with the longest word; one that imposes a fine is none but those for which `fines` holds. Null
 * where it has none, and where its title is the name of another paper.
 */
export function paper(text, papers, fines) {
  const whole = fold(text);
  const head = whole.slice(0, HEADING);
  const name = title(text.split("\n").map((line) => fold(line.split(/(?<=书)\s/u)[0])).filter(Boolean).slice(0, LINES));
  const marked = papers.filter((one) => name || fines(one)).flatMap((one) => one.marks.map(fold).filter((mark) => has(name || whole, mark)).map((mark) => ({ one, mark })));
  const rank = ({ one, mark }) => (name ? name.lastIndexOf(mark) + mark.length : Number(head.includes(mark)));
  marked.sort((a, b) => rank(b) - rank(a) || b.mark.length - a.mark.length);
  return marked[0]?.one ?? null;
}
