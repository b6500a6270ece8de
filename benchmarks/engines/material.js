/** Material's own worker, asked as its search box asks it; `path` is the worker's address. */
globalThis.engine = {
  async open(path) {
    const { config, docs } = await (await fetch("/search/search_index.json")).json();
    this.worker = new Worker(path);
    await this.say({ type: 0, data: { config, docs, options: { suggest: false } } });
  },
  say(message) {
    return new Promise((resolve) => {
      this.worker.onmessage = ({ data }) => resolve(data.data);
      this.worker.postMessage(message);
    });
  },
  async ask(query) {
    const { items } = await this.say({ type: 2, data: query });
    return items.map(([{ location }]) => location.split("#")[0]);
  },
  all(query) {
    return this.ask(query);
  },
};
