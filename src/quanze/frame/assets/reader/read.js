/**
 * A text → what it cites: the same grammar as src/quanze/law/reader, held to it by tests/citations.json and by texts made up.
 * `read(text, knownTitles([[key, full title, short title, …], …]))` gives { citations, refused, rest }; see the Python.
 */
import { columns } from "./columns.js";
import { fold } from "./folding.js";
import { Machine } from "./machine.js";
import { titles } from "./titles.js";

export { knownTitles } from "./known.js";

/** What a text cites, in its order, and what is left unexplained. */
export function read(text, known) {
  const folded = fold(text);
  const found = titles(folded, known);
  return new Machine(folded, found, columns(folded, found)).run();
}
