/** Where the site's scripts lie: the worker knows its own address, a page that of the script that runs. */

const script = typeof document === "undefined" ? null : /** @type {HTMLScriptElement} */ (document.currentScript);

/** The folder of the scripts. */
export const SCRIPTS = new URL(".", script ? script.src : self.location.href);

/** The site's root, whatever path it is served under, or the folder it was opened from. */
export const ROOT = new URL("../../", SCRIPTS);

/** Whether the site was opened from a folder: there nothing may be fetched, and an address has to name its file. */
export const FOLDER = SCRIPTS.protocol === "file:";

/** The address of a page of the site, as links have to name it. */
export function page(path) {
  const address = new URL(path, ROOT);
  if (FOLDER && address.pathname.endsWith("/")) address.pathname += "index.html";
  return address;
}
