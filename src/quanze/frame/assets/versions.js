/**
 * What a record said in each of its versions, from the script beside its page (quanze.site.versions): its rows,
 * and what differs between two texts.
 */
import { element } from "./dom.js";
import { part } from "./loading.js";

const kept = new Map();
const MOST = 1_000_000; // pairs of signs that are held against each other; longer texts are told whole
const TOKEN = /[0-9０-９.]+|[A-Za-z]+|[^]/gu;

/** The versions of the record at an address such as items/xzcf-001/. */
export function read(address) {
  if (!kept.has(address)) {
    const asked = part(`${address}history.js`).then((record) => ({ ...record, address, versions: record.versions.map((version, at) => ({ ...version, at })) }));
    kept.set(address, asked);
    asked.catch(() => kept.delete(address));
  }
  return kept.get(address);
}

/** The version that a commit made, or null. */
export function made({ versions }, commit) {
  return (commit.length > 6 && versions.find((version) => version.commit.startsWith(commit) || commit.startsWith(version.commit))) || null;
}

/** The rows of a version as { key, name, text }; of null, those of the text as it stands. */
export function rows({ texts, now }, version) {
  return (version ? version.rows : now).map((number) => {
    const [name, text, key = name] = texts[number];
    return { key, name, text };
  });
}

/** The rows of two sides, each with its partner or null, in the order of the newer with what only the older has put between. */
export function pairs(left, right) {
  const mine = new Map(left.map((row) => [row.key, row]));
  const theirs = new Set(right.map(({ key }) => key));
  const partners = right.map((row) => [mine.get(row.key) ?? null, row]);
  let at = 0;
  for (const row of left) {
    const place = partners.findIndex(([other]) => other === row);
    if (theirs.has(row.key)) at = place + 1;
    else partners.splice(at++, 0, [row, null]);
  }
  return partners;
}

/** Two texts as nodes, each with what only it has marked. */
export function differing(old, now) {
  const [a, b] = [old, now].map((text) => text.match(TOKEN) ?? []);
  if (old === now || !old || !now || a.length * b.length > MOST) return [[old], [now]];
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] = a[i] === b[j] ? common[(i + 1) * width + j + 1] + 1 : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
    }
  }
  if (common[0] < 0.3 * Math.max(a.length, b.length)) return [[old], [now]];
  const sides = [[], []];
  const put = (side, tag, sign) => {
    const last = sides[side].at(-1);
    if (last?.tag === tag) last.text += sign;
    else sides[side].push({ tag, text: sign });
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      put(0, "", a[i++]);
      put(1, "", b[j++]);
    } else if (j >= b.length || (i < a.length && common[(i + 1) * width + j] >= common[i * width + j + 1])) put(0, "del", a[i++]);
    else put(1, "ins", b[j++]);
  }
  return sides.map((side) => side.map(({ tag, text }) => (tag ? element(tag, {}, text) : text)));
}

/** What a version is called: when it was recorded and from when it holds. */
export function name({ date, kind, start, end, status }) {
  const since = start && start !== date ? `，${start} 起` : "";
  return `${date} 记录（${kind}${since}${end ? `，${end} 止` : ""}${status && status !== "有效" ? `，${status}` : ""}）`;
}
