/** The key that leads to a search field from anywhere on a page. */

/** Takes the reader to the field by a slash that is typed where nothing is written. */
export function slash(field) {
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.isContentEditable || target.matches("input, textarea, select")) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
