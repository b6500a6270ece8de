// On a record's page: which of its versions was in force on a day that the reader picks.
const form = /** @type {HTMLFormElement | null} */ (document.querySelector(".qz-when"));

if (form) {
  const versions = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".qz-versions > li"))]; // newest first
  const told = form.querySelector("output");
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => tell(form.querySelector("input").value));

  const tell = (day) => {
    const readable = versions.filter(({ dataset }) => !("unreadable" in dataset));
    const found = day ? readable.find(({ dataset }) => dataset.start <= day) : undefined;
    for (const version of versions) {
      version.toggleAttribute("data-chosen", version === found);
      version.toggleAttribute("data-later", Boolean(day) && versions.indexOf(version) < (found ? versions.indexOf(found) : versions.length));
    }
    told.textContent = day ? sentence(day, found, readable) : "";
  };

  const sentence = (day, found, readable) => {
    if (!found) {
      return `${day}：还没有生效的版本。本站最早的一版 ${readable.at(-1)?.dataset.start ?? ""} 起有效，更早的内容不在本站的历史里。`;
    }
    const { recorded, start, end, status } = found.dataset;
    const later = versions.indexOf(found);
    const since = later ? `此后又有 ${later} 次变化，在下面标出。` : "此后没有变化，与上面的内容相同。";
    if (status === "拟" || status === "消失") return `${day}：没有公布（${recorded} 记录）。${since}`;
    if (end && end <= day) return `${day}：已终止（${end} 起，状态：${status}）。${since}`;
    const state = status && status !== "有效" ? `，状态：${status}` : "";
    return `${day}：有效的是 ${start} 起的这一版（${recorded} 记录${state}）。${since}`;
  };
}
