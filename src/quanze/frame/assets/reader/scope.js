/** What 该法, 本条例, 同条, 前款 mean: what was last named in that class, inside a quotation apart from outside. */
import { all, DATA, match } from "./words.js";

/** The words of a text that point back, and its annexes: { start, end, what, word, of }. */
export function pointers(text) {
  const found = [];
  for (const what of ["law", "article", "paragraph", "annex", "its"]) {
    for (const here of all(what, text)) {
      const word = what === "its" ? here[0] : here[1];
      found.push({ start: here.index, end: here.index + here[0].length, what, word, of: here[2] ?? "" });
    }
  }
  return found;
}

/** What has been named so far: `current` is what an article without a law belongs to, `place` the last place named. */
export class Scope {
  current = null;
  named = new Map();
  place = null;
  outer = null;

  name(law, at) {
    this.current = law;
    this.named.set(law.kind, [at, law]);
  }

  /** The instrument that 该法 or 本条例 means; in a quotation 本 is what is quoted. */
  meant(pointer) {
    if (pointer.what === "its") return this.current;
    const whose = this.outer?.named.size && match("self", pointer.word) ? this.outer : this;
    let best = null;
    for (const kind of DATA.groups[pointer.of] ?? []) {
      const found = whose.named.get(kind);
      if (found && (!best || found[0] > best[0])) best = found;
    }
    return best && best[1];
  }

  /** What is known inside a quotation that begins here. */
  quoted() {
    return Object.assign(new Scope(), { ...this, named: new Map(this.named), outer: this });
  }
}
