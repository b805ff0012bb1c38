// What the site chooses of the widget's look, and how tall a phone's keyboard leaves it. A constructed sheet: no inline style.

const DARK = "#000000";

export class Appearance {
  /** @param {string | null} color  "#rgb" or "#rrggbb"; anything else is passed over */
  constructor(color) {
    this.sheet = new CSSStyleSheet();
    this.colors = color && /^#(?:[\da-f]{3}|[\da-f]{6})$/i.test(color)
      ? `.root { --brand: ${color}; --on-brand: ${readableOn(color)}; }` : "";
    this.#write("");
    visualViewport?.addEventListener("resize", () => this.#fit());
    visualViewport?.addEventListener("scroll", () => this.#fit());
  }

  /** On a phone the panel takes what the keyboard leaves; a page that is magnified keeps its size. */
  #fit() {
    const { height = 0, offsetTop = 0, scale = 1 } = visualViewport ?? {};
    this.#write(scale > 1.01 ? "" : `.root { --tall: ${Math.round(height)}px; --top: ${Math.round(offsetTop)}px; }`);
  }

  /** @param {string} size */
  #write(size) {
    this.sheet.replaceSync(this.colors + size);
  }
}

/**
 * White or black, whichever stands out more: 4.5 to 1 at least.
 * @param {string} color
 */
function readableOn(color) {
  const light = luminance(color);
  const onWhite = 1.05 / (light + 0.05);
  const onDark = (light + 0.05) / (luminance(DARK) + 0.05);
  return onWhite >= onDark ? "#ffffff" : DARK;
}

/**
 * Relative luminance, 0 to 1, as WCAG defines it.
 * @param {string} color
 */
function luminance(color) {
  const digits = color.length === 4 ? color.slice(1).replace(/./g, "$&$&") : color.slice(1);
  return 0.2126 * linear(digits.slice(0, 2)) + 0.7152 * linear(digits.slice(2, 4)) + 0.0722 * linear(digits.slice(4));
}

/**
 * How much light one of the three colours gives, 0 to 1.
 * @param {string} pair  two hexadecimal digits
 */
function linear(pair) {
  const part = parseInt(pair, 16) / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}
