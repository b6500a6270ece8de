/**
 * The service worker: keeps the site for when there is no network. sw.js at the root, which the build writes, gives
 * { stamp, dated, kept } and loads this: what to keep from the first visit on, and as of which day the register is.
 *
 * What comes from the network is always preferred; a page that has to come from the copy says so, and of which day it is.
 */

const scope = /** @type {any} */ (globalThis);
const { stamp, dated, kept } = scope.quanzeOffline ?? { kept: [] };
const PREFIX = "quanze-";
const DAY = "x-quanze-kept";
const PATIENCE = 4000; // milliseconds, after which a page is shown from the copy
const BEFORE = '<div class="qz-page';

function base() {
  return scope.registration.scope;
}

function cache() {
  return caches.open(`${PREFIX}${base()}#${stamp}`);
}

function today(now = new Date()) {
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** Keeps an answer with the day on which it came. */
async function keep(request, response) {
  const headers = new Headers(response.headers);
  headers.set(DAY, today());
  await (await cache()).put(request, new Response(await response.blob(), { status: response.status, headers }));
}

async function install() {
  await Promise.all(kept.map(async (path) => {
    const request = new Request(new URL(path, base()), { cache: "reload" });
    const response = await fetch(request);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    await keep(request, response);
  }));
  await visited();
  await scope.skipWaiting();
}

async function activate() {
  const own = `${PREFIX}${base()}#`;
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(own) && name !== `${own}${stamp}`).map((name) => caches.delete(name)));
  await scope.clients.claim();
}

/** Keeps the pages that were open before this worker was there: the first that one comes to is one that one comes back to. */
async function visited() {
  const open = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  await Promise.allSettled(open.filter(({ url }) => url.startsWith(base())).map(async ({ url }) => {
    const request = new Request(url.split("#", 1)[0]);
    const response = await fetch(request);
    if (response.ok) await keep(request, response);
  }));
}

async function copy(request) {
  return (await cache()).match(request, { ignoreSearch: true });
}

/** A page from the copy, which says so above its text. */
async function told(response) {
  const day = response.headers.get(DAY) ?? "以前";
  const note = `<p class="qz-offline" role="status">没有连上网站，这是 ${day} 存在本机的副本${dated ? `，资料截至 ${dated}` : ""}；此后的变化这里没有。</p>`;
  const html = await response.text();
  return new Response(html.replace(BEFORE, note + BEFORE), { headers: { "content-type": "text/html; charset=utf-8" } });
}

function absent() {
  const html = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>没有连上网站</title><p>没有连上网站，这一页没有存在本机。<a href="${base()}">首页</a></p></html>`;
  return new Response(html, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
}

/** The answer of the network, which is kept; null where it does not come, or not in time. */
async function fresh(request, patience, until) {
  // Never the browser's own store: what is offline has to be told as a copy.
  const asked = fetch(request.url, { cache: "no-cache", redirect: "manual" }).then((response) => {
    if (response.ok) until(keep(request, response.clone()));
    return response;
  });
  const late = new Promise((resolve) => void (patience && setTimeout(resolve, patience, null)));
  return Promise.race([asked, late]).catch(() => null);
}

async function answer(request, until) {
  const asset = new URL(request.url).pathname.startsWith(new URL("assets/", base()).pathname);
  const known = asset && (await copy(request));
  if (known) return known;
  const page = request.mode === "navigate";
  const there = await copy(request);
  const response = await fresh(request, page && there ? PATIENCE : 0, until);
  if (response) return response;
  if (there) return page ? told(there) : there;
  return page ? absent() : Response.error();
}

if (scope.registration) {
  scope.addEventListener("install", (event) => event.waitUntil(install()));
  scope.addEventListener("activate", (event) => event.waitUntil(activate()));
  scope.addEventListener("fetch", (event) => {
    const { request } = event;
    if (request.method === "GET" && request.url.startsWith(base())) event.respondWith(answer(request, (work) => event.waitUntil(work)));
  });
}

export {};
