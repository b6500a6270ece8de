/** Which stretches of a text are somebody's words: between quotation marks, over lines where the marks go on. */
import { within } from "./titles.js";
import { bisect, match, search } from "./words.js";

const CLOSE = { "“": "”", "「": "」", "『": "』", "‘": "’", '"': '"' };
/** Quotation marks around more than that set nothing off. */
const BRIEF = 200;
const OPENED = Object.fromEntries(Object.entries(CLOSE).map(([opened, close]) => [close, opened]));

/** [start, end] of the quoted stretches in order; see src/quanze/law/reader/quotation.py. */
export function quotations(text, titles) {
  const marks = [...text.text.matchAll(/[“”"「」『』‘’]/gu)].filter(({ index }) => !within(index, titles));
  const closing = closings(marks, text);
  const ends = [...text.breaks].sort((a, b) => a - b);
  const quotations = [];
  let [index, line] = [0, 0];
  while (index < marks.length) {
    const opened = marks[index];
    const close = closing[index++];
    if (!CLOSE[opened[0]]) continue;
    const start = opened.index + 1;
    let end;
    if (close === undefined) {
      while (line < ends.length && ends[line] < start) line++;
      end = line < ends.length ? ends[line] : text.text.length;
      while (index < marks.length && marks[index].index < end) index++;
    } else {
      end = marks[close].index;
      index = close + 1;
    }
    quotations.push([start, end]);
  }
  return quotations.filter(([from, to]) => to > from && !shown([from, to], text.text, titles));
}

/** For each mark the number of the one that closes it; undefined where another quotation opens before it. */
function closings(marks, text) {
  const closing = [];
  /** @type {Record<string, number | undefined>} */
  const following = {};
  for (let index = marks.length - 1; index >= 0; index--) {
    const sign = marks[index][0];
    closing[index] = following[sign];
    if (OPENED[sign]) following[OPENED[sign]] = index;
    else if (!text.breaks.has(marks[index].index)) following[sign] = undefined;
  }
  return closing;
}

/** Whether the marks only set a citation off: nothing but titles and places is in them, and nobody says it. */
function shown([start, end], text, titles) {
  const first = bisect(titles, start, (title) => title.start);
  const after = first > 0 && titles[first - 1].end === start - 1;
  let [at, begin, between] = [first, start, ""];
  while (at < titles.length && titles[at].end <= end && between.length <= BRIEF) {
    between += text.slice(begin, titles[at].start);
    begin = titles[at++].end;
  }
  between += text.slice(begin, Math.min(end, begin + BRIEF));
  if (at === first + 1 && begin === end && !between) return true;
  if (!(after || at > first) || between.length >= BRIEF || !match("shown", between)) return false;
  return after || !search("speaker", text.slice(Math.max(0, start - 9), Math.max(0, start - 1)));
}
