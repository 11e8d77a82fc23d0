/** Payloads of the web contract as elements. */

import { inWords, say, terms } from "./copy.js";
import { away, h, hidden } from "./dom.js";

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
  if (custom.kind === "guidance") parts.push(...topics(custom.topics, shown));
  // Help before reading: a professional's duties have come in a message of their own already.
  if (custom.kind === "referral") parts.push(...custom.groups.map(group), ...topics(custom.guidance ?? [], shown));
  return h("div", { class: `message ${custom.kind ?? ""}` }, parts);
}

/**
 * @param {HTMLElement[]} said
 * @param {Payload} custom
 */
function emergency(said, custom) {
  return h("div", { class: "message emergency", role: "alert" }, h("h3", {}, say.emergency), said, cards(custom.services));
}

/**
 * @param {Payload} group
 * @param {number} place
 */
function group({ id, title, services }, place) {
  return h(
    "details",
    { class: `group ${id}`, open: place < OPEN_GROUPS },
    h("summary", {}, h("h3", {}, `${title} `, h("span", { class: "count" }, `(${services.length})`))),
    cards(services),
  );
}

/**
 * @param {Payload[]} list
 * @param {Set<string>} shown
 */
function topics(list, shown) {
  return list
    .filter(({ id }) => !shown.has(id) && shown.add(id))
    .map(({ title, text, law }) =>
      h(
        "details",
        { class: "topic" },
        h("summary", {}, h("h3", {}, title)),
        h("ul", {}, text.split("\n").map((/** @type {string} */ fact) => h("li", {}, fact))),
        law.length > 0 && h("p", { class: "fine" }, `${say.law}: ${law.join("; ")}`),
      ),
    );
}

/** @param {Payload[]} services */
const cards = (services) => h("div", { class: "cards" }, services.map((one) => service(one, "h4")));

/**
 * A card: who, what, how to reach them, and why they are here.
 * @param {Payload} service
 * @param {string} heading its level, so that none is skipped
 */
function service(service, heading) {
  const state = openState(service);
  return h(
    "article",
    { class: "card", "data-id": service.id },
    h(heading, {}, service.name),
    h("p", {}, service.summary),
    (state || service.hours) &&
      h("p", { class: "hours" }, state && h("strong", { class: service.open_now ? "open" : "closed" }, state), state && service.hours && " · ", service.hours),
    h("div", { class: "ways" }, ways(service)),
    service.why.length > 0 && h("p", { class: "why" }, hidden(say.why), service.why.map((/** @type {string} */ why) => [h("span", {}, why), " "])),
    h("p", { class: "fine" }, facts(service)),
  );
}

/** @param {Payload} service */
function openState({ open_now, opens }) {
  if (open_now === null || open_now === undefined) return null;
  return open_now ? say.open : say.closed + (opens ? `, ${say.opens} ${opens}` : "");
}

/** @param {Payload} service */
function ways({ name, phones, chat, email, url }) {
  const of = hidden(` ${name}`);
  return [
    phones.map((/** @type {Payload} */ { number, tel, note }) => [
      h("a", { class: "way call", href: `tel:${tel}` }, `${say.call} ${number}`, of.cloneNode(true)),
      note && h("span", { class: "fine" }, note),
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
  const words = [
    anonymous && say.anonymous,
    interpreter && say.interpreter,
    cost,
    languages.map((/** @type {string} */ code) => terms[code] ?? code).join(", "),
    checked ? `${say.checked} ${inWords(checked)}` : say.unchecked,
  ].filter(Boolean);
  const from = away(source, say.source);
  return [words.join(" · "), from && [" · ", from]];
}
