/** What 该法, 本条例, 同条, 前款 mean: what was last named in that class, inside a quotation apart from outside. */
import { undated } from "./known.js";
import { all, DATA, match, search } from "./words.js";

/** The words of a text that point back, and its annexes: { start, end, what, word, of }. */
export function pointers(text) {
  const pointers = [];
  for (const kind of ["law", "article", "paragraph", "annex", "its", "paired"]) {
    for (const hit of all(kind, text)) {
      const word = kind === "its" ? hit[0] : hit[1];
      pointers.push({ start: hit.index, end: hit.index + hit[0].length, what: kind, word, of: hit[2] ?? "" });
    }
  }
  for (const hit of all("bare", text)) {
    const [, marked, word] = hit;
    if (!marked && !search("bare_lead", text.slice(Math.max(0, hit.index - 2), hit.index))) continue;
    pointers.push({ start: hit.index, end: hit.index + hit[0].length, what: "law", word: "", of: marked ?? word });
  }
  return pointers;
}

const FORMER = "旧";
/** What 现行法 means in others' words stands no further back. */
const NEAR = 80;

/** What was last named in a group of classes. */
function last(known, group) {
  let best = null;
  for (const kind of DATA.groups[group] ?? []) {
    const named = known.get(kind);
    if (named && (!best || named[0] > best[0])) best = named;
  }
  return best?.[1] ?? null;
}

/** What has been named so far: `current` is what an article without a law belongs to, `place` the last place named. */
export class Scope {
  current = null;
  named = new Map();
  place = null;
  outer = null;
  heard = new Map();

  name(law, at) {
    this.current = search("amending", law.name) ? null : law;
    this.named.set(law.kind, [at, law]);
  }

  /** Takes note that the text names something of a class that is no law: what 该办法 means is open again. */
  forget(kind) {
    this.named.delete(kind);
    this.heard.delete(kind);
  }

  /** Takes note of a law that others' words name: 该法 means it where the text itself names none of the class. */
  hear(law, at) {
    this.heard.set(law.kind, [at, law]);
  }

  /** The instrument that 该法 or 本条例 means: what the text named last, else what others' words did; 本 is what is quoted, 现行法 in no version, 旧法 in a former one. */
  meant(pointer) {
    if (pointer.what === "its" || pointer.what === "paired") return this.current;
    const own = match("self", pointer.word);
    const whose = this.outer?.named.size && own ? this.outer : this;
    const law = last(whose.named, pointer.of) ?? (own ? null : last(whose.heard, pointer.of));
    if (law && match("present", pointer.word)) return undated(this.heardRightBefore(pointer) ?? law);
    return law && match("bygone", pointer.word) ? { ...law, event: FORMER } : law;
  }

  /** The law that others' words named last, before 现行法: 原写“2014年…法第四十条”，对应现行法第四十三条. */
  heardRightBefore({ start, of }) {
    const heard = (DATA.groups[of] ?? []).flatMap((kind) => (this.heard.has(kind) ? [this.heard.get(kind)] : []));
    const [at, law] = heard.reduce((best, one) => (best && best[0] >= one[0] ? best : one), null) ?? [0, null];
    return law && start - at <= NEAR && [...this.named.values()].every(([named]) => named < at) ? law : null;
  }

  /** What is known after a quotation: of its laws only that they were heard. */
  left() {
    for (const [kind, found] of this.heard) this.outer?.heard.set(kind, found);
    return this.outer;
  }

  /** What is known inside a quotation that begins here. */
  quoted() {
    return Object.assign(new Scope(), { ...this, named: new Map(this.named), heard: new Map(this.heard), outer: this });
  }
}
