/** Does the text look like it holds something that points at a person? Only a hint: the server removes it for real. */

const PATTERNS = [
  { what: "idNumber", is: /\b(?:19|20)?\d{2}[01]\d[0-9]\d\s?[-+]?\s?\d{4}\b/ },
  { what: "mail", is: /[^\s@]+@[^\s@]+\.[a-zåäö]{2,}/i },
  // Not 020, 116 and other short numbers: those are helplines.
  { what: "phone", is: /(?:\+|\b00)46[\s-]?\(?0?\)?(?:[\s-]?\d){7,10}\b|\b0(?!20)\d{1,3}[\s/-]?(?:[\s-]?\d){5,8}\b/ },
];

/**
 * @param {string} text
 * @returns {string | null} what it looks like, a key of the copy's `personal`
 */
export function looksPersonal(text) {
  return PATTERNS.find(({ is }) => is.test(text))?.what ?? null;
}
