/** The fixed parts around the conversation. */

import { language, languages, offline, say } from "./copy.js";
import { h } from "./dom.js";

/**
 * @param {string} server
 * @param {{submit: () => void, restart: () => void, forget: () => void, exit: () => void, image: () => void,
 *   speak: (wanted: import("./copy.js").Language) => void}} on
 */
export function frame(server, on) {
  const log = h("div", { class: "log", role: "log", tabindex: "0", "aria-label": say.log });
  // Seen only: a screen reader is told when there is something to read.
  const typing = h("div", { class: "typing", "aria-hidden": "true" }, say.typing);
  typing.hidden = true;
  const notes = h("div", { class: "notes", role: "status" });
  const situation = h("div");
  const field = /** @type {HTMLTextAreaElement} */ (
    h("textarea", { id: "field", rows: 1, autocomplete: "off", "aria-describedby": "hint", enterkeyhint: "send", onkeydown, onpaste: files, ondrop: files })
  );
  const form = h(
    "form",
    { onsubmit },
    h("label", { for: "field" }, say.field),
    " ",
    h("span", { id: "hint", class: "fine" }, say.hint),
    h("div", { class: "row" }, field, h("button", { class: "send" }, say.send)),
  );
  const tools = h(
    "div",
    { class: "tools" },
    h("button", { type: "button", onclick: on.restart }, say.restart),
    h("button", { type: "button", onclick: on.forget }, say.forget),
    h("a", { href: `${server}/integritet`, target: "_blank", rel: "noopener" }, say.privacy),
  );
  const staffed = offline.lines[1];
  const chat = h(
    "section",
    { class: "chat", "aria-label": say.chatName },
    h(
      "header",
      {},
      h("h2", {}, say.name),
      h("p", { class: "fine" }, say.ai),
      h("div", { class: "languages", role: "group", "aria-label": say.languages }, Object.entries(languages).map(choice)),
      h("a", { class: "sos", href: "tel:112" }, say.danger),
      h("a", { class: "sos", lang: "sv", href: `tel:${staffed.tel}` }, `${staffed.name} ${staffed.number}`),
    ),
    log,
    typing,
    notes,
    situation,
    form,
    tools,
  );
  return { log, typing, notes, situation, field, parts: [...exit(server, on.exit), chat] };

  /** @param {[string, string]} one */
  function choice([code, name]) {
    const onclick = () => on.speak(/** @type {import("./copy.js").Language} */ (code));
    return h("button", { type: "button", lang: code, "aria-pressed": String(code === language), onclick }, name);
  }

  /** @param {Event} event */
  function onsubmit(event) {
    event.preventDefault();
    on.submit();
  }

  /** @param {KeyboardEvent} event */
  function onkeydown(event) {
    // Not while a word is being composed, as in Chinese or Tigrinya.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    on.submit();
  }

  /** @param {ClipboardEvent | DragEvent} event */
  function files(event) {
    const data = event instanceof ClipboardEvent ? event.clipboardData : event.dataTransfer;
    if (!data?.files.length) return;
    event.preventDefault();
    on.image();
  }
}

/**
 * The quick exit of the widget itself, where the page around it has none.
 * @param {string} server
 * @param {() => void} leave
 */
function exit(server, leave) {
  if (document.querySelector("a[data-lotsen-exit]")) return [];
  return [
    h("button", { type: "button", class: "exit", onclick: leave }, say.exit),
    h("p", { class: "fine" }, say.exitHint, " ", h("a", { href: `${server}/sakerhet` }, say.exitHow)),
  ];
}

/**
 * Show a turn from its beginning.
 * @param {{log: HTMLElement}} ui
 * @param {HTMLElement} turn
 */
export function scroll({ log }, turn) {
  // On a very low screen the log is as high as what is in it, and the page is scrolled instead.
  if (getComputedStyle(log).overflowY === "visible") turn.scrollIntoView({ block: "start" });
  else {
    // On a phone the log may be out of sight; a greeting that nobody has asked for moves nothing.
    if (turn.querySelector(".me")) turn.firstElementChild?.scrollIntoView({ block: "nearest" });
    log.scrollTop = turn.offsetTop - 8;
  }
}

/**
 * The text field keeps the focus. On a phone it is left alone, or the keyboard would cover the answer.
 * @param {{log: HTMLElement, field: HTMLElement}} ui
 * @param {HTMLElement} turn
 */
export function refocus({ log, field }, turn) {
  const root = /** @type {ShadowRoot} */ (field.getRootNode());
  const lost = root.activeElement === null && document.activeElement === document.body && turn.querySelector(".me");
  if (lost) (matchMedia("(pointer: fine)").matches ? field : log).focus({ preventScroll: true });
}

/**
 * @param {string} text
 * @param {[string, () => void][]} choices
 */
export function alarm(text, choices) {
  return h(
    "div",
    {},
    h("p", {}, text),
    choices.length > 0 && h("div", { class: "actions" }, choices.map(([title, onclick]) => h("button", { type: "button", class: "plain", onclick }, title))),
  );
}

/** 112 and a staffed line, out of this file: it is there when nothing else is. */
export function offlineCard() {
  return h(
    "div",
    { class: "message emergency" },
    h("h3", {}, offline.title),
    h("p", {}, offline.text),
    offline.lines.map(({ name, note, number, tel }) =>
      h("p", {}, h("a", { class: "way call", href: `tel:${tel}` }, `${say.call} ${number ?? name}`), ` ${number ? `${name}, ` : ""}${note}`),
    ),
  );
}
