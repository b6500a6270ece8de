/**
 * On a record's page: which of its versions was in force on a day that the reader picks, and the text of an older version
 * where the address names one (#v=<commit>).
 *
 * Contract: <form class="qz-when" hidden> with <input type="date" list="qz-days"> and <output>; <ol class="qz-versions"> with an
 * <li> a version, newest first, that has data-commit, data-recorded, data-start, data-end, data-status, and data-unreadable or
 * data-hidden where there is no text. The article is the page's.
 */
import { load } from "./loading.js";
import { on } from "./onday.js";

const form = /** @type {HTMLFormElement | null} */ (document.querySelector(".qz-when"));
let asked = null;

function pick() {
  const nodes = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".qz-versions > li"))];
  const versions = nodes.map((node) => {
    const { kind, commit, recorded, start, end, status } = node.dataset;
    return { node, kind, commit, recorded, start, end, status, unreadable: "unreadable" in node.dataset, hidden: "hidden" in node.dataset };
  });
  const output = form.querySelector("output");
  const field = form.querySelector("input");
  const days = [...new Set(nodes.flatMap(({ dataset }) => [dataset.start, dataset.end]).filter(Boolean))].sort();
  const list = document.createElement("datalist");
  list.id = "qz-days";
  list.append(...days.map((day) => new Option("", day)));
  form.append(list);
  field.max = days.at(-1) > today() ? days.at(-1) : today();
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => tell(field.value));

  const tell = (day) => {
    const shown = day ? on(versions, day) : { version: null, why: "" };
    for (const version of versions) {
      version.node.toggleAttribute("data-chosen", version === shown.version);
      version.node.toggleAttribute("data-later", Boolean(day) && (!shown.version || versions.indexOf(version) < versions.indexOf(shown.version)));
    }
    const ahead = day > field.max ? [`${day} 还没有到：到那时的内容，现在还不知道。`] : null;
    output.replaceChildren(...(ahead ?? (day ? sentence(day, shown) : [])));
  };

  const sentence = (day, { version, why }) => {
    if (!version) {
      const [first, whole] = [versions.at(-1), versions.at(-1)?.kind === "新增"];
      const reason = whole ? "本站还没有这条记录" : "本站的历史里还没有这条记录，更早的内容本站说不出";
      return [`${day}：${reason}。最早的一版 ${first?.start ?? ""} 起有效。`];
    }
    const later = versions.indexOf(version);
    const since = later ? `此后又有 ${later} 次变化，在下面标出。` : "此后没有变化，与上面的内容相同。";
    const { recorded, start, end, status, commit } = version;
    const text = later ? [link(`#v=${commit}`, "看那天的全文")] : [];
    if (why === "unreadable") return [`${day}：那天的一版（${recorded} 记录）读不出来，本站说不出当时写了什么。${since}`];
    if (why === "hidden") return [`${day}：这一天没有公布这条记录（${recorded} 起）。${since}`];
    if (why === "ended") return [`${day}：已终止（${end} 起，状态：${status}）。${since}`, ...text];
    const state = status && status !== "有效" ? `，状态：${status}` : "";
    return [`${day}：有效的是 ${start} 起的这一版（${recorded} 记录${state}）。${since}`, ...text];
  };
}

function link(href, text) {
  const node = document.createElement("a");
  node.href = href;
  node.textContent = text;
  return node;
}

function today(now = new Date()) {
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** The text of an older version comes with its own script. */
async function turn() {
  if (asked || location.hash.startsWith("#v=")) (await (asked ??= load("older.js"))).turn();
}

if (form) pick();
addEventListener("hashchange", turn);
addEventListener("popstate", turn);
void turn();
