/**
 * 查通知书: the citations in a pasted text, and the items that rest on them. The text stays in this page: it is not
 * stored, not sent, not in the address, and gone with the page.
 * Contract: an empty <div data-qz-notice data-facts="职权类型 …" data-bodies="行使主体"></div>, which this fills; `data-bodies` is the
 * facet that says who has the power.
 */
import { connect } from "./client.js";
import { element, hits, list } from "./dom.js";
import { fold } from "./fold.js";
import { page } from "./place.js";
import { turned } from "./turned.js";

const MOST = 30;
const PAUSE = 250;
const MISSING = "未收录不等于无依据：本站没有收录的，不能说明通知书没有依据。请以通知书载明的为准，有疑问可以向发出通知书的机关核实。";

function start(root) {
  const { bodies = "" } = root.dataset;
  const facts = list(root.dataset.facts);
  let timer = 0;
  const text = element("textarea", {
    id: "qz-notice-text", class: "qz-notice__text", rows: 5, maxlength: 20000, autocomplete: "off", spellcheck: "false",
    placeholder: "例如：依据《安全生产法》第九十七条第三项的规定……", "aria-describedby": "qz-notice-hint", input: () => wait(PAUSE),
  });
  const status = element("p", { class: "qz-notice__status", role: "status" });
  const results = element("div", { class: "qz-notice__results" });
  root.append(
    element("form", { class: "qz-notice__form", submit: (event) => { event.preventDefault(); wait(0); } },
      element("label", { for: text.id }, "把通知书上写依据的那句话粘贴在这里"), text,
      element("p", { id: "qz-notice-hint", class: "qz-notice__hint" }, "文字只在您的浏览器里识别，不上传，不保存，也不会出现在网址里。"),
      element("button", { class: "qz-button", type: "submit" }, "查依据"),
      element("button", { class: "qz-button qz-button--plain", type: "button", click: clear }, "清空")),
    status, results,
  );
  const channel = connect(show, fail);

  function wait(pause) {
    clearTimeout(timer);
    if (text.value.trim()) timer = setTimeout(() => channel.ask({ kind: "notice", parts: 2, text: text.value, limit: MOST }), pause);
    else clear();
  }

  function clear() {
    clearTimeout(timer);
    channel.drop();
    text.value = "";
    status.textContent = "";
    results.replaceChildren();
  }

  function show({ citations }) {
    status.textContent = citations.length
      ? `认出 ${citations.length} 处依据。`
      : `没有认出条文。请粘贴写有法名和条号的句子。${MISSING}`;
    results.replaceChildren(...citations.map(section));
    turned(results.querySelectorAll(".qz-hits"), citations);
  }

  function section({ label, named, quoted, known, law, total, hits: found }) {
    return element("section", { class: "qz-found" },
      element("h2", { class: "qz-found__title" }, label),
      element("p", { class: "qz-notice__verdict" }, verdict(named, quoted, known, total)),
      hits(found, facts, whose),
      total > found.length ? element("p", {}, `另有 ${total - found.length} 个没有列出，可以在搜索页查“${label}”。`) : "",
      law ? element("p", {}, element("a", { href: page(law.url) }, `${law.title.join("")}：版本和全部事项`)) : "");
  }

  function verdict(named, quoted, known, total) {
    if (quoted) return "这一处在引号里，是转述的话里提到的，不是这份文书自己的依据。";
    if (!named) return "看不出是哪部文件的条文，没有去查；请连同法名一起粘贴。";
    if (total) return `收录了 ${total} 个以此为依据的事项。有这个事项，不等于通知书所写的事实和处罚正确。`;
    if (!known) return `没有收录这部文件。${MISSING}`;
    return `收录了这部文件，没有找到以此为依据的事项。${MISSING}`;
  }

  /** Whether the notice is by a body that has the power according to the register. */
  function whose({ facts: all, ended }) {
    const holders = all.find(([name]) => name === bodies)?.[1] ?? [];
    const folded = fold(text.value);
    const named = holders.filter((body) => folded.includes(fold(body)));
    const past = ended ? "这个事项已经终止，只可能适用于终止以前的行为：请核对行为的日期，新旧规定见它的页面。" : "";
    if (named.length) return `${past}通知书写到了“${named.join("、")}”，目录载明这个机关行使这项职权。`;
    if (!holders.length) return `${past}目录没有载明行使主体，请核对通知书落款的机关。`;
    return `${past}目录载明由${holders.join("、")}行使；粘贴的文字里没有写到，请核对通知书落款的机关和层级。`;
  }

  function fail() {
    const retry = element("button", { class: "qz-button", type: "button", click: channel.retry }, "重试");
    status.replaceChildren("检索数据没有载入，可能是网络断了。", retry);
  }
}

const root = document.querySelector("[data-qz-notice]");
if (root) start(root);
