// The widget's style as a constructed sheet: a page's policy against inline styles does not bar it.

export async function loadStyle() {
  const response = await fetch(new URL("widget.css", import.meta.url));
  if (!response.ok) throw new Error(`style: ${response.status}`);
  const sheet = new CSSStyleSheet();
  await sheet.replace(await response.text());
  return sheet;
}
