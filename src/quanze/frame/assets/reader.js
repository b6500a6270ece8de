/** The reader of articles as the search loads it: when a question may name one. */
export { cites, fit, titled, written } from "./article.js";
export { asked, involved } from "./asking.js";
