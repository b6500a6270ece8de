/** The frame's five small things: elder mode, light or dark, the menu on a telephone, the search box, where one is. */
(() => {
  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  const root = document.documentElement;
  const on = (selector, listener) => document.querySelector(selector)?.addEventListener("click", listener);

  /** Remembers a choice where the browser lets us; the choice holds for this page in any case. */
  function keep(name, value) {
    try {
      if (value) localStorage.setItem(name, value);
      else localStorage.removeItem(name);
    } catch {
      // Storage is switched off.
    }
  }

  /** In a folder a link has to name the file. */
  function folder() {
    document.addEventListener("click", ({ target }) => {
      const link = /** @type {Element} */ (target).closest?.("a[href]");
      if (link instanceof HTMLAnchorElement && link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
    }, true);
  }

  on("[data-qz-elder]", () => keep("quanze.elder", root.classList.toggle("qz-elder") ? "1" : ""));

  on("[data-qz-scheme]", () => {
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    root.dataset.scheme = (root.dataset.scheme || system) === "dark" ? "light" : "dark";
    keep("quanze.scheme", root.dataset.scheme === system ? "" : root.dataset.scheme);
  });

  on("[data-qz-menu]", ({ currentTarget }) => {
    const open = root.classList.toggle("qz-menu--open");
    currentTarget.setAttribute("aria-expanded", String(open));
  });

  const offline = /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="quanze-offline"]'));
  const { serviceWorker } = navigator;
  if (location.protocol === "file:") folder();
  else if (offline && serviceWorker) serviceWorker.register(new URL(offline.content, location.href)).catch(() => {});
  else if (serviceWorker?.controller) {
    // Switched off since: what was kept goes with the worker that kept it.
    void serviceWorker.getRegistration().then((one) => one?.unregister()).then(() => caches.keys())
      .then((names) => names.filter((name) => name.startsWith("quanze-")).forEach((name) => caches.delete(name)));
  }

  // The header's search box comes to life by a script of its own; the search page has a better one.
  const box = document.querySelector("[data-qz-box]");
  if (document.querySelector("[data-qz-search]")) box?.remove();
  else if (box) document.head.append(Object.assign(document.createElement("script"), { src: new URL("header.js", src) }));

  const drop = /** @type {HTMLDetailsElement} */ (document.querySelector(".qz-drop"));
  document.addEventListener("click", ({ target }) => {
    if (!drop.contains(/** @type {Node} */ (target))) drop.open = false;
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !drop.open) return;
    const inside = drop.contains(document.activeElement);
    drop.open = false;
    if (inside) drop.querySelector("summary").focus();
  });

  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".qz-nav a"))) {
    const here = location.pathname.replace(/index\.html$/, "");
    const held = link.dataset.qzHolds?.split(" ");
    if (held) held.some((one) => here.endsWith(`/${one}`)) && link.setAttribute("aria-current", "true");
    else if (here === link.pathname) link.setAttribute("aria-current", "page");
    else if (here.startsWith(link.pathname) && !("exact" in link.dataset)) link.setAttribute("aria-current", "true");
  }
})();
