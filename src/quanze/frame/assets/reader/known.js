/** The instruments that are known by name, and which unknown titles are those of a law by their words. */
import { decreesOf, ORDER } from "./decrees.js";
import { plain } from "./folding.js";
import { compiled, DATA, match, STATE, without } from "./words.js";

export const CLASSES = DATA.classes;
export const HEAD = 2;
const LONGEST = 300;
/** What stands for an event where the text names a version by its number. */
export const NUMBERED = "文号";
export const NOTE_END = /[(][^()]*[)]$/u;
const { fewest: FEWEST, each: EACH } = DATA.misread;
const NO_LAW = DATA.no_law.map((source) => compiled(source));
const LAWS = new Set([...DATA.laws, ...DATA.law_anyway]);

/** A title without the name of the state. */
export function short(name) {
  return name.startsWith(STATE) ? name.slice(STATE.length) : name;
}

/** What a title names: keys, its name, its class (empty for no law), the year and the event that name a version. */
export function instrument(keys, name, kind, year = "", event = "") {
  return { keys, name, kind, year, event };
}

const identities = new WeakMap();

/** What makes it the same instrument as another. */
export function same(law) {
  let identity = identities.get(law);
  if (!identity) identities.set(law, (identity = JSON.stringify(law.keys.length ? law.keys : [law.name, law.year])));
  return identity;
}

/** The same instrument, in no version. */
export function undated(law) {
  return { ...law, year: "", event: "" };
}

/** The class of a title by its end; empty where no class ends so. */
export function kindOf(title) {
  let bare = title.length <= LONGEST ? title : "";
  while (NOTE_END.test(bare)) bare = bare.replace(NOTE_END, "");
  return CLASSES.find(([end]) => bare.endsWith(end))?.[1] ?? "";
}

/**
 * The names of a register's instruments, made once for many texts, from [key, full title, short title, …], and their numbers, from
 * [key, 文号, the day of promulgation of the version that it names, if it names one]; `alike` has for a sign of the names those that
 * may be taken for it.
 */
export function knownTitles(laws, numbers = [], alike = {}) {
  const known = { alike, decrees: decreesOf(numbers), exact: new Map(), kinds: new Map(), titles: new Map(), sized: new Map(), meant: new Map(), all: new Set(), lengths: new Map() };
  for (const [key, ...names] of laws) {
    const folded = names.map(plain);
    known.titles.set(key, short(folded[0] ?? ""));
    known.kinds.set(key, folded.length ? kindOf(folded[0]) : "");
    for (const name of new Set(folded.flatMap((full) => [full, short(full), without("issuer", short(full))]).filter(Boolean))) {
      known.exact.set(name, [...(known.exact.get(name) ?? []), key]);
    }
  }
  for (const [name, keys] of known.exact) {
    if (!known.sized.has(name.length)) known.sized.set(name.length, []);
    known.sized.get(name.length).push([name, keys]);
  }
  for (const name of [...known.exact.keys(), ...LAWS]) {
    if (name.length >= HEAD && !name.startsWith(STATE)) known.all.add(name);
  }
  const lengths = new Map();
  for (const name of known.all) {
    const head = name.slice(0, HEAD);
    lengths.set(head, (lengths.get(head) ?? new Set()).add(name.length));
  }
  for (const [head, found] of lengths) known.lengths.set(head, [...found].sort((a, b) => b - a));
  known.first = new Set([...lengths.keys()].map((head) => head[0]));
  return known;
}

/** The keys of a name; none for a law that the register lacks, null for a name that is no law's. */
export function keysOf(known, name) {
  const bare = short(name);
  return known.exact.get(name) ?? known.exact.get(bare) ?? (LAWS.has(bare) ? [] : null);
}

/** Whether a title can be this name with few of its signs mistaken for others of their shape. */
function mistaken(written, name, alike) {
  if (written.length !== name.length || name.length < FEWEST) return false;
  let left = Math.max(1, Math.floor(name.length / EACH));
  for (let at = 0; at < name.length; at += 1) {
    if (written[at] === name[at]) continue;
    left -= 1;
    if (left < 0 || !alike[name[at]]?.includes(written[at])) return false;
    if (at < (match("region", name)?.[0].length ?? 0)) return false; // 宜城市 is not 宣城市, however alike they look
  }
  return true;
}

/** The keys of the one instrument that a title means of which signs were mistaken; else none. */
function misread(known, name) {
  const head = name.slice(0, STATE.length);
  const titles = head !== STATE && mistaken(head, STATE, known.alike) ? [name, name.slice(STATE.length)] : [short(name)];
  const found = new Map();
  for (const title of titles) {
    for (const [one, keys] of known.sized.get(title.length) ?? []) {
      if (title === one || mistaken(title, one, known.alike)) found.set(JSON.stringify(keys), keys);
    }
  }
  return found.size === 1 ? [...found.values()][0] : [];
}

/** What a title means of which signs were mistaken, under the name as it is written, or null. */
export function meantBy(known, name) {
  const keys = misread(known, name);
  return keys.length ? { ...instrument(keys, short(name), known.kinds.get(keys[0])), misread: true } : null;
}

/** What a known name means, or a common short one, or null; looked up once. */
export function named(known, name) {
  const found = known.meant.get(name);
  if (found) return found;
  const law = lookedUp(known, name);
  if (law) known.meant.set(name, law);
  return law;
}

function lookedUp(known, name) {
  const keys = keysOf(known, name) ?? (name in DATA.short ? keysOf(known, DATA.short[name]) : null);
  if (!keys) return null;
  const kind = keys.length ? known.kinds.get(keys[0]) : "";
  return instrument(keys, short(name), kind || kindOf(name) || "法");
}

/** What the number of a decree means: of one that the register lacks only that somebody issued it. */
export function decreed(known, { keys, name, day }) {
  return instrument(keys, name, (keys.length && known.kinds.get(keys[0])) || ORDER, day, keys.length && day ? NUMBERED : "");
}

/** Whether an unknown title is one of a law, regulation or rule by its words. */
export function lawful(name) {
  const bare = short(name);
  return LAWS.has(bare) || Boolean(kindOf(bare) && bare.length > HEAD && !NO_LAW.some((no) => no.test(bare)));
}
