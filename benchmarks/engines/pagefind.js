/** Pagefind's own module; an answer is complete when the first ten results can be shown. `quote` asks for exact phrases. */
globalThis.engine = {
  async open(quote) {
    this.quote = quote;
    this.pagefind = await import("/pagefind/pagefind.js");
    await this.pagefind.init();
  },
  async ask(query, most = 10) {
    const { results } = await this.pagefind.search(`${this.quote}${query}${this.quote}`);
    const shown = await Promise.all(results.slice(0, most).map((result) => result.data()));
    return shown.map(({ raw_url, url }) => (raw_url ?? url).slice(1));
  },
  all(query) {
    return this.ask(query, Infinity);
  },
};
