/** Payloads of the web contract as elements. */

import { inWords, language, say } from "./copy.js";
import { away, h, hidden } from "./dom.js";
import { report } from "./report.js";

/** @typedef {Record<string, any>} Payload */

/** How many groups of a referral stand open; the rest are one press away. */
const OPEN_GROUPS = 3;

/**
 * A message without its buttons.
 * @param {import("./api.js").Message} message
 * @param {Set<string>} shown ids of the topics already shown in this turn; added to
 * @returns {HTMLElement}
 */
export function message({ text, custom = {} }, shown) {
  const said = (text ?? "").split("\n").filter(Boolean).map((line) => h("p", {}, line));
  if (said.length) said[0].prepend(hidden(say.bot));
  if (custom.kind === "emergency") return emergency(said, custom);
  const parts = said.length ? [h("div", { class: "said" }, said)] : [];
  if (custom.kind === "hotlines") parts.push(h("div", { class: "cards" }, custom.services.map((/** @type {Payload} */ one) => service(one, "h3"))));
  if (custom.kind === "guidance") parts.push(...topics(custom.topics, shown, true));
  // Help before reading: a professional's duties have come in a message of their own already.
  if (custom.kind === "referral") parts.push(...custom.groups.map(group), ...topics(custom.guidance ?? [], shown));
  return h("div", { class: `message ${custom.kind ?? ""}` }, parts);
}

/**
 * @param {HTMLElement[]} said
 * @param {Payload} custom
 */
function emergency(said, custom) {
  return h("div", { class: "message emergency", role: "alert" }, h("h3", {}, h("a", { class: "way call", href: "tel:112" }, say.emergency)), said, cards(custom.services));
}

/**
 * @param {Payload} group
 * @param {number} place
 */
function group({ id, title, services }, place) {
  return h(
    "details",
    { class: `group ${id}`, open: place < OPEN_GROUPS },
    h("summary", {}, h("h3", {}, `${say.groups[id] ?? title} `, h("span", { class: "count" }, `(${services.length})`))),
    cards(services),
  );
}

/**
 * @param {Payload[]} list
 * @param {Set<string>} shown
 * @param {boolean} [answer] whether they answer a question: then the first stands open
 */
function topics(list, shown, answer = false) {
  return list
    .filter(({ id }) => !shown.has(id) && shown.add(id))
    .map(({ title, text, law }, place) =>
      h(
        "details",
        { class: "topic", lang: "sv", open: answer && !place },
        h("summary", {}, h("h3", {}, title)),
        h("ul", {}, text.split("\n").map((/** @type {string} */ fact) => h("li", {}, fact))),
        law.length > 0 && h("p", { class: "fine" }, `${say.law}: ${law.join("; ")}`),
      ),
    );
}

/** @param {Payload[]} services */
const cards = (services) => h("div", { class: "cards" }, services.map((one) => service(one, "h4")));

/**
 * A card: who, what, how to reach them, and why they are here. Facts are in Swedish, whatever language is around them.
 * In lättläst the name and the ways come first, and the rest is one press away; without a way the summary says how.
 * @param {Payload} service
 * @param {string} heading its level, so that none is skipped
 */
function service(service, heading) {
  const { name, summary, why, phones, chat, email, url } = service;
  const about = h("p", {}, summary);
  const more = [
    why.length > 0 && h("p", { class: "why" }, hidden(say.why, language), why.map((/** @type {string} */ one) => [h("span", {}, one), " "])),
    h("p", { class: "fine", lang: language }, facts(service)),
    report(service),
  ];
  const simple = language === "sv-simple";
  const brief = simple && (phones[0] || chat || email || url);
  return h(
    "article",
    { class: "card", "data-id": service.id, lang: "sv" },
    h(heading, {}, name),
    !brief && about,
    hours(service),
    h("div", { class: "ways", lang: language }, ways(service)),
    simple ? h("details", {}, h("summary", {}, say.more, name), brief && about, more) : more,
  );
}

/** @param {Payload} service */
function hours({ open_now, opens, hours }) {
  const known = open_now != null;
  const state = known && h("strong", { class: open_now ? "open" : "closed", lang: language }, open_now ? say.open : say.closed + (opens ? `, ${say.opens} ${opens}` : ""));
  return (known || hours) && h("p", { class: "hours" }, state, known && hours && " · ", hours);
}

/** @param {Payload} service */
function ways({ name, phones, chat, email, url }) {
  const of = hidden(` ${name}`, "sv");
  return [
    phones.map((/** @type {Payload} */ { number, tel, note }) => [
      h("a", { class: "way call", href: `tel:${tel}` }, `${say.call} ${number}`, of.cloneNode(true)),
      note && h("span", { class: "fine", lang: "sv" }, note),
    ]),
    named(away(chat, say.chat, "way"), of),
    email && h("a", { class: "way", href: `mailto:${email}` }, say.mail, of.cloneNode(true)),
    named(away(url, say.web, "way"), of),
  ];
}

/**
 * @param {HTMLElement | null} link
 * @param {Node} of whose link it is, for those who hear links out of context
 */
function named(link, of) {
  link?.firstChild?.after(of.cloneNode(true));
  return link;
}

/** @param {Payload} service */
function facts({ anonymous, interpreter, cost, languages, checked, source }) {
  const spoken = new Intl.DisplayNames(language, { type: "language" });
  const words = [
    anonymous && say.anonymous,
    interpreter && say.interpreter,
    cost && h("span", { lang: "sv" }, cost),
    languages.map((/** @type {string} */ code) => spoken.of(code)).join(", "),
    checked ? `${say.checked} ${inWords(checked)}` : say.unchecked,
    away(source, say.source),
  ].filter(Boolean);
  return words.map((one, place) => (place ? [" · ", one] : one));
}
