/** Which stretches of a text are somebody's words: between quotation marks, over lines where the marks go on. */
import { within } from "./titles.js";
import { bisect, match, search } from "./words.js";

const CLOSE = { "“": "”", "「": "」", "『": "』", "‘": "’", '"': '"' };
const OPENED = Object.fromEntries(Object.entries(CLOSE).map(([opened, close]) => [close, opened]));

/** [start, end] of the quoted stretches in order; see src/quanze/law/reader/quotation.py. */
export function quotations(text, titles) {
  const marks = [...text.text.matchAll(/[“”"「」『』‘’]/gu)].filter(({ index }) => !within(index, titles));
  const closing = closings(marks, text);
  const ends = [...text.breaks].sort((a, b) => a - b);
  const found = [];
  let [at, line] = [0, 0];
  while (at < marks.length) {
    const opened = marks[at];
    const close = closing[at++];
    if (!CLOSE[opened[0]]) continue;
    const start = opened.index + 1;
    let end;
    if (close === undefined) {
      while (line < ends.length && ends[line] < start) line++;
      end = line < ends.length ? ends[line] : text.text.length;
      while (at < marks.length && marks[at].index < end) at++;
    } else {
      end = marks[close].index;
      at = close + 1;
    }
    found.push([start, end]);
  }
  return found.filter(([from, to]) => to > from && !shown([from, to], text.text, titles));
}

/** For each mark the number of the one that closes it; undefined where another quotation opens before it. */
function closings(marks, text) {
  const found = [];
  /** @type {Record<string, number | undefined>} */
  const following = {};
  for (let at = marks.length - 1; at >= 0; at--) {
    const sign = marks[at][0];
    found[at] = following[sign];
    if (OPENED[sign]) following[OPENED[sign]] = at;
    else if (!text.breaks.has(marks[at].index)) following[sign] = undefined;
  }
  return found;
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
