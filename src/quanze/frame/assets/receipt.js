/** The day on which a paper was received, where it says so itself: 收到日期：2026年11月9日, 于2026年10月12日送达. */
import { numeric } from "./amount.js";

const NUMBER = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})";
const DAY = `(20[0-9]{2}|二[〇零O0○][一二三四五六七八九〇零]{2}) ?[年./-] ?(${NUMBER}) ?[月./-] ?(${NUMBER}) ?日?`;
const RECEIVED = [
  new RegExp(`(?:收到|送达|签收|领取|收件)[^。；，0-9二]{0,10}${DAY}`, "u"),
  new RegExp(`${DAY}[^。；，0-9]{0,6}(?:送达|收到|签收|领取)`, "u"),
];

function year(text) {
  return /^[0-9]/u.test(text) ? text : Array.from(text, (sign) => Math.max(0, "零一二三四五六七八九".indexOf(sign))).join("");
}

/** That day, YYYY-MM-DD; empty where the text says none, or none that there is. */
export function received(text) {
  const signs = text.normalize("NFKC").replace(/\s+/gu, " ");
  const match = RECEIVED.map((one) => one.exec(signs)).find(Boolean);
  if (!match) return "";
  const parts = [numeric(match[2]), numeric(match[3])].map((part) => String(part).padStart(2, "0"));
  const day = `${year(match[1])}-${parts.join("-")}`;
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) ? day : "";
}
