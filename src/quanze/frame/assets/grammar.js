/** The reader of citations in whatever words, as the search loads it: when a question says more than one place of a law. */
export { citations, names } from "./citation.js";
