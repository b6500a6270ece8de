/**
 * Powers whose law changed less than two years ago: the range for acts before and after the day, side by side.
 * The file search/turned.js is { key: { day, law, old: [{ url, name, basis, told }], new: [...] } }; it is fetched with the
 * first notice that finds something.
 */
import { part } from "./loading.js";
import { page } from "./place.js";
import { element } from "./dom.js";

const SAID = "行为发生在这一天以前的，适用当时的规定；新的规定处罚较轻或者不认为是违法的，适用新的规定（行政处罚法第三十七条）。哪一边较轻，由执法机关认定。";
const NONE = "本站没有登记当时与它对应的事项；不等于当时没有规定。";
let asked = null;

function side(when, rows) {
  if (!rows.length) return [element("dt", {}, when), element("dd", {}, NONE)];
  return rows.flatMap(({ url, name, basis, told }) => [
    element("dt", {}, when),
    element("dd", {}, element("a", { href: page(url) }, name), `（${basis}）：${told}`),
  ]);
}

function sides({ day, law, old, new: now }) {
  return element("details", { class: "qz-turned" },
    element("summary", {}, `法律改过：${law}自 ${day} 起施行，看行为发生在哪一天`),
    element("dl", {}, ...side(`${day} 以前`, old), ...side(`${day} 以后（含当日）`, now)),
    element("p", {}, SAID));
}

/** Adds the two sides to every record found that has them; `lists` are the lists shown of each of the `citations`. */
export async function turned(lists, citations) {
  if (!citations.some(({ hits }) => hits.length)) return;
  asked ??= part("search/turned.js");
  const found = await asked.catch(() => (asked = null));
  citations.forEach(({ hits }, place) => hits.forEach(({ key }, row) => {
    if (found?.[key]) lists[place].children[row].append(sides(found[key]));
  }));
}
