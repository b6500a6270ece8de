/** What is not this body's: the matters whose words stand in a text, the most telling first. */
import { fold } from "./fold.js";

const LEAST = 2;
const MOST = 2;

/** How much of a text a matter's words take up; the query may also be a part of what is told of the matter. */
function points({ title, words, bodies, basis, more }, asked) {
  const found = words.map(fold).filter((word) => word.length >= LEAST && asked.includes(word));
  const longest = found.filter((word) => !found.some((other) => other !== word && other.includes(word)));
  const sum = longest.reduce((total, word) => total + word.length, 0);
  const told = () => [title, ...words, ...bodies, ...basis, ...more].some((text) => fold(text).includes(asked));
  return sum || (asked.length >= LEAST && told() ? asked.length : 0);
}

/** [{ url, title, bodies, basis, share }] of the matters that a text speaks of; `share` is how much of the text their words are. */
export function elsewhere(index, text, most = MOST) {
  const asked = fold(text);
  const rated = index.elsewhere.map((one) => ({ one, value: points(one, asked) })).filter(({ value }) => value);
  const best = rated.sort((a, b) => b.value - a.value).slice(0, most);
  return best.map(({ one: { url, title, bodies, basis }, value }) => ({ url, title, bodies, basis, share: value / asked.length }));
}
