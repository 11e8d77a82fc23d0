/** The web contract, as the widget uses it. The token lives in this object and nowhere else. */

import { language } from "./copy.js";

const LIMIT = 45000; // ms for a whole answer

/**
 * How everything is fetched: nothing sent along, nothing kept.
 * @type {RequestInit}
 */
export const QUIET = { credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer" };

/**
 * @typedef {{title: string, payload: string}} Button
 * @typedef {{text?: string, buttons?: Button[], custom?: Record<string, any>}} Message
 */

/** A call that did not end well; `code` is the contract's, or network, cut or slow. */
export class Failure extends Error {
  /**
   * @param {string} code
   * @param {{message?: string, messages?: Message[]}} [told] what the server said
   */
  constructor(code, told = {}) {
    super(told.message ?? code);
    this.code = code;
    /** Whether the server said it in words. */
    this.told = told.message;
    this.messages = told.messages ?? [];
  }
}

export class Conversation {
  /** @type {string | null} */
  #token = null;
  #url;

  /** @param {string} server origin, or origin and path, of the gateway */
  constructor(server) {
    this.#url = `${server.replace(/\/$/, "")}/webhooks/web`;
  }

  get isOpen() {
    return this.#token !== null;
  }

  /** @returns {Promise<Message[]>} the greeting */
  async open() {
    const answer = await this.#call("POST", `/session?language=${language}`, undefined, AbortSignal.timeout(LIMIT));
    const body = await answer.json();
    this.#token = body.session;
    return body.messages;
  }

  /**
   * Say something; `heard` gets each message of the answer as soon as it is here.
   * @param {string} message
   * @param {string} id the same for every try, so that the server answers once
   * @param {(message: Message) => void} heard
   */
  async say(message, id, heard) {
    const signal = AbortSignal.timeout(LIMIT);
    const answer = await this.#call("POST", `/messages?stream=true&language=${language}`, { message, id }, signal);
    let done = false;
    try {
      for await (const { event, data } of events(answer)) {
        if (event === "done") done = true;
        else heard(JSON.parse(data));
      }
    } catch (error) {
      throw signal.aborted ? new Failure("slow") : new Failure("cut");
    }
    if (!done) throw new Failure("cut");
  }

  /** @returns {Promise<Record<string, any>>} the situation as it has been understood */
  async situation() {
    const answer = await this.#call("GET", "/situation", undefined, AbortSignal.timeout(LIMIT));
    return (await answer.json()).situation;
  }

  /** Forget the conversation, here at once and on the server even if this page goes away. */
  async forget() {
    if (!this.#token) return;
    const going = this.#call("DELETE", "/session");
    this.#token = null;
    await going;
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @param {AbortSignal} [signal]
   */
  async #call(method, path, body, signal) {
    /** @type {Record<string, string>} */
    const headers = {};
    if (this.#token) headers.Authorization = `Bearer ${this.#token}`;
    if (body) headers["Content-Type"] = "application/json";
    const keepalive = method === "DELETE";
    let answer;
    try {
      answer = await fetch(this.#url + path, {
        method,
        headers,
        body: body && JSON.stringify(body),
        signal,
        keepalive,
        ...QUIET,
      });
    } catch {
      throw new Failure(signal?.aborted ? "slow" : "network");
    }
    if (answer.ok) return answer;
    const told = await answer.json().catch(() => ({}));
    const code = answer.status === 401 ? "session" : (told.error?.code ?? "server");
    if (code === "session") this.#token = null;
    throw new Failure(code, { message: told.error?.message, messages: told.messages });
  }
}

/**
 * Server-sent events out of an answer (WHATWG HTML, 9.2.6: the fields that the contract uses).
 * @param {Response} answer
 */
async function* events(answer) {
  const reader = /** @type {ReadableStream<Uint8Array>} */ (answer.body).getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + decoder.decode(value, { stream: true })).split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      let event = "message";
      const data = [];
      for (const line of block.split(/\r?\n/)) {
        if (line.startsWith("event:")) event = line.slice(6).trim();
        if (line.startsWith("data:")) data.push(line.slice(5).trimStart());
      }
      if (data.length) yield { event, data: data.join("\n") };
    }
  }
}
