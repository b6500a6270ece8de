/** Copies a text, by the old way where the page is not served over HTTPS. */
export async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (!copied) throw new Error("not copied");
}

/** Copies what `text` gives when a button is pressed, and says on it how that went. */
export function copies(button, text) {
  button.addEventListener("click", async () => {
    button.setAttribute("aria-live", "polite");
    button.textContent = await copy(text()).then(() => "已复制", () => "没能复制，请自己选中复制");
  });
}
