/** The widget's look. Every colour can be set from outside by a custom property (docs/widget.md). */

export const style = new CSSStyleSheet();

style.replaceSync(`
:host {
  --ink: var(--lotsen-ink, #2a2521); --soft: var(--lotsen-soft, #5e554d); --paper: var(--lotsen-paper, #fffdf9);
  --ground: var(--lotsen-ground, #f5f0e8); --line: var(--lotsen-line, #8c8177); --hair: var(--lotsen-hair, #e2d9cc);
  --accent: var(--lotsen-accent, #1c5a5e); --on-accent: var(--lotsen-on-accent, #fff);
  --danger: var(--lotsen-danger, #a11212); --on-danger: #fff; --danger-ground: #fdf0ee; --good: #1f6238;
  display: block; color: var(--ink); font: 1rem/1.5 var(--lotsen-font, system-ui, "Segoe UI", Roboto, sans-serif);
}
@media (prefers-color-scheme: dark) { :host {
  --ink: var(--lotsen-ink, #f0e9df); --soft: var(--lotsen-soft, #c0b5a8); --paper: var(--lotsen-paper, #26221e);
  --ground: var(--lotsen-ground, #1c1916); --line: var(--lotsen-line, #94897d); --hair: var(--lotsen-hair, #423b34);
  --accent: var(--lotsen-accent, #86cfcd); --on-accent: var(--lotsen-on-accent, #10201f);
  --danger: var(--lotsen-danger, #ffb4a8); --on-danger: #2b0704; --danger-ground: #3b1a16; --good: #93d7a8;
} }
* { box-sizing: border-box; }
.vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
h2, h3, h4, p, ul { margin: 0; }
h2 { font-size: 1.125rem; } h3, h4 { font-size: 1rem; line-height: 1.35; }
a { color: var(--accent); text-underline-offset: .15em; overflow-wrap: anywhere; }
button, .way, .plain { font: inherit; min-height: 2.25rem; cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.fine { font-size: .875rem; color: var(--soft); }

.chat { display: flex; flex-direction: column; min-height: var(--lotsen-height, min(46rem, 86vh));
  background: var(--paper); border: 1px solid var(--hair); border-radius: var(--lotsen-radius, .75rem); overflow: clip; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: .125rem .75rem; padding: .625rem 1rem; border-bottom: 1px solid var(--hair); }
header p { flex: 1 1 12rem; }
.sos { color: var(--danger); font-weight: 700; padding: .25rem 0; }
.languages { display: flex; flex-wrap: wrap; gap: 0 .75rem; }
:host([lang=sv-simple]) { font-size: 1.125rem; line-height: 1.7; }
.log { position: relative; flex: 1 1 0; min-height: 12rem; overflow-y: auto; padding: 1rem; background: var(--ground); overscroll-behavior: contain; }
.log:focus-visible { outline-offset: -3px; }
.turn, .me { scroll-margin: 4.5rem 0 .5rem; } .turn { display: grid; grid-template-columns: minmax(0, 1fr); gap: .625rem; margin-bottom: 1.25rem; }
.message { display: grid; grid-template-columns: minmax(0, 1fr); gap: .625rem; }
.said { justify-self: start; max-width: 38rem; padding: .625rem .875rem; border: 1px solid var(--hair); border-radius: .25rem .875rem .875rem; background: var(--paper); }
.notice .said { border-left: 4px solid var(--accent); }
.me { justify-self: end; max-width: min(34rem, 88%); padding: .625rem .875rem; border-radius: .875rem .25rem .875rem .875rem; background: var(--accent); color: var(--on-accent); white-space: pre-wrap; overflow-wrap: anywhere; }
.choices, .actions, .ways, .tools { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem; }
.choices button, .chip, .plain { padding: .375rem .875rem; border: 1px solid var(--accent); border-radius: 2rem; background: var(--paper); color: var(--accent); text-decoration: none; line-height: 1.35; text-align: start; }
.plain { display: inline-flex; align-items: center; border-radius: .5rem; }
.choices button:hover, .chip:hover, .plain:hover { background: var(--ground); text-decoration: underline; }
.actions { padding-top: .25rem; }

.cards { display: grid; grid-template-columns: minmax(0, 1fr); gap: .625rem; }
.card { display: grid; grid-template-columns: minmax(0, 1fr); gap: .375rem; padding: .875rem; border: 1px solid var(--hair); border-radius: .5rem; background: var(--paper); }
.way { display: inline-flex; align-items: center; padding: .25rem .75rem; border: 1px solid var(--accent); border-radius: .5rem; text-decoration: none; }
.way:hover { text-decoration: underline; }
.call { background: var(--accent); color: var(--on-accent); font-weight: 600; }
.hours { font-size: .9375rem; } .open { color: var(--good); } .closed { color: var(--soft); }
.why span { display: inline-block; padding: 0 .5rem; border-radius: .25rem; background: var(--ground); font-size: .875rem; }
.group, .topic { border-top: 1px solid var(--hair); padding-top: .375rem; }
summary { padding: .375rem 0; cursor: pointer; } summary h3 { display: inline; }
.group .cards { padding-top: .375rem; } .count { font-weight: 400; color: var(--soft); }
.topic ul { display: grid; gap: .375rem; padding: .25rem 0 .5rem 1.25rem; }
.languages [aria-pressed=true] { font-weight: 700; text-decoration: none; color: inherit; }
.emergency, .akut > .cards > .card:first-child { border: 2px solid var(--danger); }
.emergency { padding: .875rem; border-radius: .5rem; background: var(--danger-ground); }
.emergency .call { background: var(--danger); border-color: var(--danger); color: var(--on-danger); }

.typing { padding: .25rem 1rem; background: var(--ground); color: var(--soft); font-size: .875rem; }
.notes:not(:empty) { display: grid; gap: .5rem; padding: .75rem 1rem; border-top: 3px solid var(--danger); }
.notes .actions { padding: 0; }
.understood { padding: .5rem 1rem; border-top: 1px solid var(--hair); }
.understood ul { display: flex; flex-wrap: wrap; gap: .25rem .375rem; padding: .125rem 0 0; list-style: none; }
.chip { position: relative; min-height: 1.75rem; padding: .0625rem .625rem; font-size: .875rem; }
form { padding: .625rem 1rem 0; border-top: 1px solid var(--hair); }
label { font-weight: 600; }
.row { display: flex; gap: .5rem; align-items: end; padding-top: .25rem; }
textarea { flex: 1; min-width: 0; min-height: 2.75rem; max-height: 9rem; padding: .5rem .625rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--paper); color: inherit; font: inherit; resize: none; field-sizing: content; }
.send { min-height: 2.75rem; padding: 0 1.125rem; border: 1px solid transparent; border-radius: .5rem; background: var(--accent); color: var(--on-accent); font-weight: 600; }
.tools { gap: 0 1rem; padding: .25rem 1rem .625rem; }
.tools button, .tools a, .languages button { min-height: 2rem; padding: .25rem 0; border: 0; background: none; color: var(--accent); font-size: .875rem; text-decoration: underline; text-underline-offset: .15em; line-height: 1.5rem; }
.exit { position: fixed; inset: .5rem .5rem auto auto; z-index: 2147483647; padding: .5rem 1rem; border: 2px solid var(--on-danger); border-radius: .5rem; background: var(--danger); color: var(--on-danger); font-weight: 700; text-decoration: none; }

/* Little height (400 % zoom, a keyboard on the screen): the page scrolls instead of a slit in it. */
@media (max-height: 32rem) { .log { flex: none; overflow-y: visible; } }
@media (max-width: 26rem) { .log { padding: .75rem; } .card { padding: .75rem; } form, .tools, .understood, header { padding-inline: .75rem; } header p { display: none; } header, .languages { gap: 0 .375rem; } h2 { font-size: 1rem; } .sos { font-size: .875rem; }
  .understood p { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); } .understood ul { flex-wrap: nowrap; overflow-x: auto; padding: .25rem; } .understood li { flex: none; } .tools { gap: 0 .75rem; justify-content: space-between; } }
@media (forced-colors: active) { .me, .call, .send, .exit, .chip { border: 1px solid ButtonText; } }
@media print { form, .tools, .understood, .typing, .notes, .choices, .actions, .exit { display: none !important; } .chat { border: 0; } .log { flex: none; overflow: visible; } }
`);
