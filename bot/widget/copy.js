/**
 * Everything the widget itself says. What the assistant says comes from the server.
 *
 * These words are plain enough to serve lättläst too (LIX at most 25, measured in a test). English is fetched when it
 * is asked for.
 */

/** @typedef {"sv" | "sv-simple" | "en"} Language a BCP 47 tag; "simple" is lättläst */

/** @type {Record<Language, string>} */
export const languages = { sv: "Svenska", "sv-simple": "Lättläst", en: "English" };

/** @type {Language} */
export let language = "sv";

/**
 * Change language: the words below are replaced where they stand.
 * @param {Language} wanted
 */
export async function speak(wanted) {
  const other = wanted === "en" ? await import("./english.js") : swedish;
  Object.assign(say, other.say);
  Object.assign(wrong, other.wrong);
  Object.assign(offline, other.offline);
  Object.assign(fields, other.fields);
  Object.assign(terms, other.terms);
  language = wanted;
}

export const say = {
  name: "Lotsen",
  chatName: "Lotsen, chatt",
  languages: "Språk",
  ai: "Jag är en AI-assistent, inte en människa. Skriv inga namn.",
  danger: "Vid fara: ring 112",
  log: "Samtalet",
  field: "Skriv här",
  hint: "Skriv inga namn eller personnummer.",
  send: "Skicka",
  you: "Du: ",
  bot: "Lotsen: ",
  typing: "Lotsen skriver …",
  understood: "Så har jag förstått det, tryck för att ändra:",
  change: ", ändra",
  changing: "Ändra",
  restart: "Börja om",
  forget: "Glöm mig",
  forgotten: "Samtalet är glömt. Skriv om du vill börja ett nytt.",
  privacy: "Så skyddas du",
  retry: "Försök igen",
  reload: "Börja samtalet",
  sheet: "Hänvisning",
  copy: "Kopiera texten",
  print: "Skriv ut",
  page: "Öppna som sida",
  copied: "Texten är kopierad, och har inga namn i sig.",
  notCopied: "Det gick inte att kopiera. Använd Skriv ut eller Öppna som sida.",
  exit: "Lämna sidan",
  exitHint: "Eller tryck Skift tre gånger. Historiken i webbläsaren finns kvar.",
  exitHow: "Så rensar du den",
  sendAnyway: "Skicka ändå",
  edit: "Ändra texten",
  looksPersonal: (/** @type {string} */ what) =>
    `Det ser ut som ${what} i texten. Det behövs inte här, och tas bort innan det behandlas.`,
  emergency: "Är det fara? Ring 112",
  open: "Öppet nu",
  closed: "Stängt nu",
  opens: "öppnar",
  why: "Passar för: ",
  more: "Mer om ",
  call: "Ring",
  chat: "Chatta",
  mail: "Mejla",
  web: "Webbplats",
  anonymous: "Du kan vara anonym",
  interpreter: "Tolk finns",
  checked: "Kontrollerad",
  unchecked: "Ej daterad uppgift",
  source: "Källa",
  law: "Lag",
  hours: "Öppettider",
  newTab: " (ny flik)",
  years: (/** @type {number} */ age) => `${age} år`,
  wrongFact: "Fel uppgift?",
  wrongFacts: { phone: "Telefonnumret", hours: "Öppettiderna", web: "Webbplatsen", other: "Något annat" },
  thanks: "Tack! Vi ser över uppgiften.",
  /** @type {Record<string, string>} */
  personal: { idNumber: "ett personnummer", mail: "en e-postadress", phone: "ett telefonnummer" },
  /**
   * Headings of a referral; those of the server are in Swedish.
   * @type {Record<string, string>}
   */
  groups: {},
};

/** What has gone wrong, in words: what happened, and what to do. */
export const wrong = {
  network: "Det gick inte att nå oss. Din text finns kvar, och inget går iväg två gånger.",
  cut: "Svaret avbröts på vägen. Tryck på Försök igen för att få hela svaret.",
  slow: "Svaret dröjer för länge. Din text finns kvar, försök igen.",
  waiting: "Det tar längre tid än vanligt. Vänta lite till, eller ring 112 vid fara.",
  reconnecting: "Jag når inte fram. Jag försöker igen …",
  session: "Samtalet har avslutats och är glömt. Din text finns kvar: skicka igen för att börja ett nytt.",
  long: (/** @type {number} */ size) => `Texten har ${size} tecken. Korta den till högst 2 000, sedan går den att skicka.`,
  empty: "Skriv något först, eller välj en knapp.",
  image: "Du kan inte skicka en bild eller fil här. Skriv med ord i stället.",
  notForgotten: "Servern svarar inte, men den glömmer allt om en halv timme. Här är det borta.",
  server: "Något gick fel hos oss. Din text finns kvar, försök igen om en stund.",
  report: "Det gick inte att skicka. Försök igen om en stund.",
};

export const offline = {
  title: "Assistenten går inte att nå",
  text: "Du kan få hjälp ändå. De här svarar dygnet runt:",
  lines: [
    { name: "112", note: "fara för liv eller pågående brott", tel: "112" },
    { name: "Kvinnofridslinjen", note: "gratis, du kan vara anonym", number: "020-50 50 50", tel: "+4620505050" },
  ],
};

/** @type {Record<string, string>} */
export const fields = {
  perspective: "Gäller",
  violence_types: "Våld",
  municipality: "Kommun",
  district: "Stadsdel",
  age_group: "Ålder",
};

/** @type {Record<string, string>} */
export const terms = {
  yrkesverksam: "någon i mitt arbete",
  utsatt: "mig själv",
  anhorig: "någon jag känner",
  utovare: "jag som gör någon illa",
  nara_relation: "våld i nära relation",
  heder: "hedersvåld",
  prostitution: "sex mot ersättning",
  manniskohandel: "människohandel",
  sexuellt: "sexuellt våld",
  barn: "under 18 år",
  ung_vuxen: "18–25 år",
  vuxen: "vuxen",
  aldre: "65 år eller äldre",
  utanfor_lanet: "utanför länet",
};

const swedish = { say: { ...say }, wrong: { ...wrong }, offline: { ...offline }, fields: { ...fields }, terms: { ...terms } };

/**
 * "2024-04" -> "april 2024"
 * @param {string} month
 */
export const inWords = (month) => new Date(`${month.slice(0, 7)}-15`).toLocaleDateString(language, { month: "long", year: "numeric" });
