/**
 * 查通知书: the citations in a pasted text, where they stand, the items that rest on them, and what can be done. The text stays in
 * this page: it is not stored, not sent, not in the address, and gone with the page.
 * Contract: an empty <div data-qz-notice data-facts="职权类型 …" data-bodies="行使主体" data-mark="【演示】"></div>, which this fills;
 * `data-bodies` is the facet that says who has the power, `data-mark` what a demonstration puts before its texts.
 */
import { connect } from "./client.js";
import { element, hits, list, others } from "./dom.js";
import { lastDays } from "./lastdays.js";
import { brief, cited, nameless, powers } from "./notice-answer.js";
import { received } from "./receipt.js";
import { turned } from "./turned.js";

const MOST = 30;
const PAUSE = 250;

function start(root) {
  const { bodies = "" } = root.dataset;
  const facts = list(root.dataset.facts);
  let timer = 0;
  let jump = false; // whether the answer is to be brought into sight: it was asked for, not typed into
  let receipt = ""; // the day of receipt that was put in
  let chosen = ""; // the paper that was chosen
  const text = element("textarea", {
    id: "qz-notice-text", class: "qz-notice__text", rows: 5, maxlength: 20000, autocomplete: "off", spellcheck: "false",
    placeholder: "例如：依据《……法》第几条第几款第几项的规定……", "aria-describedby": "qz-notice-hint", input: () => wait(PAUSE), paste: () => (jump = true),
  });
  const day = element("input", { id: "qz-notice-day", type: "date", change: () => wait(0) });
  const asked = element("p", { class: "qz-notice__day", hidden: true },
    element("label", { for: day.id }, "有的法律两年以内改过：行为发生在哪一天？ "), day);
  const status = element("p", { class: "qz-notice__status", role: "status" });
  const results = element("div", { class: "qz-notice__results" });
  root.append(
    element("form", { class: "qz-notice__form", submit: (event) => { event.preventDefault(); jump = true; wait(0); } },
      element("label", { for: text.id }, "把通知书上写事实和依据的那几句话粘贴在这里"), text,
      element("p", { id: "qz-notice-hint", class: "qz-notice__hint" }, "文字只在您的浏览器里识别，不上传，不保存，也不会出现在网址里。"),
      element("button", { class: "qz-button", type: "submit" }, "查依据"),
      element("button", { class: "qz-button qz-button--plain", type: "button", click: clear }, "清空"), asked),
    status, results,
  );
  const channel = connect(show, fail);

  function wait(pause) {
    clearTimeout(timer);
    if (text.value.trim()) timer = setTimeout(ask, pause);
    else clear();
  }

  function ask() {
    const now = new Date();
    const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
    channel.ask({ kind: "notice", parts: 2, text: text.value, limit: MOST, day: day.value || today });
  }

  function clear() {
    clearTimeout(timer);
    channel.drop();
    text.value = "";
    day.value = "";
    receipt = "";
    chosen = "";
    asked.hidden = true;
    status.textContent = "";
    results.replaceChildren();
  }

  function show(answer) {
    const { citations, lost, items, alike, total } = answer;
    const known = citations.length + lost.length;
    status.textContent = known ? `认出 ${known} 处依据，${total ? `对应 ${total} 个事项。` : "没有对应的事项。"}`
      : "没有认出条文。请粘贴写有法名和条号的句子。";
    results.replaceChildren(
      ...(items.length ? [] : others(answer.elsewhere)),
      ...(answer.paper || known || alike.length ? [remedies(answer)] : []),
      ...(known ? [block("引用的条文", element("ul", { class: "qz-cited" }, ...citations.map(cited), ...lost.map(nameless)), ...(items.length ? others(answer.elsewhere) : []))] : []),
      ...(items.length ? [block("对应的事项", ...powers(answer, { facts, bodies, text: text.value }))] : []),
      ...(alike.length ? [block("没有条文对应的事项，按事实的用词相近的有", element("p", { class: "qz-notice__verdict" }, "只是用词相近，不是通知书的依据。"), hits(alike, facts))] : []),
    );
    if (jump && status.getBoundingClientRect().top > innerHeight / 2) status.scrollIntoView();
    jump = false;
    void turned(results.querySelectorAll(".qz-hits"), items, day.value).then((some) => (asked.hidden = !some && !day.value));
  }

  const block = (title, ...content) =>
    element("section", { class: "qz-found" }, element("h2", { class: "qz-found__title" }, title), ...content);

  /** What can be done: by the paper that the text is or that is chosen. */
  function remedies(answer) {
    const { paper, papers } = answer;
    const heading = element("h2", { class: "qz-found__title" });
    const content = element("div", {});
    const choice = /** @type {HTMLSelectElement} */ (element("select", { id: "qz-notice-paper", change: () => {
      chosen = choice.value;
      tell();
    } }, element("option", { value: "" }, "请选择"), ...papers.map(({ title }) => element("option", { value: title }, title))));
    const label = element("label", { for: choice.id });
    const tell = () => {
      const one = papers.find(({ title }) => title === choice.value);
      heading.textContent = one?.title ?? "收到文书，怎么办";
      label.textContent = one ? "不是这一种？换成 " : "没有认出是哪一种文书，您收到的是 ";
      content.replaceChildren(...brief(answer, one), ...(one ? steps(one) : []));
    };
    choice.value = chosen || (paper?.title ?? "");
    tell();
    return element("section", { class: "qz-found" }, heading, element("p", { class: "qz-notice__paper" }, label, choice), content);
  }

  function steps({ title, hint, steps: all }) {
    const row = ({ title: what, until, basis }) => element("li", {}, element("strong", {}, what), until ? `：${until}` : "",
      basis.length ? element("small", { class: "qz-muted" }, `（${basis.join("、")}）`) : "");
    return [...lastday(title, all.filter(({ number }) => number)), element("p", {}, `${hint}。`), element("ol", {}, ...all.map(row))];
  }

  /** The last day of each step, from the day of receipt: that which the paper says, else what is put in. */
  function lastday(title, counted) {
    if (!counted.length) return [];
    const own = received(text.value);
    const output = element("output", {});
    const field = /** @type {HTMLInputElement} */ (element("input", { type: "date", autocomplete: "off", min: "2000-01-01", max: "2999-12-31", value: receipt || own, input: () => {
      receipt = field.value;
      show();
    } }));
    const show = () => output.replaceChildren(...(field.value && field.validity.valid ? lastDays(
      [[title, counted.map((one) => ({ ...one, basis: one.basis.join("、") }))]], { mark: root.dataset.mark ?? "", name: title, received: field.value },
    ) : []));
    show();
    return [element("form", { class: "qz-lastday", submit: (event) => event.preventDefault() },
      element("label", {}, own && !receipt ? "收到的日期（通知书上写的，不对请改）" : "哪天收到的？", field), output,
      element("p", { class: "qz-limit" }, "推算每一步的最后一天：当日不算，从第二天数起。只在您的浏览器里算，不保存，不上传；以文书载明的为准。"))];
  }

  function fail() {
    const retry = element("button", { class: "qz-button", type: "button", click: channel.retry }, "重试");
    status.replaceChildren("检索数据没有载入，可能是网络断了。", retry);
  }
}

const root = document.querySelector("[data-qz-notice]");
if (root) start(root);
