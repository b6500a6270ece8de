/** The text of an older version in the place of a record's page, where the address names one (#v=<commit>). */
import { element } from "./dom.js";
import { differing, made, name, pairs, read, rows } from "./versions.js";

const article = /** @type {HTMLElement} */ (document.querySelector("article.qz-record"));
const address = `${article.dataset.collection}/${article.dataset.id}/`;
let shown = null;
let asked = 0;

/** Shows the version that the address names in the place of the page's text, or the page again. */
export async function turn() {
  const commit = new URLSearchParams(location.hash.slice(1)).get("v") ?? "";
  const turned = ++asked;
  shown?.remove();
  shown = null;
  delete article.dataset.qzOld;
  if (!/^[0-9a-f]{7,64}$/u.test(commit)) return;
  const past = await read(address).catch(() => null);
  if (turned !== asked) return;
  const version = past && made(past, commit);
  shown = past ? (version ? old(past, version) : unknown(commit)) : failed();
  if (version?.rows.length && version.at) article.dataset.qzOld = "";
  article.querySelector("h1").after(shown);
  shown.querySelector("strong")?.scrollIntoView({ block: "nearest" });
}

const back = () => element("a", { href: "#", click: leave }, "看现在的");

function leave(event) {
  event.preventDefault();
  history.pushState(null, "", location.pathname + location.search);
  void turn();
  scrollTo(0, 0);
}

function said(...words) {
  return element("div", { class: "qz-old", role: "status" }, element("p", { class: "qz-old__said" }, ...words));
}

const failed = () => said("网址指定了一版，但是历史没有载入，可能是网络断了；下面是现在的文字。");
const unknown = (commit) => said(`网址里的提交 ${commit} 没有改过这条记录，或者本站的历史里没有它；下面是现在的文字，各版见“沿革”。`);

function old(told, version) {
  if (!version.rows.length) return said(`网址指定的是 ${version.date} 的一版（${version.kind}），那一版没有公布的文字；下面是现在的文字。`);
  if (!version.at) return said(`这一版（${name(version)}）就是现在的文字。`);
  const newer = rows(told, null);
  const box = said(element("strong", {}, "这是旧版，不是现在的文字"), `：${name(version)}，提交 ${version.commit}。此后又有 ${version.at} 次变化，后来改了的标出。`,
    back(), " · ", element("a", { href: `../../compare/#a=${address}@${version.commit}&b=${address}`.replaceAll("/@", "@").replace(/\/$/u, "") }, "与现在的并排看"));
  const list = element("dl", { class: "qz-fields" });
  for (const [then, now] of pairs(rows(told, version), newer)) {
    if (!then) continue;
    const changed = then.text !== now?.text;
    list.append(element("div", { class: changed ? "qz-old__row qz-old__row--changed" : "qz-old__row" }, element("dt", {}, then.name),
      element("dd", {}, ...differing(then.text, now?.text ?? "")[0], changed ? element("span", { class: "qz-tag" }, now ? "后来改了" : "后来没有了") : "")));
  }
  box.append(list);
  return box;
}
