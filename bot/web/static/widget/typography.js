// What must not be parted at the end of a line.

/**
 * French puts a blank before some signs and within its quotation marks: the sign stays with its word, as does the "h" of
 * an hour with its number.
 * @param {string} text
 */
export function together(text) {
  return text.replace(/ (?=[:;?!»%€])|(?<=«) |(?<=\d) (?=h\b)/g, "\u00a0");
}
