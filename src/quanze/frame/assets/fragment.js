/**
 * What is looked for, in the address's fragment: #q=…&职权类型=行政处罚&排序=名称.
 * A fragment is never sent to the server. Everything but q and 排序 is a facet, once for each value chosen.
 */

/** The state { q, order, chosen }, chosen being a map from facet to set of values. A plain anchor is no state. */
export function read() {
  const params = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
  const chosen = new Map();
  for (const [name, value] of params) {
    if (name !== "q" && name !== "排序") chosen.set(name, (chosen.get(name) ?? new Set()).add(value));
  }
  return { q: params.get("q") ?? "", order: params.get("排序") ?? "", chosen };
}

/** The state as a fragment, empty for the empty state. */
export function fragment({ q = "", order = "", chosen = new Map() }) {
  const params = new URLSearchParams();
  if (q) params.set("q", q);
  for (const [name, values] of chosen) for (const value of values) params.append(name, value);
  if (order) params.set("排序", order);
  return [...params].length ? `#${params}` : "";
}

/** Puts the state into the address: as a step of its own that Back undoes, or in place of the present one. */
export function write(state, step) {
  const address = location.pathname + location.search + fragment(state);
  if (address === location.pathname + location.search + location.hash) return;
  if (step) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

/** The chosen values with one put in or taken out. */
export function toggled(chosen, name, value) {
  const next = new Map(chosen);
  const values = new Set(next.get(name));
  if (!values.delete(value)) values.add(value);
  if (values.size) next.set(name, values);
  else next.delete(name);
  return next;
}
