/**
 * What a record's page does beside standing there: it compares its dates with the reader's own day, copies its address
 * and prints.
 *
 * Contract: <article data-qz-at="2026-11-23" data-qz-term="365">, the day of the build and after how many days it is stale;
 * in it [data-qz-span="2021-09-01/2027-01-01"], from the first day until the day after the last, either end may be empty,
 * with data-qz-words="尚未施行 现行 已失效"; one [data-qz-today]; what a reader must not miss is told
 * under the title too; buttons [data-qz-copy], hidden; links [data-qz-print] to what is to be printed, which the style of the
 * page knows as the target.
 */
import { copies } from "./copy.js";

const DAY = 86_400_000;
const DATE = /(\d{4}-\d{2}-\d{2})/u;

/** The reader's day, as the page's dates are written. */
function here(now = new Date()) {
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** Before, within or after a span: 0, 1 or 2. */
function stage(span, day) {
  const [from, until] = span.split("/");
  return day < from ? 0 : until && day >= until ? 2 : 1;
}

/** Says where a date has passed between the build and today. */
function compare(article, today) {
  const { qzAt: at, qzTerm: term } = article.dataset;
  if (!at || today < at) return;
  let changed = 0;
  for (const node of article.querySelectorAll("[data-qz-span]")) {
    const { qzSpan: span, qzWords: words } = node.dataset;
    if (stage(span, at) === stage(span, today)) continue;
    changed++;
    node.append(note(`今天：${words.split(" ")[stage(span, today)]}`));
  }
  const days = Math.round((Date.parse(today) - Date.parse(at)) / DAY);
  const sentences = [days ? `今天 ${today}，此后过了 ${days} 天` : `今天 ${today}`];
  if (changed) sentences.push("其间有日期已到，下面已经标出");
  if (term && days > Number(term)) sentences.push(`超过 ${term} 天没有核对，请以正式公布的为准`);
  const loud = changed > 0 || (term && days > Number(term));
  article.querySelector("[data-qz-today]")?.append(note(sentences.join("；"), Boolean(loud)));
  if (!loud) return;
  const stale = document.createElement("p");
  stale.className = "qz-stale";
  stale.textContent = sentences.join("；");
  article.querySelector("h1")?.after(stale);
}

/** A date, in which no line is broken. */
function dated(day) {
  const node = document.createElement("time");
  node.textContent = day;
  return node;
}

function note(text, loud = true) {
  const node = document.createElement("span");
  node.className = loud ? "qz-today qz-today--loud" : "qz-today";
  node.append(...text.split(DATE).map((part, at) => (at % 2 ? dated(part) : part)));
  return node;
}

for (const node of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-qz-copy]"))) {
  node.hidden = false;
  copies(node, () => /** @type {HTMLLinkElement | null} */ (document.querySelector('link[rel="canonical"]'))?.href ?? location.href.split("#")[0]);
}
for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("[data-qz-print]"))) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.hash = link.hash;
    print();
  });
}
for (const article of document.querySelectorAll("article[data-qz-at]")) compare(article, here());
