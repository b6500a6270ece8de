/** The page's end of the search: one worker for all, started with the first question; from a folder it runs in the page. */
import { load } from "./loading.js";
import { FOLDER, SCRIPTS } from "./place.js";

const channels = new Map();
let worker = null;

function receive(data) {
  if (data.failed) channels.forEach(({ failed }) => failed());
  else {
    const channel = channels.get(data.channel);
    if (channel.id === data.id) channel.answered(data);
  }
}

function open() {
  if (FOLDER) {
    const ready = load("worker.js");
    return { postMessage: (message) => void ready.then(({ handle }) => handle(message, receive)) };
  }
  const opened = new Worker(new URL("worker.js", SCRIPTS), { name: "quanze-search" });
  opened.onmessage = ({ data }) => receive(data);
  opened.onerror = () => channels.forEach(({ failed }) => failed());
  return opened;
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
    worker ??= open();
    worker.postMessage(message);
  };
  return {
    ask: (question) => post({ channel: name, id: ++channel.id, ...question }),
    drop: () => channel.id++,
    retry: () => post({ kind: "retry" }),
  };
}
