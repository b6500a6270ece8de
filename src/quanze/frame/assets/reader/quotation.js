/** Which stretches of a text are somebody's words: between quotation marks, over lines where the marks go on. */
import { within } from "./titles.js";
import { bisect, match, search } from "./words.js";

const CLOSE = { "“": "”", "「": "」", "『": "』", "‘": "’", '"': '"' };

/** [start, end] of the quoted stretches in order; see src/quanze/law/reader/quotation.py. */
export function quotations(text, titles) {
  const marks = [...text.text.matchAll(/[“”"「」『』‘’]/gu)].filter(({ index }) => !within(index, titles));
  const ends = [...text.breaks].sort((a, b) => a - b);
  const found = [];
  let [at, line] = [0, 0];
  while (at < marks.length) {
    const opened = marks[at];
    if (!CLOSE[opened[0]]) {
      at++;
      continue;
    }
    const start = opened.index + 1;
    while (line < ends.length && ends[line] < start) line++;
    const edge = line < ends.length ? ends[line] : text.text.length;
    const [end, next] = closed(marks, at + 1, opened[0], text, edge);
    found.push([start, end]);
    at = next;
  }
  return found.filter(([from, to]) => to > from && !shown([from, to], text.text, titles));
}

/**
 * Where a quotation ends and the number of the mark after it.
 * @returns {[number, number]}
 */
function closed(marks, first, opened, text, edge) {
  for (let at = first; at < marks.length; at++) {
    if (marks[at][0] === CLOSE[opened]) return [marks[at].index, at + 1];
    if (marks[at][0] === opened && !text.breaks.has(marks[at].index)) break;
  }
  let next = first;
  while (next < marks.length && marks[next].index < edge) next++;
  return [edge, next];
}

/** Whether the marks only set a title off, or a citation that something is based on: 依据“《…》第三条”. */
function shown([start, end], text, titles) {
  const at = bisect(titles, start, (title) => title.start);
  const titled = at < titles.length && titles[at].start === start && titles[at].end <= end;
  const place = text.slice(titled ? titles[at].end : start, Math.min(end, start + 200));
  if (titled && !place) return true;
  const after = at > 0 && titles[at - 1].end === start - 1;
  if (!(titled || after) || !match("shown", place)) return false;
  return after || Boolean(search("lead", text.slice(Math.max(0, start - 9), Math.max(0, start - 1))));
}
