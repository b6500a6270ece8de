/**
 * The search box in the header: suggestions while one types, after the ARIA pattern of the combobox.
 *
 * Contract:
 *   <form class="qz-box" role="search" action="{root}search/" data-qz-box>
 *     <label class="qz-hidden" for="qz-box-field">搜索权责事项</label>
 *     <input class="qz-box__field" id="qz-box-field" type="search" autocomplete="off" maxlength="200" placeholder="搜索  /">
 *   </form>
 *   <a class="qz-box__link" href="{root}search/">搜索</a>
 * The field has no name: without script the form leads to the search page and tells the server nothing. search.css
 * shows the link in the box's stead where there is no script.
 */
import { connect } from "./client.js";
import { element, marked } from "./dom.js";
import { fragment } from "./fragment.js";
import { page } from "./place.js";
import { slash } from "./slash.js";

const MOST = 8;
const PAUSE = 60;

function start(form) {
  const field = form.querySelector("input");
  const options = element("ul", { id: "qz-box-options", class: "qz-box__options", role: "listbox", "aria-label": "搜索建议", hidden: true });
  const status = element("p", { class: "qz-hidden", role: "status" });
  form.append(options, status);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": options.id, enterkeyhint: "search",
  })) field.setAttribute(name, value);

  let active = -1;
  let timer = 0;
  const channel = connect(show);
  const search = (q) => new URL(fragment({ q }), page("search/"));

  function show({ hits, groups, near, elsewhere }) {
    if (document.activeElement !== field) return;
    const answers = [...groups.flatMap((group) => group.hits), ...hits, ...near];
    const chosen = options.children[active]?.dataset.href; // an answer comes in parts, and a choice outlasts them
    const unique = [...new Map(answers.map((hit) => [hit.key, hit])).values()].slice(0, MOST);
    const option = (href, ...content) =>
      element("li", { class: "qz-box__option", role: "option", "aria-selected": "false", "data-href": href }, ...content);
    options.replaceChildren(
      ...unique.map((hit) =>
        option(page(hit.url), element("span", {}, ...marked(hit.title)),
          element("span", { class: "qz-box__label" }, near.includes(hit) ? "相近" : hit.ended ? "已终止" : hit.label))),
      ...elsewhere.map(({ url, title, bodies }) =>
        option(page(url), element("span", {}, title), element("span", { class: "qz-box__label" }, `归${bodies.join("、")}`))),
      option(search(field.value.trim()), `在全部公布的文字里查找“${field.value.trim()}”`),
    );
    [...options.children].forEach((node, i) => (node.id = `qz-box-option-${i}`));
    status.textContent = unique.length ? `${unique.length} 条建议` : "没有建议，按回车查找全文";
    active = -1;
    select([...options.children].findIndex((node) => node.dataset.href === chosen));
    expand(true);
  }

  function expand(open) {
    options.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (!open) select(-1);
  }

  function select(number) {
    options.children[active]?.setAttribute("aria-selected", "false");
    active = number;
    const option = options.children[active];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  }

  function ask() {
    clearTimeout(timer);
    channel.drop();
    select(-1);
    const query = field.value.trim();
    if (!query) return expand(false);
    timer = setTimeout(() => channel.ask({ kind: "search", parts: 2, query, limit: MOST }), PAUSE);
  }

  function close() {
    clearTimeout(timer);
    channel.drop();
    expand(false);
  }

  function open(href) {
    close();
    location.assign(href);
  }

  const KEYS = {
    ArrowDown: () => (options.hidden ? ask() : select((active + 1) % options.children.length)),
    ArrowUp: () => !options.hidden && select((active < 0 ? options.children.length : active) - 1),
    Escape: () => (options.hidden ? (field.value = "") : close()),
  };
  field.addEventListener("keydown", (event) => {
    if (!(event.key in KEYS) || event.isComposing) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  field.addEventListener("input", ask);
  field.addEventListener("blur", close);
  options.addEventListener("mousedown", (event) => event.preventDefault());
  options.addEventListener("click", ({ target }) => open(target.closest("[data-href]")?.dataset.href ?? search(field.value)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    open(options.children[active]?.dataset.href ?? search(field.value.trim()));
  });
  slash(field);
}

const form = document.querySelector("[data-qz-box]");
if (form) start(form);
