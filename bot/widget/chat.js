/** The conversation on the screen: what is said, what comes back, and what happens when nothing does. */

import { Conversation, Failure } from "./api.js";
import { chips } from "./chips.js";
import { language, say, speak, wrong } from "./copy.js";
import { h } from "./dom.js";
import { leave, onLeave } from "./exit.js";
import { alarm, frame, offlineCard, refocus, scroll } from "./frame.js";
import { looksPersonal } from "./personal.js";
import { message as render } from "./render.js";
import { sheetActions } from "./sheet.js";

const LONGEST = 2000; // characters, as in the web contract
const PATIENCE = 5000; // ms before the person is told that it takes time
const AGAIN = [1000, 3000]; // ms before each new try, with the same id
const BROKEN = ["network", "cut"];

/** @typedef {{id: string, text: string, label: string, typed: boolean}} Said */

/** @param {...unknown} parts */
const newTurn = (...parts) => h("div", { class: "turn", lang: language }, parts);

export class Chat {
  /** @type {Conversation} */
  #conversation;
  /** @type {ReturnType<typeof frame>} */
  #ui;
  /** @type {ShadowRoot} */
  #root;
  /** @type {() => ReturnType<typeof frame>} */
  #frame;
  #server;
  #busy = false;
  /** What was said but not answered: said again unchanged, it keeps its id. @type {Said | null} */
  #pending = null;
  /** The turn whose answer broke off: it makes room when the same is said again. @type {HTMLElement | null} */
  #half = null;
  /** The text that the person has chosen to send although it looks personal. */
  #allowed = "";
  /** @type {(() => void)[]} */
  #undo = [];

