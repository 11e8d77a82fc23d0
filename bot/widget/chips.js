/** The situation as it has been understood, as chips: press one to be asked about it again. */

import { fields, say, terms } from "./copy.js";
import { h, hidden } from "./dom.js";

/** @typedef {Record<string, any>} Situation */

/**
 * What each chip says; a field about which nothing is known has none.
 * @param {Situation} situation
 * @returns {[string, string][]} field and value in words
 */
function known(situation) {
  /** @type {[string, string | undefined | null][]} */
  const all = [
    ["perspective", terms[situation.perspective]],
    ["violence_types", situation.violence_types?.map((/** @type {string} */ code) => terms[code]).join(", ")],
    ["municipality", terms[situation.municipality] ?? situation.municipality],
    ["district", situation.district],
    ["age_group", situation.age != null ? say.years(situation.age) : terms[situation.age_group]],
  ];
  return /** @type {[string, string][]} */ (all.filter(([, value]) => value));
}

/**
 * @param {Situation} situation
 * @param {(payload: string, title: string) => void} press
 * @returns {HTMLElement | null}
 */
export function chips(situation, press) {
  const list = known(situation);
  if (!list.length) return null;
  const id = "understood";
  return h(
    "div",
    { class: "understood", role: "group", "aria-labelledby": id },
    h("p", { id, class: "fine" }, say.understood),
    h(
      "ul",
      {},
      list.map(([field, value]) => {
        // The very form that the gateway lets through: one space after the colon.
        const payload = `/change{"field": "${field}"}`;
        const title = `${fields[field]}: ${value}`;
        return h("li", {}, h("button", { type: "button", class: "chip", onclick: () => press(payload, `${say.changing} ${title}`) }, hidden(`${fields[field]}: `), value, hidden(say.change)));
      }),
    ),
  );
}
