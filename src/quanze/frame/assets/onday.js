/** What holds on a day: { version } and why there is none: before, hidden, unreadable, ended. The versions come newest first. */
export function on(versions, day) {
  const version = versions.find(({ start }) => start <= day) ?? null;
  if (!version) return { version, why: "before" };
  if (version.unreadable) return { version, why: "unreadable" };
  if (version.hidden) return { version, why: "hidden" };
  return { version, why: version.end && version.end <= day ? "ended" : "" };
}
