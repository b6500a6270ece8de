/** The citations of a text while it is read: a number after another goes deeper, goes on, or begins anew. */
import { span } from "./folding.js";
import { same } from "./known.js";
import { before, equal } from "./units.js";
import { UNITS } from "./words.js";

const ARTICLE = 0;
/** No number of any level; its lists are shared and never changed. */
export const NOTHING = UNITS.map(() => []);
const [, ...BELOW] = NOTHING;
/** @type {{ annex?: string, whole?: boolean, alone?: string }} */
const NO_MORE = {};
/** What is of whatever law the text named last. */
export const ANY = "任何";

/** The deepest level named; -1 where none is. */
export function depth({ levels }) {
  return levels.findLastIndex((spans) => spans.length);
}

/** The last number of each level above a unit, as a number of that unit would follow them. */
export function above(entry, unit) {
  return entry.levels.slice(0, unit).map((spans) => (spans.length ? [[spans.at(-1)[1], spans.at(-1)[1]]] : []));
}

/** The place of each number of a group; the first begins at `start` if that is given. */
function where(group, start = -1) {
  return group.spans.map((_, at) => [at || start < 0 ? group.start : start, group.end]);
}

function oneLess([number, sub]) {
  return sub > 1 ? [number, sub - 1] : [number - (sub ? 0 : 1), 0];
}

export class Entries {
  all = [];

  get last() {
    return this.all.at(-1);
  }

  /** Adds a citation, which may be of the whole instrument or of an annex, or stand alone: no law before it, but a word that points to its class, or nothing (ANY). */
  push(law, levels, places, quoted, { annex = "", whole = false, alone = "" } = NO_MORE) {
    this.all.push({ law, levels, where: places, quoted, annex, whole, alone });
  }

  /** Adds the numbers of a group below what `levels` names. */
  add(law, levels, group, quoted, start = -1, alone = "") {
    this.push(law, [...levels, group.spans, ...NOTHING].slice(0, UNITS.length), where(group, start), quoted, { alone });
  }

  /** Adds a citation for each article, or run of articles. */
  articles(law, group, quoted, start = -1, alone = "") {
    let first = start < 0 ? group.start : start;
    for (const range of group.spans) {
      this.push(law, [[range], ...BELOW], [[first, group.end]], quoted, { alone });
      first = group.start;
    }
  }

  /** Adds numbers of the level of the last citation, or of a level above. */
  sibling(group) {
    const { last } = this;
    if (group.unit === ARTICLE) this.articles(last.law, group, last.quoted, -1, last.alone);
    else if (group.unit === depth(last)) {
      for (const range of group.spans) last.levels[group.unit].push(range);
      for (const place of where(group)) last.where.push(place);
    } else this.add(last.law, above(last, group.unit), group, last.quoted, -1, last.alone);
  }

  /** Goes on with a citation behind the provision that it gives: 第九十七条：“…”第（二）项. */
  resume(entry, group) {
    if (group.unit <= depth(entry)) return void this.add(entry.law, above(entry, group.unit), group, entry.quoted);
    this.all.push({ ...entry });
    entry.where = [];
    this.deepen(group);
  }

  /** Takes those numbers alone that a text picks from the ones before: 第一项至第五项中的第三项. */
  narrow(group) {
    const { last } = this;
    const [[start]] = last.where;
    last.levels[group.unit] = [...group.spans];
    last.where = where(group, start);
  }

  /** Gives the last number named a deeper one: of 第三条至第五条第一款 the articles before stay whole. */
  deepen(group) {
    let { last } = this;
    const start = last.where.at(-1)[0];
    const deepest = depth(last);
    const earlier = last.levels[deepest].slice(0, -1);
    const [first, final] = last.levels[deepest].at(-1);
    if (earlier.length || !equal(first, final)) {
      if (equal(first, final)) last.where.pop();
      else earlier.push([first, oneLess(final)]);
      const levels = [...last.levels];
      last.levels[deepest] = earlier;
      levels[deepest] = [[final, final]];
      this.push(last.law, levels, [], last.quoted, { alone: last.alone });
      last = this.last;
    }
    last.levels[group.unit] = [...group.spans];
    last.where = where(group, start);
  }

  /** Lets the last number be the beginning of a run that ends with the group's first; tells whether it can be. */
  upTo(group) {
    const { last } = this;
    const [first, have, deepest] = [group.spans[0][0], last.levels[group.unit], depth(last)];
    const previous = have.length ? have.at(-1)[1] : [0, 0];
    if (group.unit > deepest || !before(previous, first)) return false;
    if (group.unit === deepest) {
      if (!equal(have.at(-1)[0], previous)) return false;
      have[have.length - 1] = [previous, first];
      last.where[last.where.length - 1] = [last.where.at(-1)[0], group.end];
      this.sibling({ ...group, spans: group.spans.slice(1) });
    } else {
      const next = [previous[0] + 1, 0];
      const following = before(first, next) ? first : next;
      this.sibling({ ...group, spans: [[following, first], ...group.spans.slice(1)] });
    }
    return true;
  }

  /** The citations; an instrument named alone counts once, and only where none of its places is cited. */
  settled(text) {
    const key = (entry) => `${entry.quoted} ${same(entry.law)}`;
    const placed = new Set(this.all.some(({ whole }) => whole) ? this.all.filter(({ whole }) => !whole).map(key) : []);
    const citations = [];
    for (const entry of this.all) {
      const { law, levels, annex, quoted, alone, where: places } = entry;
      if (!places.length) continue; // it went on further down
      if (entry.whole) {
        if (placed.has(key(entry))) continue;
        placed.add(key(entry));
      }
      citations.push({ law, levels, annex, quoted, alone, where: places.map((place) => span(text, place)) });
    }
    return citations;
  }
}
