/** What is told of a notice: of each of its citations, of the powers that rest on them and what they can cost. No verdict on a case. */
import { money } from "./amount.js";
import { element, hits } from "./dom.js";
import { fold } from "./fold.js";
import { page } from "./place.js";

const FIRST = 5;
const APPEAL = /复议|起诉|诉讼/u;
const REVIEW = "复议";
const HEARING = "听证";
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

/** A citation, and where it stands. */
export function cited(citation) {
  const name = citation.law ? element("a", { href: page(citation.law.url) }, citation.label) : citation.label;
  const shape = citation.misread ? element("small", { class: "qz-muted" }, `（粘贴的文字写的是“${citation.misread}”，按相近的字认作这部文件，请核对）`) : "";
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

/** A number of which no law is known. */
export const nameless = (written) => element("li", {}, element("strong", {}, written), /[后下上前起始至到~～-]$/u.test(written) ? "：没有说到哪一条为止，没有去查；请逐条写明" : "：看不出是哪部文件的条文，没有去查；请连同法名一起粘贴");

/**
 * The powers: those that the notice's own words speak of, the others folded. `facts` are the facets shown of each, `bodies` the one
 * that says who has the power, `text` the notice.
 */
export function powers({ citations, items, total, unmeasured }, { facts, bodies, text }) {
  const renumbered = citations.some(({ state, quoted }) => state === "旧条号" && !quoted);
  const price = (power) => priced(power, unmeasured);
  const first = Math.max(1, Math.min(FIRST, items.filter(({ named }) => named).length || FIRST));
  const rest = items.slice(first);
  const hidden = total - first;
  return [
    element("p", { class: "qz-notice__verdict" }, `按通知书的用词排列。有这个事项，不等于通知书所写的事实和处罚正确。${whose(items.slice(0, first), bodies, text)}`),
    ...(renumbered ? [element("p", { class: "qz-notice__verdict" }, RENUMBERED)] : []),
    hits(items.slice(0, first), facts, price),
    ...(rest.length ? [element("details", {}, element("summary", {}, `另有 ${hidden} 个事项也以这些条文为依据`), hits(rest, facts, price),
      total > items.length ? element("p", {}, `还有 ${total - items.length} 个没有列出，可以到搜索里查条文。`) : "")] : []),
  ];
}

/** What is to be known first: the nearest power, what it can cost, whether one is heard, where and by when one appeals. */
export function brief({ citations, items, total, unmeasured }, paper) {
  const wrong = citations.filter(bad);
  const [nearest] = items;
  const [, term = "幅度", gist = ""] = /^(?:(\p{Script=Han}+)：)?(.*)$/u.exec(nearest?.gist ?? "") ?? []; // of a licence how long it takes
  const cost = nearest ? [gist ? element("strong", {}, gist) : "", " ", compared(nearest, unmeasured)] : [];
  const rows = [
    ...(nearest ? [["事项", [element("a", { href: page(nearest.url) }, nearest.title.join("")),
      `${nearest.ended ? "（已经终止，只可能适用于终止以前的行为）" : ""}${total > 1 ? `（${nearest.named ? "最相近的" : "其中一个，粘贴的文字分不出是哪一个"}；另有 ${total - 1} 个，见下）` : ""}`]]] : []),
    ...(wrong.length ? [["依据", [element("span", { class: "qz-cited__bad" }, `${wrong[0].label}：${verdict(wrong[0])}${wrong.length > 1 ? `；另有 ${wrong.length - 1} 处也要核对` : ""}`)]]] : []),
    ...(cost.some((one) => one !== "" && one !== " ") ? [[term, cost]] : []),
    ...(nearest ? nearest.rights.map(([question, answer]) => [question, [against(question, answer, paper)]]) : []),
  ];
  return rows.length ? [element("dl", { class: "qz-first" }, ...rows.map(([name, told]) => element("div", {}, element("dt", {}, name), element("dd", {}, ...told))))] : [];
}

/**
 * An answer to how a power is appealed against, as it is for this paper: against some nothing is to be done yet, against others another
 * way; a hearing is held before a decision alone.
 */
function against(question, answer, paper) {
  if (paper && question === HEARING && !paper.steps.some(({ title }) => title.includes(HEARING))) return `作出处罚决定以前才有：${answer}`;
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
function whose(items, bodies, text) {
  const holders = [...new Set(items.flatMap(({ facts: all }) => all.find(([name]) => name === bodies)?.[1] ?? []))];
  const folded = fold(text);
  const named = holders.filter((body) => folded.includes(fold(body)));
  if (named.length) return `通知书写到了“${named.join("、")}”，目录载明这个机关行使这项职权。`;
  if (!holders.length) return "目录没有载明行使主体，请核对通知书落款的机关。";
  return `目录载明由${holders.join("、")}行使；粘贴的文字里没有写到，请核对通知书落款的机关和层级。`;
}
