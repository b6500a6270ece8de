/** Quotation marks that only hold the fields of a table, "…","…", or the strings of JSON: nobody speaks in them. */

/** What JSON is made of up to the end of its next string. */
const PART = /[ \t\n\r{}[\]:,+.0-9eEtrufalsn-]*(?:("(?:[^"\\\n\r]|\\[^\n\r])*")|$)/uy;
const LINE = /[^\n\r]+/gu;
/** A line of three fields at least. */
const FIELDS = /^(?:"[^"]*(?:""[^"]*)*"|[^",]*)(?:,(?:"[^"]*(?:""[^"]*)*"|[^",]*)){2,}$/u;
const QUOTED = /"[^"]*(?:""[^"]*)*"/gu;
const BLANK = " \t\n\r";

/** A text with white space for such marks, each of its signs where it was; a mark that a field doubles is one. */
export function unquoted(source) {
  if (!source.includes('"')) return source;
  let [first, last] = [0, source.length - 1];
  while (BLANK.includes(source[first])) first++;
  while (BLANK.includes(source[last])) last--;
  if (["{}", "[]"].includes(source[first] + source[last])) return blanked(source, strings(source));
  return source.includes(',"') || source.includes('",') ? blanked(source, fields(source)) : source;
}

/** Where the strings of JSON stand; nowhere where it is none. */
function strings(source) {
  const found = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < source.length) {
    const part = PART.exec(source);
    if (!part) return [];
    if (part[1]) found.push([PART.lastIndex - part[1].length, PART.lastIndex]);
  }
  return found;
}

/** Where the quoted fields stand in lines of as many fields as the line before or after. */
function fields(source) {
  const lines = [...source.matchAll(LINE)];
  const counts = lines.map(([line]) => (FIELDS.test(line) ? line.replace(QUOTED, "").split(",").length : 0));
  const rows = lines.filter((_, at) => counts[at] && (counts[at] === counts[at - 1] || counts[at] === counts[at + 1]));
  return rows.flatMap(({ 0: line, index }) => Array.from(line.matchAll(QUOTED), (field) => [index + field.index, index + field.index + field[0].length]));
}

function blanked(source, spans) {
  const parts = [];
  let done = 0;
  for (const [start, end] of spans) {
    parts.push(source.slice(done, start), " ", source.slice(start + 1, end - 1).replaceAll('""', '" '), " ");
    done = end;
  }
  return parts.join("") + source.slice(done);
}
