/**
 * YAML for a clerk's files: a record as text, and a file of which some values changed while every other line stays as it
 * is, comments, blank lines and layout included. It writes the dialect that the check reads, and reads none itself: where
 * each value stands in a file comes with the page.
 */
const NUMBER = /^-?(?:0|[1-9][0-9]{0,17})(?:\.(?!0+$)[0-9]{1,9})?$/;
const WORDS = new Set(["true", "false", "null", "~", ""]);
const FIRST = /^[\s\-?:,[\]{}#&*!|>'"%@`“~=.<\\^]/u;
const INSIDE = /: |:$| #|[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/u;
const COMMENT = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?:(?!\s#).)*?)((?<!\s)\s+#.*)$/u;

const WIDEST = 120;

/** Whether two values say the same. */
export function same(left, right) {
  if (left === right) return true;
  if (!left || !right || typeof left !== "object" || typeof right !== "object") return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const [names, others] = [Object.keys(left), Object.keys(right)];
  return names.length === others.length && names.every((name) => name in right && same(left[name], right[name]));
}

/** A copy without what is empty: such fields are not written. */
export function clean(value) {
  if (Array.isArray(value)) return value.map(clean).filter((part) => part !== undefined);
  if (value && typeof value === "object") {
    const kept = Object.entries(value).map(([name, part]) => [name, clean(part)]).filter(([, part]) => part !== undefined);
    return kept.length ? Object.fromEntries(kept.filter(([, part]) => !Array.isArray(part) || part.length)) : undefined;
  }
  return value === "" || value === null ? undefined : value;
}

function scalar(value) {
  if (typeof value !== "string") return String(value);
  const plain = value === value.trim() && !FIRST.test(value) && !INSIDE.test(value);
  return plain && !NUMBER.test(value) && !WORDS.has(value) && !/^[0-9]+$/.test(value) ? value : JSON.stringify(value);
}

function deeper(row) {
  return row && `  ${row}`;
}

/** The text of a value behind `head`, which is a key and its colon or a dash; the lines after it stand deeper. */
function written(head, value) {
  if (Array.isArray(value)) return [head, ...value.flatMap((part) => element(part).map(deeper))];
  if (value && typeof value === "object") return [head, ...mapping(value).map(deeper)];
  const rows = typeof value === "string" ? value.split("\n") : [];
  const block = rows.length > 1 && rows.every((row) => row === row.trim() && !/[\u0000-\u001f]/u.test(row)) && rows[0] && rows.at(-1);
  if (block) return [`${head} |-`, ...rows.map(deeper)];
  return [`${head} ${scalar(value)}`];
}

function element(value) {
  if (!value || typeof value !== "object" || Array.isArray(value)) return written("-", value);
  return mapping(value).map((row, at) => (at ? deeper(row) : `- ${row}`));
}

/** A value on one line, as `{a: 1, b: [甲, 乙]}`. */
function flow(value) {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (value && typeof value === "object") return `{${Object.entries(value).map(([name, part]) => `${flow(name)}: ${flow(part)}`).join(", ")}}`;
  return typeof value === "string" && /[,[\]{}]/.test(value) ? JSON.stringify(value) : scalar(value);
}

/** Where a value ends that begins a text with a bracket and stands on one line. */
function closing(text) {
  let depth = 0;
  for (const { 0: sign, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|(?<=[\s,[{:])'(?:[^']|'')*'|[[\]{}]/gu)) {
    depth += { "[": 1, "{": 1, "]": -1, "}": -1 }[sign] ?? 0;
    if (!depth) return index + 1;
  }
  return text.length;
}

function mapping(value) {
  return Object.entries(value).flatMap(([name, part]) => entry(name, part));
}

function entry(name, value) {
  return written(`${scalar(name)}:`, value);
}

/** A whole file. */
export function document(head, value) {
  return `${[...(head ? [head] : []), ...mapping(value)].join("\n")}\n`;
}

/** The value with its fields in the order of the form. */
export function ordered(value, order) {
  const rank = (name) => (order.includes(name) ? order.indexOf(name) : order.length);
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => rank(left) - rank(right)));
}

/**
 * The text of a file in which `before` became `after`. `places` says where the values and the keys stood: pointer →
 * [line, column], counted from 1. `orderOf(pointer)` is the order of the fields of the mapping at a place.
 */
export function amended(text, places, before, after, orderOf) {
  return new Amendment(text, places, orderOf).result(before, after);
}

class Amendment {
  constructor(text, { values, keys }, orderOf) {
    this.rows = text.split("\n");
    this.values = values;
    this.keys = keys;
    this.orderOf = orderOf;
    this.all = [...Object.entries(values), ...Object.entries(keys)];
    this.edits = [];
  }

  result(before, after) {
    if (!this.mapping("", before, after)) return document(this.rows[0].startsWith("#") ? this.rows[0] : "", after);
    this.edits.sort((left, right) => right.start - left.start || right.end - left.end || right.order - left.order);
    for (const { start, end, rows } of this.edits) this.rows.splice(start, end - start, ...rows);
    return this.rows.join("\n");
  }

  edit(start, end, rows) {
    this.edits.push({ start, end, rows, order: this.edits.length });
  }

  /** Do what changes something inside a value, or nothing of it where its layout does not permit that. */
  attempt(change) {
    const { length } = this.edits;
    if (change()) return true;
    this.edits.length = length;
    return false;
  }

  /** The lines that a value takes, whose key or dash stands at a place; null where something else shares them. */
  extent(pointer, [line, column]) {
    let following = this.rows.length + 1;
    for (const [other, [otherLine, otherColumn]] of this.all) {
      const later = otherLine > line || (otherLine === line && otherColumn > column);
      if (later && other !== pointer && !other.startsWith(`${pointer}/`)) following = Math.min(following, otherLine);
    }
    if (following <= line) return null;
    let end = following - 1;
    while (end > line && between(this.rows[end - 1], column - 1)) end--;
    return { start: line - 1, end, column: column - 1 };
  }

  at(pointer) {
    const [line, column] = this.values[pointer];
    return this.rows[line - 1].slice(column - 1);
  }

  mapping(pointer, before, after) {
    const known = new Map();
    for (const name of Object.keys(before)) {
      const here = `${pointer}/${escape(name)}`;
      if (!(here in this.keys)) return false;
      known.set(name, this.extent(here, this.keys[here]));
      if (!known.get(name)) return false;
    }
    if (!known.size || this.at(pointer).startsWith("{")) return false;
    for (const [name, old] of Object.entries(before)) {
      const [place, now, here] = [known.get(name), after[name], `${pointer}/${escape(name)}`];
      if (same(old, now)) continue;
      const head = this.rows[place.start].slice(0, place.column);
      if (now === undefined) {
        if (head.trim()) return false;
        this.edit(place.start, place.end, []);
      } else if (!this.within(here, old, now)) this.replace(place, head, { here, now, lead: `${scalar(name)}:`, rows: entry(name, now) });
    }
    for (const name of Object.keys(after)) {
      if (!(name in before)) this.insert(name, after[name], known, this.orderOf(pointer));
    }
    return true;
  }

  within(pointer, old, now) {
    if (!old || !now || typeof old !== "object" || typeof now !== "object" || Array.isArray(old) !== Array.isArray(now)) return false;
    return this.attempt(() => (Array.isArray(old) ? this.sequence(pointer, old, now) : this.mapping(pointer, old, now)));
  }

  insert(name, value, known, order) {
    const earlier = order.slice(0, Math.max(order.indexOf(name), 0)).reverse().find((sibling) => known.has(sibling));
    const ends = [...known.values()].map(({ end }) => end);
    const place = earlier ? known.get(earlier).end : Math.max(...ends);
    const { column } = known.values().next().value;
    this.edit(place, place, entry(name, value).map((row) => row && " ".repeat(column) + row));
  }

  /** Write a value anew behind its key or dash: on one line where it stood in brackets on one, with the comment behind it. */
  replace({ start, end }, head, { here, now, lead, rows }) {
    const old = this.at(here);
    const single = end === start + 1;
    const line = single && /^[[{]/.test(old) && now && typeof now === "object" ? `${lead} ${flow(now)}` : "";
    if (line && head.length + line.length <= WIDEST) return this.edit(start, end, [head + line + old.slice(closing(old)).trimEnd()]);
    const made = rows.map((row, at) => (at ? row && " ".repeat(head.length) + row : head + row));
    if (made.length === 1 && single) made[0] += COMMENT.exec(old)?.[1] ?? "";
    this.edit(start, end, made);
  }

  sequence(pointer, before, after) {
    const places = [];
    for (let at = 0; at < before.length; at++) {
      const [line, column] = this.values[`${pointer}/${at}`];
      const head = this.rows[line - 1].slice(0, column - 1);
      if (head.trim() !== "-" || (at && places[0].head !== head)) return false;
      const place = this.extent(`${pointer}/${at}`, [line, column - 2]);
      if (!place) return false;
      places.push({ ...place, head });
    }
    if (!places.length || !after.length) return false;
    let start = 0;
    while (start < Math.min(before.length, after.length) && same(before[start], after[start])) start++;
    let end = 0;
    const most = Math.min(before.length, after.length) - start;
    while (end < most && same(before[before.length - 1 - end], after[after.length - 1 - end])) end++;
    const dash = " ".repeat(places[0].head.indexOf("-"));
    const [gone, come] = [before.length - end, after.length - end];
    for (let at = start; at < Math.max(gone, come); at++) {
      if (at < gone && at < come) {
        if (same(before[at], after[at]) || this.within(`${pointer}/${at}`, before[at], after[at])) continue;
        this.replace(places[at], dash, { here: `${pointer}/${at}`, now: after[at], lead: "-", rows: element(after[at]) });
      } else if (at < gone) this.edit(places[at].start, places[at].end, []);
      else {
        const place = gone ? places[gone - 1].end : places[0].start;
        this.edit(place, place, element(after[at]).map((row) => row && dash + row));
      }
    }
    return true;
  }
}

function between(row, column) {
  const bare = row.trimStart();
  return !bare || (bare.startsWith("#") && row.length - bare.length <= column);
}

function escape(name) {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
