/** Builds elements without innerHTML: text is always text. */

import { say } from "./copy.js";

/**
 * @param {string} tag
 * @param {Record<string, unknown>} [props] attributes; `onclick` and the like become listeners
 * @param {...unknown} children nodes, strings, arrays of them; null and false are left out
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value == null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(.../** @type {(string | Node)[]} */ (children.flat(Infinity).filter((c) => c != null && c !== false && c !== "")));
  return node;
}

/**
 * A link to somewhere else. Opens a tab of its own, so that the conversation, which lives in this page only, is kept.
 * @param {string | null} href
 * @param {string} text
 * @param {string} [kind] class name
 * @returns {HTMLElement | null} null for anything but a web address
 */
export function away(href, text, kind) {
  if (!href || !/^https?:\/\//i.test(href)) return null;
  return h("a", { href, class: kind, target: "_blank", rel: "noopener noreferrer" }, text, hidden(say.newTab));
}

/**
 * Text for screen readers only.
 * @param {string} text
 * @param {string} [lang]
 */
export const hidden = (text, lang) => h("span", { class: "vh", lang }, text);
