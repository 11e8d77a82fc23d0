/** The referral as a sheet of plain text for the professional's own system: services and duties, nobody's data. */

import { say, terms } from "./copy.js";
import { away, h } from "./dom.js";

/** @typedef {Record<string, any>} Payload */

/**
 * The text of the sheet, one line a row; it is what is copied and what is printed.
 * @param {Payload} referral
 */
function sheetText({ situation, groups, guidance }) {
  const about = [
    ...situation.violence_types.map((/** @type {string} */ code) => terms[code]),
    situation.age !== null ? say.years(situation.age) : terms[situation.age_group],
    situation.district,
    terms[situation.municipality] ?? situation.municipality,
  ].filter(Boolean);
  const lines = [`${say.sheet.toUpperCase()}${about.length ? `: ${about.join(", ")}` : ""}`, say.danger];
  for (const { title, text } of guidance ?? []) lines.push("", title, ...text.split("\n").map((/** @type {string} */ fact) => `- ${fact}`));
  for (const { id, title, services } of groups) {
    lines.push("", (say.groups[id] ?? title).toUpperCase());
    for (const one of services) {
      lines.push(one.name, `  ${one.summary}`);
      for (const { number, note } of one.phones) lines.push(`  ${say.call}: ${number}${note ? ` (${note})` : ""}`);
      if (one.hours) lines.push(`  ${say.hours}: ${one.hours}`);
      for (const way of [one.chat, one.email, one.url]) if (way) lines.push(`  ${way}`);
      if (one.checked) lines.push(`  ${say.checked}: ${one.checked}`);
    }
  }
  return lines.join("\n");
}

/**
 * Copy, print, or open as a page.
 * @param {Payload} referral
 * @param {string} server
 * @param {(text: string) => void} tell
 */
export function sheetActions(referral, server, tell) {
  const text = sheetText(referral);
  const copy = () =>
    (navigator.clipboard?.writeText(text) ?? Promise.reject()).then(
      () => tell(say.copied),
      () => tell(say.notCopied),
    );
  return h(
    "div",
    { class: "actions" },
    h("button", { type: "button", class: "plain", onclick: copy }, say.copy),
    h("button", { type: "button", class: "plain", onclick: () => print(text) }, say.print),
    away(new URL(referral.permalink, server).href, say.page, "plain"),
  );
}

/**
 * Print the sheet alone. It stands in the page only while it is printed, whatever the page around the widget is.
 * @param {string} text
 */
function print(text) {
  const rules = new CSSStyleSheet();
  rules.replaceSync(
    `.lotsen-sheet{display:none}
    @media print{body>:not(.lotsen-sheet){display:none!important}
    .lotsen-sheet{display:block;white-space:pre-wrap;font:11pt/1.4 system-ui,sans-serif;color:#000}}`,
  );
  const sheet = h("div", { class: "lotsen-sheet", "aria-hidden": "true" }, text);
  document.body.append(sheet);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, rules];
  addEventListener(
    "afterprint",
    () => {
      sheet.remove();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== rules);
    },
    { once: true },
  );
  window.print();
}
