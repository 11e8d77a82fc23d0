/** Everything the widget itself says. What the assistant says comes from the server. */

export const say = {
  name: "Lotsen",
  ai: "AI-assistent – inte en människa. Inga personuppgifter sparas.",
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
  copied: "Hänvisningen är kopierad, utan personuppgifter.",
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
};

/** What has gone wrong, in words: what happened, and what to do. */
export const wrong = {
  network: "Kontakten med servern bröts. Din text finns kvar, och inget skickas två gånger.",
  cut: "Svaret avbröts på vägen. Tryck på Försök igen för att få hela svaret.",
  slow: "Svaret dröjer för länge. Din text finns kvar, försök igen.",
  waiting: "Det tar längre tid än vanligt. Vänta lite till, eller ring 112 vid fara.",
  reconnecting: "Kontakten bröts. Jag försöker igen …",
  session: "Samtalet har avslutats och är glömt. Din text finns kvar: skicka igen för att börja ett nytt.",
  long: (/** @type {number} */ size) => `Texten har ${size} tecken. Korta den till högst 2 000, sedan går den att skicka.`,
  empty: "Skriv något först, eller välj en knapp.",
  image: "Bilder och filer kan inte skickas här. Beskriv med ord i stället.",
  notForgotten: "Servern svarar inte, men den glömmer samtalet av sig själv inom 30 minuter. Här är det borta.",
  server: "Något gick fel hos oss. Din text finns kvar, försök igen om en stund.",
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
  sv: "svenska",
  en: "engelska",
  fi: "finska",
  ar: "arabiska",
  fa: "persiska",
  ku: "kurdiska",
};

const MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split(" ");

/**
 * "2024-04" -> "april 2024"
 * @param {string} month
 */
export const inWords = (month) => `${MONTHS[Number(month.slice(5, 7)) - 1] ?? ""} ${month.slice(0, 4)}`.trim();
