/**
 * <lotsen-chat>: the assistant as one element, from one script.
 *
 *   <script type="module" src="https://lotsen.example.org/static/lotsen.js"></script>
 *   <lotsen-chat></lotsen-chat>
 *
 * Attributes: `server` (where the gateway is; by default where this script came from) and `exit-url` (where the quick
 * exit leads). No cookie, no storage, no request to any other host. docs/widget.md has the rest.
 */

import { Chat } from "./chat.js";
import { style } from "./style.js";

export class LotsenChat extends HTMLElement {
  /** @type {Chat | null} */
  #chat = null;
  /** @type {IntersectionObserver | null} */
  #watch = null;

  connectedCallback() {
    if (!this.#chat) {
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [style];
      const server = this.getAttribute("server") ?? new URL(import.meta.url).origin;
      this.#chat = new Chat(root, server, this.getAttribute("exit-url"));
      if (!this.hasAttribute("lang")) this.setAttribute("lang", "sv");
    }
    const chat = this.#chat;
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
