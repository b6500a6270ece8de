/** The page's end of the search: one worker for all, started with the first question. */

const channels = new Map();
let worker = null;

function open() {
  worker = new Worker(new URL("worker.js", import.meta.url), { type: "module", name: "quanze-search" });
  worker.onmessage = ({ data }) => {
    if (data.failed) channels.forEach(({ failed }) => failed());
    else {
      const channel = channels.get(data.channel);
      if (channel.id === data.id) channel.answered(data);
    }
  };
  worker.onerror = () => channels.forEach(({ failed }) => failed());
}

/**
 * Opens a channel. `answered` is called with each answer to the newest question, stale ones are dropped; an answer with
 * `partial` will be followed by a fuller one. `failed` is called when the index cannot be read.
 * Returns { ask(question), drop(), retry() }.
 */
export function connect(answered, failed = () => {}) {
  const channel = { id: 0, answered, failed };
  const name = channels.size;
  channels.set(name, channel);
  const post = (message) => {
    if (!worker) open();
    worker.postMessage(message);
  };
  return {
    ask: (question) => post({ channel: name, id: ++channel.id, ...question }),
    drop: () => channel.id++,
    retry: () => post({ kind: "retry" }),
  };
}

/** The site's root, whatever path it is served under. */
export const ROOT = new URL("../../", import.meta.url);
