/** The 6,763 characters of GB/T 2312, which has none of the old orthography; every browser can list them. */

const [FIRST, LAST] = [0xb0, 0xf7];
let known = "";

/** Whether a character is one of them. */
export function modern(sign) {
  if (!known) {
    const decoder = new TextDecoder("gbk");
    const row = (high) => decoder.decode(Uint8Array.from({ length: 188 }, (_, i) => (i % 2 ? 0xa1 + (i >> 1) : high)));
    known = Array.from({ length: LAST - FIRST + 1 }, (_, i) => row(FIRST + i)).join("");
  }
  return known.includes(sign);
}
