/** The structure of an instrument's version: `1-2 3:0/0/0 36:0/0/2 134之1`; see src/quanze/law/outline.py. */

const ENTRY = /^([0-9]+)(?:之([0-9]+))?(?:-([0-9]+))?(?::(.+))?$/u;
const kept = new Map();

/** What a compact text says: `lacks` gives the first unit of a place that is not there, or nothing. */
export function outline(text) {
  if (!kept.has(text)) kept.set(text, new Outline(text));
  return kept.get(text);
}

class Outline {
  articles = new Map();

  constructor(text) {
    for (const word of text.split(/\s+/u)) {
      const [, first, sub = "0", last = first, parts = "0"] = ENTRY.exec(word) ?? [];
      const paragraphs = parts.split("/").map(paragraph);
      for (let number = Number(first); number <= Number(last); number++) this.articles.set(`${number}-${sub}`, paragraphs);
    }
  }

  lacks([number, inserted], paragraph = 0, item = 0, point = 0) {
    const paragraphs = this.articles.get(`${number}-${inserted}`);
    if (!paragraphs) return "条";
    if (paragraph > paragraphs.length) return "款";
    const named = paragraph ? paragraphs.slice(paragraph - 1, paragraph) : paragraphs;
    if (item && !named.some(({ items }) => item <= items)) return "项";
    const hasPoint = ({ points }) => points.some(([holder, count]) => point <= count && (holder === item || !item));
    return point && !named.some(hasPoint) ? "目" : "";
  }
}

/** One 款, from `7` or `3(2=4)`: how many 项 it has, and how many 目 those of them that have any. */
function paragraph(text) {
  const [items, points = ""] = text.replace(")", "").split("(");
  return { items: Number(items), points: points.split(",").filter(Boolean).map((pair) => pair.split("=").map(Number)) };
}
