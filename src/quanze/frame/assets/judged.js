/** The citations of a text, each with where its places stand on a day. */
import { simple } from "./citation.js";
import { citations, entries, former } from "./reader/standing.js";

/**
 * [{ ask, dated, places }]: the citation as the search takes it, whether it names a version, and each place that it names as
 * `quanze cite` prints it, with what its number may have been before (`former`). `others(key, place)` says whether a place is no
 * matter of the bureau's.
 */
export function judged(text, known, laws, at, others) {
  return citations(text, known, laws, at).map((one) => {
    const [key] = one.law.keys;
    const law = one.law.keys.length === 1 ? laws[key] : null;
    const dated = Boolean(one.law.year || one.law.event);
    const places = [...entries(text, one, laws, at)].map((place) => ({ ...place, former: law && !dated && !one.quoted ? former(law, place, at, (where) => others(key, where)) : null }));
    return { ask: simple(one, known), dated, places };
  });
}
