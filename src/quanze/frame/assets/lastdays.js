/**
 * The last day of each step against a power, counted from the day on which its paper was received: in this page alone,
 * nothing is kept and nothing is sent. Steps are { title, number, unit, law, until, basis }, `law` being what postpones a last
 * day on a holiday, empty where none is known.
 */
import { copies } from "./copy.js";
import { element } from "./dom.js";
import { lastDay } from "./period.js";
import calendar from "./workdays.js";

const WEEK = "日一二三四五六";

/** 2026-10-08（星期四） */
function told(day) {
  return `${day}（星期${WEEK[new Date(`${day}T00:00:00Z`).getUTCDay()]}）`;
}

/** What is to be said of a last day beside the day. */
function why({ day, counted, ending }, law) {
  if (!day) return `要数到 ${calendar.until.slice(0, 4)} 年以后，那年的放假安排还不知道，所以未定。`;
  if (ending === "postponed") return `${told(counted)}是休假日，依${law}顺延。`;
  if (ending === "holiday") return "这一天是休假日；没有查到可以顺延的法律规定，请在这以前办。";
  if (ending === "unknown") return "这一天是不是休假日未定；是的话，看有没有法律规定可以顺延，不要等。";
  return "";
}

function escaped(text) {
  return text.replace(/[\\;,]/g, "\\$&").replace(/\s+/g, " ");
}

/** Folds a line of a calendar file after 75 octets, no character cut. */
function folded(line) {
  const parts = [""];
  let room = 75;
  for (const sign of line) {
    const size = new TextEncoder().encode(sign).length;
    if (size > room) {
      parts.push(" ");
      room = 74;
    }
    parts[parts.length - 1] += sign;
    room -= size;
  }
  return parts.join("\r\n");
}

/** The days as a calendar file (RFC 5545): whole days, each with a word three days before. */
export function ics(days, { mark, name, address, received }) {
  const events = days.filter(({ day }) => day).flatMap((step, number) => [
    "BEGIN:VEVENT",
    `UID:${step.day.replaceAll("-", "")}-${received.replaceAll("-", "")}-${number}@quanze`,
    `DTSTAMP:${received.replaceAll("-", "")}T000000Z`,
    `DTSTART;VALUE=DATE:${step.day.replaceAll("-", "")}`,
    `SUMMARY:${escaped(`${mark}最迟：${step.title}（${step.paper}）`)}`,
    `DESCRIPTION:${escaped(`${name}。${step.basis}。${step.note}收到日 ${received}。`)}`,
    ...(address ? [`URL:${address}`] : []),
    "TRANSP:TRANSPARENT",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${escaped(step.title)}`,
    "TRIGGER:-P3D",
    "END:VALARM",
    "END:VEVENT",
  ]);
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//quanze//lastday//ZH", ...events, "END:VCALENDAR"];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** A step with its last day, and what is to be said of that. */
function reckoned({ title, number, unit, law, until, basis }, received) {
  const last = lastDay(received, Number(number), unit, law !== "", calendar);
  return { title, ...last, note: why(last, law), basis: [until, basis].filter(Boolean).join("；") };
}

/**
 * The last days of papers, [name, steps], to be shown: by paper, with buttons that copy them and take them into a calendar;
 * `about` is { mark, name, address, received }; a paper that the whole is called by is not named again.
 */
export function lastDays(papers, about) {
  const { received } = about;
  const groups = papers.map(([paper, steps]) => [paper, steps.map((step) => reckoned(step, received))]).filter(([, reckonings]) => reckonings.length);
  const all = groups.flatMap(([paper, reckonings]) => reckonings.map((step) => ({ paper, ...step })));
  const text = () => [`${about.mark}${about.name}`, `收到日 ${received}（当日不算）`,
    ...all.map((step) => `${step.paper}，${step.title}：${step.day ? `最迟 ${told(step.day)}` : "未定"}。${step.note}${step.basis}`),
    ...(about.address ? [about.address] : [])].join("\n");
  const button = element("button", { type: "button", class: "qz-button qz-button--plain" }, "复制成文字");
  copies(button, text);
  const file = new Blob([ics(all, about)], { type: "text/calendar" });
  const link = element("a", { class: "qz-button qz-button--plain", href: URL.createObjectURL(file), download: "zuihou-yitian.ics" }, "存入日历（.ics）");
  return [
    ...groups.map(([paper, reckonings]) => element("div", {}, paper === about.name ? "" : element("h3", {}, paper), element("ul", { class: "qz-lastday__days" },
      ...reckonings.map((step) => element("li", {},
        element("strong", {}, step.title), step.day ? "：最迟 " : "：", element("strong", {}, step.day ? told(step.day) : "未定"),
        element("span", { class: "qz-note" }, `${step.note}${step.basis}`)))))),
    element("p", { class: "qz-actions" }, button, all.some((step) => step.day) ? link : ""),
  ];
}
