// The widget's words, from the door's catalogue.

export class Words {
  /**
   * @param {Record<string, string>} texts
   * @param {string} language
   */
  constructor(texts, language) {
    this.texts = texts;
    this.language = language;
  }

  /**
   * Fetch the words of a language; those it lacks come from a neighbouring one.
   * @param {string} door
   * @param {string} language
   */
  static async load(door, language) {
    const response = await fetch(new URL(`words/${language}.json`, door));
    if (!response.ok) throw new Error(`words: ${response.status}`);
    return new Words(await response.json(), language);
  }

  /**
   * One text, its placeholders filled in.
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   */
  say(key, values = {}) {
    const text = this.texts[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
  }
}
