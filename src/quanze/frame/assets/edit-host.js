/**
 * The page of a code host on which a file is recorded. A new file can be handed over in the address (GitHub, GitLab); an
 * existing one, or a long one, is copied and pasted. Gitee and Gitea take none in the address.
 */
const LONGEST = 7000;

/** How to get a file there: { label, url, copy }; null where site.yaml names no code host. */
export function host(code, path, text, existing) {
  if (!code) return null;
  const at = encodePath(path);
  if (existing) return pasted(code + at, "复制并打开修改页面", "已经复制。在打开的页面里全选、粘贴，写明事由和依据，再提交。");
  const named = text.length < LONGEST ? offered(code, path, text) : null;
  if (named && named.length < LONGEST) return { label: "打开新建文件的页面", url: named, copy: "" };
  return pasted(fresh(code, path), "复制并打开新建文件的页面", `已经复制。在打开的页面里把文件名写成 ${path}，粘贴，再提交。`);
}

function pasted(url, label, copy) {
  return { label, url, copy };
}

/** The address that takes a new file's name and text. */
function offered(code, path, text) {
  const query = (name, content) => new URLSearchParams({ [name]: path, [content]: text });
  if (code.includes("/-/edit/")) return `${code.replace("/-/edit/", "/-/new/").replace(/\/$/, "")}?${query("file_name", "content")}`;
  if (/^https:\/\/gitee[.]com\//.test(code) || code.includes("/_edit/") || !code.includes("/edit/")) return null;
  return `${code.replace("/edit/", "/new/").replace(/\/$/, "")}?${query("filename", "value")}`;
}

/** The page on which a new file is made by hand, in its folder. */
function fresh(code, path) {
  const folder = path.split("/").slice(0, -1).join("/");
  return code.replace("/_edit/", "/_new/").replace("/-/edit/", "/-/new/").replace(/\/edit\//, "/new/") + encodePath(folder);
}

function encodePath(path) {
  return path.split("/").map(encodeURIComponent).join("/");
}
