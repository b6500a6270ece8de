/** Tables whose columns are each of one law, or of one version of it: 2014年｜2021年; as src/quanze/law/reader/columns.py. */
import { yearOf } from "./noted.js";
import { bisect, match, search } from "./words.js";

const LINE = /[^\n\r]+/gu;
/** What stands between the cells of a row; the first that a line has. */
const SEPARATORS = [/\t/gu, /[|｜│┃]/gu, /→/gu, /(?<=[^ 　])[ 　]{2,}(?=[^ 　])/gu];
/** A table has no more cells in a row, and what heads a column is no longer. */
const MOST = 30;
const LONGEST = 40;
const FORMER = "旧";

/** The cells of a text's tables in order, { start, end, head }, where the first row of a table says what its columns are of. */
export function columns(text, titles) {
  const found = [];
  const kinds = SEPARATORS.filter((separator) => text.source.search(separator) >= 0);
  let [kind, size, heads] = [null, 0, []];
  for (const { 0: line, index } of kinds.length ? text.source.matchAll(LINE) : []) {
    const separator = kinds.find((one) => line.search(one) >= 0);
    const between = separator ? line.match(separator).length : 0;
    if (!between || between >= MOST) [kind, size, heads] = [null, 0, []];
    else if (separator !== kind || between !== size) {
      [kind, size] = [separator, between];
      const cells = cellsOf(text, line, index, separator);
      heads = cells.map((cell) => head(text.text, titles, cell));
      if (cells.filter(([start, end]) => end > start).length < 2 || !heads.some(Boolean)) heads = [];
    } else if (heads.length) {
      const cells = cellsOf(text, line, index, separator);
      for (const [at, [start]] of cells.entries()) found.push({ start, end: start, head: heads[at] });
      const [, end] = cells.at(-1);
      found.push({ start: end, end, head: null });
    }
  }
  return found;
}

/** Where in the folded text the cells of a line are, [start, end] of each. */
function cellsOf({ starts }, line, index, separator) {
  const cells = [];
  let start = 0;
  for (const { 0: words, index: end } of line.matchAll(separator)) {
    cells.push([start, end]);
    start = end + words.length;
  }
  return [...cells, [start, line.length]].map((cell) => cell.map((at) => bisect(starts, index + at)));
}

/** What the first cell of a column says that it is of, { law, year, event }; null where it says anything else. */
function head(text, titles, cell) {
  const [start, end] = cell;
  if (end - start < 2 || end - start > LONGEST) return null;
  const at = bisect(titles, start, (title) => title.start);
  const within = titles.slice(at, at + 2).filter((title) => title.end <= end);
  const [title] = within;
  const law = title?.law ?? null;
  const words = law?.kind ? text.slice(start, title.start) + text.slice(title.end, end) : text.slice(start, end);
  if (within.length > 1 || (law && !law.kind) || match("column", words)[0].length < words.length) return null;
  let [year, event] = yearOf(words);
  const [bygone, present] = [Boolean(search("column_bygone", words)), Boolean(search("column_present", words))];
  if (law && !year) ({ year, event } = law);
  if (!year && bygone && !present) event = FORMER;
  return law || year || bygone !== present ? { law, year, event } : null;
}
