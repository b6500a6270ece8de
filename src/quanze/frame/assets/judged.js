/** The citations of a text, each with where its places stand on a day. */
import { simple } from "./citation.js";
import { read } from "./reader/read.js";
import { entries } from "./reader/standing.js";

/** [{ ask, places }]: the citation as the search takes it, and each place that it names as `quanze cite` prints it. */
export function judged(text, known, laws, at) {
  return read(text, known).citations.map((one) => ({ ask: simple(one), places: [...entries(text, one, laws, at)] }));
}
