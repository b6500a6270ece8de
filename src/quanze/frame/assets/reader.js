/** The reader of citations as the search loads it: when a question may name an article. */
export { asked } from "./asking.js";
export { citations, fit, nameless, names, written } from "./citation.js";
export { judged } from "./judged.js";
