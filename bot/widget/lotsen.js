/**
 * <lotsen-chat>: the assistant as one element, from one script.
 *
 *   <script type="module" src="https://lotsen.example.org/static/lotsen.js"></script>
 *   <lotsen-chat></lotsen-chat>
 *
 * Attributes: `server` (where the gateway is; by default where this script came from), `exit-url` (where the quick
 * exit leads) and `lang` (sv, sv-simple or en). No cookie, no storage, no request to any other host. docs/widget.md has the rest.
 */

import { Chat } from "./chat.js";
import { languages, speak } from "./copy.js";
import { style } from "./style.js";

class LotsenChat extends HTMLElement {
  /** @type {Chat | null} */
  #chat = null;
  /** @type {IntersectionObserver | null} */
  #watch = null;

  get server() {
    return this.getAttribute("server") ?? new URL(import.meta.url).origin;
  }

  async connectedCallback() {
    if (!this.shadowRoot) {
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [style];
      // Without its words the chat begins in Swedish.
      if (this.lang in languages) await speak(/** @type {import("./copy.js").Language} */ (this.lang)).catch(() => {});
      this.#chat = new Chat(root, this.server, this.getAttribute("exit-url"));
    }
    const chat = this.#chat;
    if (!chat || !this.isConnected) return;
    chat.connect();
    // Nothing is asked of the server before the chat can be seen.
    this.#watch = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) {
        this.#watch?.disconnect();
        chat.start();
      }
    });
    this.#watch.observe(this);
  }

  disconnectedCallback() {
    this.#watch?.disconnect();
    this.#chat?.disconnect();
  }
}

if (!customElements.get("lotsen-chat")) customElements.define("lotsen-chat", LotsenChat);
