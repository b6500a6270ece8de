/**
 * 查通知书: the citations in a pasted text, where they stand, the items that rest on them, and what can be done. The text stays in
 * this page: it is not stored, not sent, not in the address, and gone with the page.
 * Contract: an empty <div data-qz-notice data-facts="职权类型 …" data-bodies="行使主体" data-mark="【演示】"></div>, which this fills;
 * `data-bodies` is the facet that says who has the power, `data-mark` what a demonstration puts before its texts.
 */
import { money } from "./amount.js";
import { connect } from "./client.js";
import { element, hits, list, others } from "./dom.js";
import { fold } from "./fold.js";
import { lastDays } from "./lastdays.js";
import { page } from "./place.js";
import { received } from "./receipt.js";
import { turned } from "./turned.js";

const MOST = 30;
const FIRST = 5;
const PAUSE = 250;
const APPEAL = /复议|起诉|诉讼/u;
const REVIEW = "复议";
const RENUMBERED = "通知书引的是旧条号，下面的幅度是现行条文的；行为发生在现行条文施行以前的，当时的幅度可能不同，以当时的条文为准。";

/** What a state means to a reader. */
const STATES = {
  有效: () => "现行有效",
  尚未施行: ({ version }) => `还没有施行${version ? `（${version}）` : ""}`,
  已废止: ({ now }) => `已经废止${now ? `，由${now}代替` : ""}，只可能适用于废止以前的行为`,
  不存在: ({ version }) => `${version ? `${version}的` : ""}这部文件里没有这一处，请核对条号`,
  旧条号: ({ now, version, maybe }) => `${maybe ? "没有写年份，可能" : ""}是${version ? `${version}的` : ""}旧条号${now ? `，现在是${now}` : ""}`,
  被上位法取代: ({ now, part }) => `${part ? `部分（${part}）` : ""}已经被上位法取代${now ? `，应当看${now}` : ""}`,
  未收录: () => "本站没有收录这部文件，没有核对",
  未核: ({ doubt }) => (doubt ? `${doubt} 起这部文件是否继续有效，没有核实` : "本站没有核对这一处是否存在、是否有效"),
};
const BAD = new Set(["尚未施行", "已废止", "不存在", "旧条号", "被上位法取代"]);

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
    const { citations, lost, items, alike, total, unmeasured } = answer;
    const known = citations.length + lost.length;
    status.textContent = known ? `认出 ${known} 处依据，${total ? `对应 ${total} 个事项。` : "没有对应的事项。"}`
      : "没有认出条文。请粘贴写有法名和条号的句子。";
    const renumbered = citations.some(({ state, quoted }) => state === "旧条号" && !quoted);
    results.replaceChildren(
      ...(items.length ? [] : others(answer.elsewhere)),
      ...(answer.paper || known || alike.length ? [remedies(answer)] : []),
      ...(known ? [block("引用的条文", element("ul", { class: "qz-cited" }, ...citations.map(cited), ...lost.map(nameless)), ...(items.length ? others(answer.elsewhere) : []))] : []),
      ...(items.length ? [block("对应的事项", ...powers(items, total, unmeasured, renumbered))] : []),
      ...(alike.length ? [block("没有条文对应的事项，按事实的用词相近的有", element("p", { class: "qz-notice__verdict" }, "只是用词相近，不是通知书的依据。"), hits(alike, facts))] : []),
    );
    if (jump && status.getBoundingClientRect().top > innerHeight / 2) status.scrollIntoView();
    jump = false;
    void turned(results.querySelectorAll(".qz-hits"), items, day.value).then((some) => (asked.hidden = !some && !day.value));
  }

  const block = (title, ...content) =>
    element("section", { class: "qz-found" }, element("h2", { class: "qz-found__title" }, title), ...content);

  function cited(citation) {
    const name = citation.law ? element("a", { href: page(citation.law.url) }, citation.label) : citation.label;
    const shape = citation.misread ? element("small", { class: "qz-muted" }, `（粘贴的文字写的是“${citation.misread}”，按字形相近认作这部文件，请核对）`) : "";
    return element("li", {}, element("strong", {}, name), shape, "：", element("span", { class: bad(citation) ? "qz-cited__bad" : "" }, verdict(citation)));
  }

  const bad = ({ state, quoted }) => BAD.has(state) && !quoted;

  function verdict(citation) {
    if (citation.quoted) return "在引号里，是转述的话里提到的，不算这份文书自己的依据";
    const state = (STATES[citation.state]?.(citation) ?? "没有核对") + older(citation);
    if (citation.other && citation.state !== "被上位法取代") return `${state}；本机关在这里没有事项：${citation.other}`;
    const some = citation.total || BAD.has(citation.state) || citation.whole || citation.state === "未收录" ? "" : "；没有以此为依据的事项";
    return state + some;
  }

  /** What else a number may be that names no year: one of the version before, which has moved. */
  function older({ state, maybe, other }) {
    if (!maybe || state === "旧条号") return "";
    return `；${state === "有效" && !other ? "这一条现在不是罚则，" : ""}没有写年份，可能是${maybe.version}的旧条号，现在是${maybe.now}`;
  }

  const nameless = (written) => element("li", {}, element("strong", {}, written), "：看不出是哪部文件的条文，没有去查；请连同法名一起粘贴");

  /**
   * The powers: those that the notice's own words speak of, the others folded; `unmeasured` are the citations that a fine may rest on
   * of which no range is known, `renumbered` whether it names an old number.
   */
  function powers(items, total, unmeasured, renumbered) {
    const price = (power) => priced(power, unmeasured);
    const first = Math.max(1, Math.min(FIRST, items.filter(({ named }) => named).length || FIRST));
    const rest = items.slice(first);
    const hidden = total - first;
    return [
      element("p", { class: "qz-notice__verdict" }, `按通知书的用词排列。有这个事项，不等于通知书所写的事实和处罚正确。${whose(items.slice(0, first))}`),
      ...(renumbered ? [element("p", { class: "qz-notice__verdict" }, RENUMBERED)] : []),
      hits(items.slice(0, first), facts, price),
      ...(rest.length ? [element("details", {}, element("summary", {}, `另有 ${hidden} 个事项也以这些条文为依据`), hits(rest, facts, price),
        total > items.length ? element("p", {}, `还有 ${total - items.length} 个没有列出，可以到搜索里查条文。`) : "")] : []),
    ];
  }

  /** What is to be known first: the nearest power, what it can cost, whether one is heard, where and by when one appeals. */
  function brief({ citations, items, total, unmeasured }, paper) {
    const wrong = citations.filter(bad);
    const [nearest] = items;
    const [, term = "幅度", gist = ""] = /^(?:(\p{Script=Han}+)：)?(.*)$/u.exec(nearest?.gist ?? "") ?? []; // of a licence how long it takes
    const cost = nearest ? [gist ? element("strong", {}, gist) : "", " ", compared(nearest, unmeasured)] : [];
    const rows = [
      ...(nearest ? [["事项", [element("a", { href: page(nearest.url) }, nearest.title.join("")),
        `${nearest.ended ? "（已经终止，只可能适用于终止以前的行为）" : ""}${total > 1 ? `（${nearest.named ? "最相近的" : "其中一个，粘贴的文字分不出是哪一个"}；另有 ${total - 1} 个，见下）` : ""}`]]] : []),
      ...(wrong.length ? [["依据", [element("span", { class: "qz-cited__bad" }, `${wrong[0].label}：${verdict(wrong[0])}${wrong.length > 1 ? `；另有 ${wrong.length - 1} 处也要核对` : ""}`)]]] : []),
      ...(cost.some((one) => one !== "" && one !== " ") ? [[term, cost]] : []),
      ...(nearest ? nearest.rights.map(([question, answer]) => [question, [against(answer, paper)]]) : []),
    ];
    return rows.length ? [element("dl", { class: "qz-first" }, ...rows.map(([name, told]) => element("div", {}, element("dt", {}, name), element("dd", {}, ...told))))] : [];
  }

  /** An answer to how a power is appealed against, as it is for this paper: against some nothing is to be done yet, against others another way. */
  function against(answer, paper) {
    if (!paper || !APPEAL.test(answer)) return answer;
    const ways = paper.steps.filter(({ title, until }) => until && APPEAL.test(title));
    if (!ways.length) return `${paper.hint}；对作出的决定不服的，${answer}`;
    const [{ title: first }] = ways;
    const usual = first.includes(REVIEW) && !first.startsWith("先");
    const whom = /(向[^，。向]+)申请/u.exec(answer)?.[1] ?? "";
    return usual ? answer : `${ways.map(({ title, until }) => `${title.replace(/^先(?=申请)/u, `先${whom}`)}：${until}`).join("。")}。`;
  }

  /** What the notice's amounts and shares are to the fines of a power; no verdict beyond. */
  function compared({ inside, shares }, unmeasured) {
    const which = (where) => (where.length ? `内${where.some(Boolean) ? `（${where.filter(Boolean).join("；")}）` : ""}` : "外");
    const apart = unmeasured.length ? `；通知书还引了${unmeasured.join("、")}，可能是按那里罚的，那里的幅度本站没有` : "";
    const told = inside.map(([yuan, where, each, unsaid]) => `通知书写的${each} ${money(yuan)}在${where.length || !unsaid.length ? "" : "所写情形的"}法定幅度${which(where)}${
      where.length || !unsaid.length ? "" : `；“${unsaid.join("；")}”才在幅度内，粘贴的文字里没有写到`}${where.length ? "" : apart}。`);
    const parts = shares.map(([said, where]) => `通知书写的${said}在法定比例${which(where)}。`);
    return [...told, ...parts].join("");
  }

  /** The same with the ranges. */
  function priced(power, unmeasured) {
    const now = power.instead ? `现在应当看的：${power.instead}。` : "";
    const past = power.ended ? "已经终止，只可能适用于终止以前的行为。" : "";
    const range = ([low, high, when]) => `${when ? `${when}：` : ""}${low ? `${money(low)}以上 ` : ""}${money(high)}以下`;
    const spans = [...power.fines.map(range), ...new Set(power.measures)];
    return `${now}${past}${compared(power, unmeasured)}${spans.length ? `法定幅度：${spans.join("；")}。` : ""}`;
  }

  /** Whether the notice is by a body that has the powers according to the register; said once. */
  function whose(items) {
    const holders = [...new Set(items.flatMap(({ facts: all }) => all.find(([name]) => name === bodies)?.[1] ?? []))];
    const folded = fold(text.value);
    const named = holders.filter((body) => folded.includes(fold(body)));
    if (named.length) return `通知书写到了“${named.join("、")}”，目录载明这个机关行使这项职权。`;
    if (!holders.length) return "目录没有载明行使主体，请核对通知书落款的机关。";
    return `目录载明由${holders.join("、")}行使；粘贴的文字里没有写到，请核对通知书落款的机关和层级。`;
  }

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
      element("label", {}, own && !receipt ? "收到的日期（通知书上写的，不对请改）" : "哪天收到的？", field),
      element("p", { class: "qz-limit" }, "推算每一步的最后一天：当日不算，从第二天数起。只在您的浏览器里算，不保存，不上传；以文书载明的为准。"), output)];
  }

  function fail() {
    const retry = element("button", { class: "qz-button", type: "button", click: channel.retry }, "重试");
    status.replaceChildren("检索数据没有载入，可能是网络断了。", retry);
  }
}

const root = document.querySelector("[data-qz-notice]");
if (root) start(root);
