/**
 * The quick exit: cover the page at once, forget the conversation, replace this page by a neutral one.
 *
 * The same for a button, a skip link and Shift pressed three times within five seconds. Works when the server is down:
 * nothing is waited for. Escape is left alone, because people press it by accident and browsers stop loading on it.
 */

const TIMES = 3;
const WITHIN = 5000; // ms
const NEUTRAL = "https://www.smhi.se/";

/** @type {Set<() => void>} */
const farewells = new Set();
let left = false;

/**
 * Do something on the way out. It must not wait for anything.
 * @param {() => void} farewell
 * @returns {() => void} takes it back
 */
export function onLeave(farewell) {
  farewells.add(farewell);
  return () => farewells.delete(farewell);
}

/**
 * Leave now.
 * @param {string | null} [url] the neutral page
 */
export function leave(url) {
  if (left) return;
  left = true;
  // Hidden before anything else, in this very frame; the title and the icon would still show in the tab.
  document.documentElement.style.setProperty("display", "none", "important");
  document.title = " ";
  for (const icon of document.querySelectorAll("link[rel~=icon]")) icon.remove();
  for (const farewell of farewells) {
    try {
      farewell();
    } catch {
      // Nothing may stand in the way of leaving.
    }
  }
  location.replace(url || NEUTRAL);
}

/**
 * Leave when Shift is pressed three times in a row; any other key in between starts the count again.
 * @param {() => void} go
 */
function onTripleShift(go) {
  /** @type {number[]} */
  let presses = [];
  addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Shift") presses = [];
      else if (!event.repeat) {
        presses = [...presses, event.timeStamp].filter((at) => event.timeStamp - at <= WITHIN);
        if (presses.length >= TIMES) go();
      }
    },
    true,
  );
}

/** Every link of the page that is marked `data-lotsen-exit` leaves; so does Shift. Called once, by the first who loads. */
function arm() {
  const link = () => /** @type {HTMLAnchorElement | null} */ (document.querySelector("a[data-lotsen-exit]"));
  const widget = () => document.querySelector("lotsen-chat")?.getAttribute("exit-url");
  addEventListener(
    "click",
    (event) => {
      if (!(event.target instanceof Element)) return;
      const pressed = /** @type {HTMLAnchorElement | null} */ (event.target.closest("a[data-lotsen-exit]"));
      const here = event.target.closest("a[href^='#']");
      if (pressed) leave(pressed.href);
      // A jump within the page would leave an entry in the history that the exit cannot replace.
      else if (here) /** @type {HTMLElement | null} */ (document.querySelector(String(here.getAttribute("href"))))?.focus();
      if (pressed || here) event.preventDefault();
    },
    true,
  );
  onTripleShift(() => leave(link()?.href ?? widget()));
  // A page that comes back from the browser's cache is shown again as it was, not as it was left.
  addEventListener("pageshow", (event) => {
    if (event.persisted && left) location.reload();
  });
}

arm();
