/**
 * Records named by their number, as people write it: xzcf-21, XZCF 021, cf 59, 处罚第21号, 012, a part of a code.
 *
 * An id is made of letters and a number; a number may stand behind those letters, behind their last ones, or behind a word for the
 * kind of power or record, of which people leave out characters (其他权力 for 其他行政权力).
 */
import { numeric } from "./amount.js";
import { folded, holders } from "./pools.js";

const ID = /^([a-z]+)-0*([0-9]+)$/u;
const ASKED = /^(?:查|找|看)?(?:事项)?(?:编号|编码|代码|序号)?[:：]?([a-z]{2,}|\p{Script=Han}{2,6}?)?[-_/.#]*(?:第|no\.?)?(0*)([0-9]{1,5})(?:号|项)?(?:事项|权责事项)?$/u;
const SPELT = /(?<=^[a-z]{2,}[-_]?第?)[零〇一二两三四五六七八九十百]+/u;
const CODE = /^[0-9a-z]{6,}$/u;
const PART = /^[0-9a-z/_-]{4,}$/u;
const TOLD = 3; // so many digits that begin with 0 are the number of an id by themselves

/** The letters and the number of a record's id; null where it is made otherwise. */
function parsed(key) {
  const parts = ID.exec(key.slice(key.indexOf("/") + 1));
  return parts && { letters: parts[1], number: Number(parts[2]) };
}

/** Whether one text is the other with characters left out. */
function within(short, long) {
  let matched = 0;
  for (const sign of long) if (sign === short[matched]) matched++;
  return matched === short.length;
}

/** Whether a record is of the kind that a word names. */
function called(index, record, word) {
  const kinds = index.facets.find(({ name }) => name === index.type);
  const names = [...(kinds?.rows[record].map((value) => kinds.values[value]) ?? []), ...index.labels.rows[record].map((value) => index.labels.values[value])];
  return names.some((name) => within(word, name));
}

/** The records that a folded query names by number, in the order of the index. */
export function numbered(index, written) {
  const query = written.replace(SPELT, numeric);
  const found = new Set();
  const [, word = "", zeros = "", digits] = ASKED.exec(query) ?? [];
  const bare = !word && zeros && zeros.length + digits.length >= TOLD;
  const end = `/${query}`;
  index.keys.forEach((key, record) => {
    if (key === query || key.endsWith(end)) found.add(record);
    const id = digits && (word || bare) ? parsed(key) : null;
    if (id && id.number === Number(digits) && (bare || id.letters.endsWith(word) || called(index, record, word))) found.add(record);
  });
  if (PART.test(query)) parts(index, query.replace(/[-_/]/gu, ""), (record) => found.add(record));
  return [...found].sort((a, b) => a - b);
}

/** The records one of whose codes has the part. */
function parts(index, part, take) {
  const words = index.pools[1];
  words.values.forEach((_, value) => {
    const whole = folded(words, value).replaceAll("-", "");
    if (CODE.test(whole) && whole.includes(part)) holders(words, value, take);
  });
}
