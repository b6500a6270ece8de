/**
 * Powers whose law changed less than two years ago: the range for acts before and after the day, side by side, and where
 * the day of the act is known, the side that counts first.
 * The file search/turned.js is { key: { day, law, old: [{ url, name, basis, told }], new: [...] } }; it is fetched with the
 * first notice that finds something.
 */
import { element } from "./dom.js";
import { part } from "./loading.js";
import { page } from "./place.js";

const SAID = "行为发生在这一天以前的，适用当时的规定；新的规定处罚较轻或者不认为是违法的，适用新的规定（行政处罚法第三十七条）。哪一边较轻，由执法机关认定。";
const NONE = "本站没有登记当时与它对应的事项；不等于当时没有规定。";
const UNREAD = "本站没有按这一天起施行的规定核对过的事项；以现行条文为准。";
let asked = null;

function side(when, rows, none) {
  if (!rows.length) return [element("dt", {}, when), element("dd", {}, none)];
  return rows.flatMap(({ url, name, basis, told }) => [
    element("dt", {}, when),
    element("dd", {}, element("a", { href: page(url) }, name), `（${basis}）：${told}`),
  ]);
}

/** What the two sides are headed by: where nobody has read the range against the new law, that it is the old one. */
function headed(day, law, now, act) {
  if (!now.length && !(act && act < day)) return `法律改过：${law}自 ${day} 起施行，上面的幅度是这一天以前的，本站还没有核对新规定`;
  if (!act) return `法律改过：${law}自 ${day} 起施行，看行为发生在哪一天`;
  return act < day ? `行为在 ${law}施行（${day}）以前：先看当时的规定` : `行为在 ${law}施行（${day}）以后：看现在的规定`;
}

function sides({ day, law, old, new: now }, act) {
  const parts = [() => side(`${day} 以前`, old, NONE), () => side(`${day} 以后（含当日）`, now, UNREAD)];
  if (act && act >= day) parts.reverse();
  return element("details", { class: "qz-turned", open: Boolean(act) }, element("summary", {}, headed(day, law, now, act)),
    element("dl", {}, ...parts.flatMap((made) => made())));
}

/** Adds the two sides to the records found that have them, and what holds for all of them once; tells whether any has. */
export async function turned(lists, items, act) {
  if (!items.length) return false;
  asked ??= part("search/turned.js");
  const transitions = await asked.catch(() => (asked = null));
  const rows = [...lists].flatMap((one) => [...one.children]);
  const some = items.map(({ key }, place) => {
    if (transitions?.[key]) rows[place]?.append(sides(transitions[key], act));
    return Boolean(transitions?.[key]);
  }).some(Boolean);
  if (some) lists[0]?.before(element("p", { class: "qz-turned__rule" }, SAID));
  return some;
}
