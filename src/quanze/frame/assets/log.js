/**
 * 公布日志: the entries of the log as a table, once they give the root that its checkpoint names.
 * Contract: an empty <div data-qz-log>, which this fills. The formats are those of tiled transparency logs.
 */
import { element } from "./dom.js";
import { FOLDER, ROOT } from "./place.js";

const WIDTH = 256;
const LATEST = 50;
const HASH = "SHA-256";
const ENTRY = /^quanze publication v1\nmanifest ([0-9a-f]{64})\ncommit ([0-9a-f]+)\ntime (\S+)\n$/;

async function bytes(path) {
  const answer = await fetch(new URL(`log/${path}`, ROOT), { cache: "no-store" });
  if (!answer.ok) throw new Error(path);
  return new Uint8Array(await answer.arrayBuffer());
}

/** Where a bundle is: x001/x234/067 for the number 1234067. */
function path(number, width) {
  const digits = String(number).padStart(Math.ceil(String(number).length / 3) * 3, "0").match(/.{3}/g);
  const parts = digits.map((part, i) => (i < digits.length - 1 ? `x${part}` : part));
  return `tile/entries/${parts.join("/")}${width === WIDTH ? "" : `.p/${width}`}`;
}

function* unbundled(content) {
  const view = new DataView(content.buffer);
  for (let place = 0; place < content.length; ) {
    const length = view.getUint16(place);
    yield content.subarray(place + 2, place + 2 + length);
    place += 2 + length;
  }
}

async function digest(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((place, part) => (whole.set(part, place), place + part.length), 0);
  return new Uint8Array(await crypto.subtle.digest(HASH, whole));
}

/** The root of a tree of leaves' hashes: RFC 6962 §2.1. */
async function root(leaves) {
  if (leaves.length === 1) return leaves[0];
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  const halves = await Promise.all([root(leaves.slice(0, split)), root(leaves.slice(split))]);
  return digest(new Uint8Array([1]), ...halves);
}

/** What the log says, and whether it is whole: null where the browser cannot tell (it lets only secure pages count). */
async function read() {
  const head = await bytes("checkpoint");
  if (!head.length) return null;
  const [origin, size, told, blank, ...signatures] = new TextDecoder().decode(head).split("\n");
  if (blank) throw new Error("checkpoint");
  const entries = [];
  for (let start = 0; start < Number(size); start += WIDTH)
    entries.push(...unbundled(await bytes(path(start / WIDTH, Math.min(WIDTH, Number(size) - start)))));
  if (entries.length !== Number(size) || !entries.length) throw new Error(size);
  let whole = null;
  if (globalThis.crypto?.subtle) {
    const leaves = await Promise.all(entries.map((entry) => digest(new Uint8Array([0]), entry)));
    whole = btoa(String.fromCharCode(...(await root(leaves)))) === told;
  }
  const names = signatures.map((line) => line.match(/^— (\S+) /)?.[1]).filter(Boolean);
  return { origin, whole, names, entries: entries.map((entry) => ENTRY.exec(new TextDecoder().decode(entry))) };
}

const HEADS = ["第几次", "提交的时间", "提交", "清单文件的 SHA-256"];

function table(entries) {
  const rows = entries.map(([, manifest, commit, time], i) => [`第 ${i + 1} 次`, time, commit.slice(0, 12), manifest]);
  const cell = (text, i) => element(i ? "td" : "th", i ? { "data-label": HEADS[i] } : { scope: "row" }, text);
  return element("div", { class: "qz-scroll", role: "region", tabindex: "0", "aria-label": "公布日志的条目" },
    element("table", { class: "qz-table" },
      element("thead", {}, element("tr", {}, ...HEADS.map((name) => element("th", { scope: "col" }, name)))),
      element("tbody", {}, ...rows.reverse().slice(0, LATEST).map((cells) => element("tr", {}, ...cells.map(cell))))));
}

async function show(place) {
  const log = await read();
  if (!log) {
    place.append(element("p", { class: "qz-limit" }, "这一份没有公布日志：它是草稿，或者公布的机关没有写日志。"));
    return;
  }
  const { origin, whole, names, entries } = log;
  const said = whole === null ? "您的浏览器在这里不能核对日志的根（没有加密连接）。" : whole ? "条目与检查点的根一致。" : "条目与检查点的根不一致：日志不全，或者被改动过。";
  const signed = names.length ? `检查点上写有签名：${names.join("、")}（签名的真假，用 quanze verify 核对）。` : "检查点没有签名。";
  const shown = entries.length > LATEST ? `共 ${entries.length} 次，下面是最近 ${LATEST} 次。` : `共 ${entries.length} 次。`;
  place.append(
    element("p", { class: whole === false ? "qz-limit" : "" }, `日志 ${origin}：${shown}${said}${signed}`),
    table(entries),
    element("p", {}, "原始文件：", element("a", { href: new URL("log/checkpoint", ROOT) }, "检查点")),
  );
}

const place = document.querySelector("[data-qz-log]");
if (FOLDER) place.append(element("p", { class: "qz-limit" }, "从文件夹打开的网页读不了日志；用 quanze log show 看，或者到网上的网站看。"));
else show(place).catch(() => place.append(element("p", { class: "qz-limit" }, "公布日志读不到，或者读不懂。")));