  /**
   * @param {ShadowRoot} root
   * @param {string} server
   * @param {string | null} exitUrl
   */
  constructor(root, server, exitUrl) {
    this.#server = server;
    this.#conversation = new Conversation(server);
    this.#root = root;
    this.#frame = () => frame(server, {
      submit: () => this.#submit(),
      restart: () => this.#press("/restart", say.restart),
      forget: () => this.#forget(),
      exit: () => leave(exitUrl),
      image: () => this.#tell(wrong.image),
      speak: (wanted) => this.#speak(wanted),
    });
    this.#ui = this.#frame();
    this.#put();
  }

  #put() {
    this.#root.host.setAttribute("lang", language);
    this.#root.replaceChildren(...this.#ui.parts);
  }

  connect() {
    const forget = () => void this.#conversation.forget().catch(() => {});
    // The token dies with the page, so nobody could go on with the conversation: let the server forget it too.
    const hide = (/** @type {PageTransitionEvent} */ event) => event.persisted || forget();
    const online = () => this.#ui.log.querySelector("[data-help]") && this.#again();
    addEventListener("pagehide", hide);
    addEventListener("online", online);
    this.#undo = [
      onLeave(forget),
      () => removeEventListener("pagehide", hide),
      () => removeEventListener("online", online),
    ];
  }

  disconnect() {
    for (const undo of this.#undo) undo();
  }

  /** Greets; called when the chat can be seen. */
  async start() {
    if (this.#busy || this.#conversation.isOpen) return;
    await this.#work(newTurn(), () => Promise.resolve(), null);
  }

  /**
   * The same conversation in another language; what has been said stays as it was said.
   * @param {import("./copy.js").Language} wanted
   */
  async #speak(wanted) {
    if (this.#busy) return this.#tell(wrong.waiting);
    try {
      await speak(wanted);
    } catch {
      return this.#tell(wrong.network);
    }
    const { log, field } = this.#ui;
    this.#ui = this.#frame();
    this.#ui.field.value = field.value;
    this.#put();
    /** @type {HTMLElement} */ (this.#root.querySelector("[aria-pressed=true]")).focus();
    if (log.querySelector(".me")) {
      this.#ui.log.append(...log.childNodes);
      scroll(this.#ui, /** @type {HTMLElement} */ (this.#ui.log.lastElementChild));
      await this.#understood();
    } else {
      await this.#conversation.forget().catch(() => {});
      await this.start();
    }
  }

  #submit() {
    const text = this.#ui.field.value.trim();
    const found = looksPersonal(text);
    if (this.#busy) return;
    if (!text) return this.#tell(wrong.empty);
    if (text.length > LONGEST) return this.#tell(wrong.long(text.length));
    if (found && this.#allowed !== text) {
      const anyway = () => {
        this.#allowed = text;
        this.#submit();
      };
      const edit = () => {
        this.#quiet();
        this.#ui.field.focus();
      };
      return this.#tell(say.looksPersonal(say.personal[found]), [say.edit, edit], [say.sendAnyway, anyway]);
    }
    const same = this.#pending?.text === text;
    this.#send({ id: same && this.#pending ? this.#pending.id : crypto.randomUUID(), text, label: text, typed: true });
  }

  /**
   * A button: its payload is sent, its title shown.
   * @param {string} payload
   * @param {string} label
   */
  #press(payload, label) {
    if (!this.#busy) this.#send({ id: crypto.randomUUID(), text: payload, label, typed: false });
  }

  #again() {
    if (this.#pending) this.#send(this.#pending);
    else this.start();
  }

  /** @param {Said} said */
  async #send(said) {
    const { log, field } = this.#ui;
    if (said.text === "/restart") log.replaceChildren();
    for (const old of log.querySelectorAll(".choices")) old.remove();
    const asked = newTurn(h("p", { class: "me" }, h("span", { class: "vh" }, say.you), said.label));
    if (said.typed && field.value.trim() === said.text) field.value = "";
    if (said === this.#pending) this.#half?.remove();
    this.#half = null;
    this.#pending = said;
    const shown = new Set();
    const heard = (/** @type {import("./api.js").Message} */ message) => this.#show(asked, message, shown);
    await this.#work(asked, () => this.#conversation.say(said.text, said.id, heard), said);
  }

  /**
   * Open a conversation if there is none, do the work, and go through what can fail.
   * @param {HTMLElement} turn
   * @param {() => Promise<void>} work
   * @param {Said | null} said
   */
  async #work(turn, work, said) {
    const { log, typing } = this.#ui;
    this.#busy = true;
    this.#quiet();
    log.append(turn);
    typing.hidden = false;
    scroll(this.#ui, turn);
    const slow = setTimeout(() => this.#tell(wrong.waiting), PATIENCE);
    try {
      await this.#tries(turn, work);
      this.#pending = null;
      this.#quiet();
    } catch (error) {
      this.#failed(turn, /** @type {Failure} */ (error), said);
    } finally {
      clearTimeout(slow);
      typing.hidden = true;
      this.#busy = false;
    }
    refocus(this.#ui, turn);
    if (said) await this.#understood();
  }

  /**
   * @param {HTMLElement} turn
   * @param {() => Promise<void>} work
   */
  async #tries(turn, work) {
    for (let tried = 0; ; tried++) {
      try {
        if (!this.#conversation.isOpen) {
          const greeting = await this.#conversation.open();
          // Before what was said, if something was said: then its buttons have been passed by.
          const said = turn.hasChildNodes();
          const first = said ? newTurn() : turn;
          if (said) turn.before(first);
          const shown = new Set();
          for (const message of greeting) this.#show(first, message, shown, !said);
        }
        return await work();
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        if (!BROKEN.includes(error.code) || tried >= AGAIN.length || !navigator.onLine) throw error;
        this.#tell(wrong.reconnecting);
        await new Promise((resolve) => setTimeout(resolve, AGAIN[tried]));
        // The server answers the same id with the same answer from its beginning.
        for (const half of turn.querySelectorAll(":scope > :not(.me)")) half.remove();
      }
    }
  }

  /**
   * Each failure in its own words. What was typed goes back into the field.
   * @param {HTMLElement} turn
   * @param {Failure} failure
   * @param {Said | null} said
   */
  #failed(turn, failure, said) {
    const { field, log } = this.#ui;
    const { code, told, messages = [] } = failure;
    if (code === "cut" && turn.querySelector(".message")) this.#half = turn;
    else {
      turn.remove();
      if (said?.typed && !field.value) field.value = said.text;
    }
    if (code === "session") this.#situation(null);
    const known = /** @type {Record<string, any>} */ (wrong)[code];
    this.#tell(typeof known === "string" ? known : (told ?? wrong.server), [said ? say.retry : say.reload, () => this.#again()]);
    const cards = messages.map((message) => render(message, new Set()));
    if (!cards.length && code === "network") cards.push(offlineCard());
    if (!cards.length) return;
    const help = newTurn(cards);
    help.dataset.help = "";
    log.append(help);
    scroll(this.#ui, help);
  }

  /**
   * @param {HTMLElement} turn
   * @param {import("./api.js").Message} message
   * @param {Set<string>} shown
   * @param {boolean} [choices] whether to show its buttons
   */
  #show(turn, message, shown, choices = true) {
    const first = !turn.querySelector(".message");
    const node = render(message, shown);
    const { custom } = message;
    if (custom?.kind === "referral") {
      // Help before reading.
      turn.querySelector(".topic")?.removeAttribute("open");
      // The page with the situation in its address would stay in the history of somebody who is exposed.
      if (custom.situation.perspective === "yrkesverksam") node.querySelector(".said")?.after(sheetActions(custom, this.#server, (text) => this.#tell(text)));
    }
    if (choices && message.buttons?.length) {
      const press = (/** @type {import("./api.js").Button} */ { payload, title }) => this.#press(payload, title);
      node.append(
        h("div", { class: "choices" }, message.buttons.map((one) => h("button", { type: "button", onclick: () => press(one) }, one.title))),
      );
    }
    turn.append(node);
    // An answer is read from its beginning; where there is little room, without what was asked.
    if (first) scroll(this.#ui, this.#ui.log.clientHeight < 350 ? node : turn);
  }

  async #understood() {
    if (!this.#conversation.isOpen) return;
    try {
      this.#situation(await this.#conversation.situation());
    } catch {
      // The chips are a help: without them the conversation goes on, and the next call tells what is wrong.
    }
  }

  /** @param {Record<string, any> | null} situation */
  #situation(situation) {
    const list = situation && chips(situation, (payload, title) => this.#press(payload, title));
    this.#ui.situation.replaceChildren(...(list ? [list] : []));
  }

  async #forget() {
    if (this.#busy) return;
    this.#pending = null;
    const gone = this.#conversation.forget();
    this.#ui.log.replaceChildren();
    this.#ui.field.value = "";
    this.#situation(null);
    try {
      await gone;
      this.#tell(say.forgotten);
    } catch {
      this.#tell(wrong.notForgotten);
    }
    this.#ui.field.focus({ preventScroll: true });
  }

  /**
   * Something about the conversation, said aloud once.
   * @param {string} text
   * @param {...[string, () => void]} choices
   */
  #tell(text, ...choices) {
    this.#ui.notes.replaceChildren(alarm(text, choices));
  }

  #quiet() {
    this.#ui.notes.replaceChildren();
    for (const help of this.#ui.log.querySelectorAll("[data-help]")) help.remove();
  }
}
