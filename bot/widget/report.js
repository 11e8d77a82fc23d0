/** "Wrong?" on a card: one tap on what is wrong. No words are asked for, so none can be kept. */

import { QUIET } from "./api.js";
import { language, say, wrong } from "./copy.js";
import { h, hidden } from "./dom.js";

/**
 * @param {Record<string, any>} service
 * @returns {HTMLElement}
 */
export function report({ id, name, phones, hours, url }) {
  /** @type {Record<string, unknown>} */
  const shown = { phone: phones.length, hours, web: url, other: true };
  const choices = Object.entries(say.wrongFacts).filter(([field]) => shown[field]);
  const told = h("p", { role: "status" });
  const box = h(
    "details",
    { class: "fine", lang: language },
    h("summary", {}, say.wrongFact, hidden(` ${name}`, "sv")),
    h("div", { class: "actions" }, choices.map(([field, word]) => h("button", { type: "button", class: "plain", onclick: () => send(field) }, word))),
    told,
  );
  return box;

  /** @param {string} field */
  async function send(field) {
    box.inert = true;
    const { server } = /** @type {any} */ (box.getRootNode()).host;
    // Without the token: a report belongs to no conversation.
    const answer = await fetch(`${server}/api/reports`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ service: id, field }),
      ...QUIET,
    }).catch(() => null);
    box.inert = false;
    if (!answer?.ok) told.textContent = wrong.report;
    else {
      const thanks = h("p", { class: "fine", tabindex: "-1", lang: language }, say.thanks);
      box.replaceWith(thanks);
      thanks.focus();
    }
  }
}
