/** Which stretches of a text are somebody's words: between quotation marks, over lines where the marks go on. */
import { within } from "./titles.js";
import { bisect, match, placesOf, search } from "./words.js";

const CLOSE = { "“": "”", "「": "」", "『": "』", "‘": "’", '"': '"' };
/** Quotation marks around more than that set nothing off. */
const BRIEF = 200;
/** Who speaks stands no further before what is quoted of him. */
const SAID = 60;
const OPENED = Object.fromEntries(Object.entries(CLOSE).map(([opened, close]) => [close, opened]));

/** [start, end] of the quoted stretches in order; see src/quanze/law/reader/quotation.py. */
export function quotations(text, titles) {
  const marks = placesOf("“”\"「」『』‘’", text.text).filter((place) => !within(place, titles));
  const closing = closings(marks, text);
  const ends = [...text.breaks].sort((a, b) => a - b);
  const quotations = [];
  let [index, line] = [0, 0];
  while (index < marks.length) {
    const start = marks[index] + 1;
    const close = closing[index++];
    if (!CLOSE[text.text[start - 1]]) continue;
    let end;
    if (close === undefined) {
      while (line < ends.length && ends[line] < start) line++;
      end = line < ends.length ? ends[line] : text.text.length;
      while (index < marks.length && marks[index] < end) index++;
    } else {
      end = marks[close];
      index = close + 1;
    }
    quotations.push([start, end]);
  }
  const result = [];
  for (const [from, to] of quotations) {
    const beside = result.length > 0 && result.at(-1)[1] === from - 2;
    if (to > from && (beside || !shown([from, to], text, titles))) result.push([from, to]);
  }
  return result;
}

/** For each mark the number of the one that closes it; undefined where another quotation opens before it. */
function closings(marks, text) {
  const closing = new Array(marks.length);
  /** @type {Record<string, number | undefined>} */
  const following = {};
  for (let index = marks.length - 1; index >= 0; index--) {
    const sign = text.text[marks[index]];
    closing[index] = following[sign];
    if (OPENED[sign]) following[OPENED[sign]] = index;
    else if (!text.breaks.has(marks[index])) following[sign] = undefined;
  }
  return closing;
}

/** Whether the marks only set a citation off: nothing but titles and places is in them, nobody says it, and the text sets nothing right. */
function shown([start, end], folded, titles) {
  const { text } = folded;
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
  const before = text.slice(Math.max(0, start - 9), Math.max(0, start - 1));
  if (after || !search("set_off", before)) return after;
  return !said(folded, start) && !search("speaker", before) && !match("set_wrong", text.slice(end + 1, end + 13));
}

/** Whether what stands before a quotation on its line says that somebody speaks: 他说违反“…. */
function said(text, start) {
  const floor = Math.max(0, start - SAID);
  let line = Math.max(start - 1, floor);
  while (line > floor && !text.breaks.has(line)) line--;
  return search("says", text.text.slice(line, Math.max(line, start - 1)));
}
