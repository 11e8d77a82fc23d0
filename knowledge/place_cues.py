"""The words that tell what a place in a folded text is: a home, an office, an event, a relative's place.

Every pattern but the `AFTER` ones is matched against the words before the place and ends where it begins.
"""

from __future__ import annotations

import re

_LINK = (
    r"(?:\s+(?:i|pa|vid|hos|nara|utanfor|ute|uppe|nere|borta|strax|mitt|en|ett|min|mina|mitt|hos|till|"
    r"ut|hit|oss|jag|han|hon|vi|de|har|nu|alltsa|typ|sedan|kvar|ensam|hemma|lagenhet|lgh|hus|villa|"
    r"radhus|rum|etta|tvaa|trea|egen|liten|stor|och|o|m|med|sin|sambo|man|mamma|pappa|barn|barnen|kommun|"
    r"delen|av|norra|sodra|ostra|vastra|gamla|sjalv|jattenara|fortfarande|numera|i en|hyr|andrahand|"
    r"ar|e|ligger|narheten|torp|honom|henne|dem|dom|ihop|tillsammans|tillfalligt|bara))*\s+\Z"
)
LIVES = re.compile(
    r"\b(?P<verb>bor|bo|bott|bodd|bosatt|boende|boende:|bosatta|skriven|skrivna|folkbokford\w*|"
    r"mantalsskriven|hemma|hemort|hemadress|hemvist|hemkommun\w*|mal hem|"
    r"hemmahorande|flyttat|flyttade|bosatte|lever|vistas|vistelseadress|adress|gomd|instangd|inlast|"
    r"gommer|inneboende|(?:ar|e|sitter) (?:fortfarande )?kvar|"
    r"lagenhet|lagenheten|lgh|villa|villan|(?:vart|mitt) (?:hus|hem|radhus)|"
    r"(?:var|min) (?:lagenhet|lgh|villa|bostad)|huset|radhus|radhuset|etta|lya|bostad|"
    r"bostadsratt\w*|hyresratt\w*|hyr|hyrt|rum|aldreboende\w*|servicehus\w*|pluggar|laser|studerar|kollektiv\w*|korridor)\b[:,]?"
    + _LINK
)
LIVES_LOOSELY = re.compile(
    r"\b(?P<verb>bor|bo|bott|boende|bosatt|skriven|folkbokford|gommer|gomd|sover|inlast|numera|flyttat|ater|ligger nu|"
    r"vistas|(?:ar|som) au pair|lives?|living|stay|staying|flat|apartment|house)(?:\s+\w+){0,5}?"
    r"\s+(?:i|pa|vid|utanfor|nara|in|at|near)\s+"
    r"(?:\w+\s+)?\Z"
)
# "flyttat från A till B", "har flytt till mig i B", "fått flytta till B".
MOVED_THERE = re.compile(
    r"\b(?P<verb>flyttat|flyttade|flyttlasset|utskriven|frigiven|flydde|rymt|rymde|tagit sig|kommit hit|"
    r"(?:har|hr|jag) flytt|(?:fatt|fick|tvingad\w*|tvingats) flytta|"
    r"(?:kom|kommit|akte|aker|drog|dragit|stack|stuckit|flydde)(?= (?:hit )?fran))\b"
    r"(?:\s+\w+){0,4}?\s+till\s+(?:(?:mig|oss|en|sin|min|hennes|mina|sina)\s+(?:\w+\s+)?i\s+)?\Z"
)
# "nu sitter jag i", "jag sitter i"
SITS = re.compile(
    r"\b(?:(?:sitter|ar|e)\s+(?:jag|ja|vi)|(?:jag|ja|vi)\s+(?:sitter|ar|e|gar runt|gar omkring))\s+"
    r"(?:(?:nu|har|ute|kvar|fast|ensam)\s+)*(?:i|pa)\s+\Z"
)
HERE_NOW = re.compile(
    r"\bflytten\s+fran\s+\Z|\bhem(?:\s+igen)?\s+till\s+\Z|\b(?:sen|sedan|nu|till slut) blev det\s+(?:i\s+)?\Z"
)  # who is yet to move still lives there
WISH_TO_MOVE = re.compile(r"\b(?:flytta|flyttar)\s+(?:\w+\s+){0,3}till\s+\Z|\b(?:besked om|soker) lagenhet\s+i\s+\Z")
FROM = re.compile(r"\bfran\s+(?:norra\s+|sodra\s+|ett\s+|en\s+)?\Z")
# "tjej från Uppsala" lives there, "vi är från Jämtland" tells an origin.
SOMEBODY_FROM = re.compile(
    r"(?:\b(?:tjej\w*|kille\w*|kvinna\w*|man|kv|flicka\w*|pojke\w*|klient\w*|elev\w*|pat|patient\w*|dam|mamma|"
    r"placerad\w*)|\d)"
    r"\s*(?:\d+\s*)?(?:ar\s*)?,?\s*fran\s+\Z|\b(?:skriver|ringer|chattar)\s+(?:\w+\s+)?fran\s+\Z"
)
SMALL_WORDS = re.compile(r"\b(?:i|pa|vid|nara|typ|jag|vi|hon|kommer|fran|ar|e|ute|alltsa|kommun)\b")
NOT_HERE = re.compile(
    r"\b(?:flytt\w*|flydd\w*|flydde|flyktat|rymt|rymde|bodde|vuxit upp|uppvuxen|uppvaxt|fodd|kommer "
    r"ursprungligen|ursprungligen|inte|ej|lamnat|lamnade|dra|drog|innan|(?:tidigare|forra|fd|forut|gamla(?! (?:"
    r"\w*kamrat|van|vannina|kompis|granne|mor|mamma|far|pappa|moster|faster|mormor|farmor)))(?:\s+\w+)?|"
    r"var (?:skriven|bosatt)|(?:bo|bott) kvar)\s+(?:i\s+|"
    r"fran\s+|pa\s+|bott\s+i\s+|hemma\s+)*\Z|\b(?:flyttat|flyttade|flytt|dragit|stuckit)\s+(?:(?!till)\w+\s+){0,3}?fran\s+"
    r"(?:\w+\s+){0,2}?(?:i\s+)?\Z|\b(?:fore|innan)\s+(?:\w+\s+)?(?:bo|bodde|bott)\s+(?:i|pa)\s+\Z"
)
# A region and what the news tell of are nobody's home.
REGION = re.compile(r"\b(?:region|lan|lansstyrelsen i|storstockholm)\s+\Z")
NEWS = re.compile(r"\b(?:tidning|tidningen|nyheterna|artikel|artikeln|radion?|podd|podden|dokumentar\w*)\b[^.!?]*\Z")
_KIN = (
    r"slakt\w*|kusin\w*|foraldrar\w*|farbr\w+|morfar\w*|farfar\w*|mormor\w*|farmor\w*|morbror\w*|moster\w*|faster\w*|"
    r"sva(?:rforaldrar\w*|rmor|rfar|ger)"
)
_CLOSE_KIN = (
    r"syster\w*|syrra\w*|bror|brorsa\w*|bror\w*|vaninna\w*|vannina\w*|kompis\w*|van|dotter\w*|son\w*|mamma\w*|mor"
)
_PARTNER = r"ex|exet|kille|killen|pojkvan\w*|man|mannen|make|maken|sambo\w*|fru|flickvan\w*"
_THERE = r"s?\s+(?:ute\s+|uppe\s+|nere\s+|hemma\s+|borta\s+)?(?:i|pa|fran)\s+\Z"
KIN_THERE = re.compile(rf"\b(?:{_KIN}|familj hemma){_THERE}")
# The one a relative or a professional writes about: "min syster i Göteborg", "kund i Flen", "trapphuset i Råsunda".
CONCERNED = {
    "anhorig": re.compile(
        r"\b(?:\w*systern?|\w*dottern?|syrra\w?|\w*van|\w*vaninna\w?|\w*kompis|basti\w|barnbarn\w?|granne|"
        r"grannfru\w?|moster|faster|mormor|farmor|\w*kamrat|kollega|trapphuset|trappen|trappan|"
        r"(?:kusin|van|\w*kompis|granne|moster|faster|mormor|farmor|syster|bror|mamma|pappa)\s+(?:till|med|at)\s+en\s+"
        r"(?:\w+\s+)?(?:tjej|kille|flicka|pojke|kvinna|man|familj))\s+(?:ute\s+)?(?:i|pa)\s+\Z"
    ),
    "yrkesverksam": re.compile(
        r"\b(?:klient|kund|patient|pat|elev|brukare|medarbetare|kvinna|flicka|pojke|tjej|kille|medlem|anstalld|sokande|"
        r"malsagande)(?:en|n|a)?\s+(?:ute\s+)?(?:i|pa)\s+\Z"
    ),
}
OF_SOMEBODY_ELSE = re.compile(r"\b(?:sin|sina|hans|hennes|deras|exets|till|hos|med|av|mot|fran)\s+(?:\w+\s+)?\Z")
MEANT = re.compile(r"\b(?:alltsa|dvs|egentligen)\s+\Z")
NOW_IN = re.compile(r",\s*(?:och\s+)?nu\s+(?:i\s+|pa\s+)?\Z")
ASKED = re.compile(r"\btar\s+\Z|\bhos er i\s+\Z")  # "tar Stockholm emot?"
# "ringt Nacka tjejjour": whom somebody called.
CALLED = re.compile(r"\b(?:ring\w*|kontakta\w*|prova\w*|mejla\w*|chatta\w*|skr[ei]v\w*|hort)\s+(?:\w+\s+){0,2}\Z")
AFTER_CALLED = re.compile(r"\s+(?:kvinno|tjej|kill|ungdoms|brottsoffer|mans)\w*jour")
# Beside a writer who is exposed herself also those close to her, and the partner, live elsewhere.
CLOSE_KIN_THERE = re.compile(
    rf"\b(?:min|mitt|mina|hennes|hans|till|hos)\s+(?:\w+\s+)?(?:{_CLOSE_KIN}|{_PARTNER}){_THERE}"
)
LOCKED_UP = re.compile(
    r"\b(?:haktad|haktet|anhallen|anstalt|anstalten|fangelse\w*|avtjanar|inlagd)\s+(?:\w+\s+){0,2}?(?:i|pa|vid)\s+\Z"
)
GUEST_THERE = re.compile(rf"\b(?:till|hos|fran|ringer|umgange med)\s+(?:\w+\s+)?(?:{_KIN}|{_CLOSE_KIN}){_THERE}")
SOMEBODYS = re.compile(
    r"\b(?:(?:hos|till|med|for|fran|at|mot|dejtar|traffar|traffat)\s+(?:en|nan|nagon|den|sin)|av\s+(?:en|nan|nagon|den))"
    r"\s+(?:\w+\s+){0,2}?"
    r"(?:man|gubbe|snubbe|kille|karl|torsk|kund|kopare|tjej|kvinna|adress)\w{0,3}\s+(?:pa\s+\d+\s+)?(?:i|fran|pa)\s+\Z"
)
_VENUE = (
    r"fest\w*|efterfest\w*|konsert\w*|festival\w*|krog\w*|klubb\w*|nattklubb\w*|bar|baren|pub\w*|hotell\w*|"
    r"match\w*|cup|"
    r"cupen|lager|lagret|traning\w*|tranar\w*|lag|laget|forening\w*|gym|gymmet|simhall\w*|badet|bad|stall\w*|"
    r"ridskol\w*|"
    r"ridlar\w*|galleria\w*|kopcentr\w*|butik\w*|affar\w*|ica|coop|pressbyra\w*|mack|macken|bensinmack\w*|park|parken|"
    r"parkering\w*|"
    r"skog|skogen|trappa|trappan|trapphus\w*|tunnel\w*|bank|soffa|forrad\w*|kallare|bat|baten|farja\w*|farjan|"
    r"hamn|hamnen|"
    r"kaj|kajen|bro|bron|torg|torget|busshallplats\w*|hallplats\w*|station\w*|perrong\w*|tunnelbana\w*|tuben|taget|tag|"
    r"pendel\w*|buss|bussen|taxi|taxin|bil|bilen|flyg|flyget|flygplats\w*|stuga|stugan|sommarstuga\w*|kurs|kursen|"
    r"kvallskurs\w*|dejt\w*|bibliotek\w*|kyrka\w*|kyrkan|mosk\w*|moten?|mote|motet|brollop\w*|insats|tillslag|"
    r"husrannsakan|"
    r"handelseort\w*|polisstation\w*|tingsratt\w*|rattegang\w*|resa|resan|skolresa\w*|klassresa\w*|utflykt\w*|vagn\w*|"
    r"lekplats\w*|kvarter\w*|gatan|entre\w*|rondell\w*|rastplats\w*|campus"
)
_WHEREABOUTS = (
    r"hande|hant|hander|skedde|intraffade|anmald|antraffad\w*|patraffad\w*|greps|gripen|tagen|tog mig|"
    r"valdtagen|valdtog\w*|overfallen|ofredad|antastad|utsatt|utsattes|misshandlad|slagen|raggade|gifte|vigd|sag|sags|sedd|"
    r"sett|senast|"
    r"synts|star|stod|stodtes|vaknade|vaknat|hittad\w*|hittade|springer|sprang|gick|promenera\w*|cyklar|runt|traffade|"
    r"traffat|traffas|traffa|motte|motas|motes|besok\w*|varit|akte|akt|aker|ska till|ska ut|reste|rest|handlade|"
    r"skulle|kor|korde|"
    r"kort|kora|flog|landa\w*|lamna\w*|jagade|sommarjobb|jobbade|festade|dansade|tappade|letar|ankar|hamtade?|pingade"
)
EVENT = re.compile(
    rf"\b(?:{_VENUE}|{_WHEREABOUTS})\b(?:\s+(?:ut|in|ett|en|mig|dit|ner|sig|hem|runt|precis|upp|at|ute|hos|"
    rf"henne|honom|oss|"
    r"med|inne|nere|borta))?(?:(?:\s+\w+){0,2}?\s+(?:i|pa|vid|till|fran|nara|utanfor|mot))?\s+\Z"
)
# "till en lägenhet i Bro", "vaknade i en lägenhet i Bro": taken or invited there.
TAKEN_TO = re.compile(
    r"\b(?:till|(?:vakna\w*|hamna\w*)(?:\s+\w+){0,2}\s+i)\s+(?:en\s+|ett\s+|nan\s+|olika\s+|nagon\s+)?(?:lgh|lagenhet\w*|adress|villa|hus|rum|"
    r"hotell\w*)\s+(?:i|pa|vid)\s+\Z"
)
# "han jobbar på Ikea i Barkarby", told by the one exposed.
HIS_WORK = re.compile(
    r"\b(?:han|mannen|exet|(?:min|mitt) (?:man|make|sambo|kille|ex))\s+(?:jobbar|arbetar|tranar)\s+(?:\w+\s+){0,4}?"
    r"(?:i|pa|vid)\s+\Z"
)
HIS_HOME = re.compile(
    r"\b(?:hans|exets|mannens|gubbens)\s+(?:lagenhet|lgh|hus|hem|villa|rum|stuga)\w*\s+(?:i|pa|vid)\s+\Z"
)
# "för tre veckor sedan i Solna"
WHEN_THERE = re.compile(
    r"\b(?:sedan|sen|igar|i gar|i natt|inatt|i helgen|i lordags|i fredags|forra veckan|i somras|var(?:\s+(?:ute|"
    r"inne|nere|uppe))?)"
    r"\s+(?:i|pa|vid|utanfor)\s+\Z"
)
TOWARDS = re.compile(r"\b(?:mot|till|via|genom|vid|fran\s+\w+\s+mot)\s+\Z")
NEAR = re.compile(r"\b(?:nara|kring|runt|utanfor|(?:mil|norr|soder|oster|vaster)\s+(?:fran|om))\s+\Z")
# The writer is the neighbour: not "jag såg hans granne med barnen i Solna".
NEIGHBOUR = re.compile(
    r"\b(?:(?:jag|vi)\s+(?:(?!(?:hon|han|de|dom)\b)\w+\s+)?(?:ar|e|bor|blev|blivit)|(?:ar|e|bor|blev)\s+(?:jag|vi))"
    r"\s+(?:\w+\s+)?grann(?:e|ar)\s+(?:med|till)\s+(?:\w+\s+){0,3}?i\s+\Z"
)
# With "på" the hospital is meant, not the municipality; nobody lives at a port.
AT_HOSPITAL = re.compile(r"\b(?:pa|fran|till)\s+\Z")
HOSPITALS = frozenset({"danderyd", "danderyds", "huddinge", "karolinska"})
PORTS = frozenset({"arlanda", "kapellskar", "vartahamnen", "frihamnen", "stadsgarden"})
OFFICE = re.compile(
    r"\b(?P<office>jobbar|jobba|jobb|jobbet|arbetar|arbete|arbetsplats\w*|praktik\w*|kontor\w*|polis|polisen|pol|"
    r"socialtjanst\w*|soc|socialjour\w*|socialsekreterare|socialkontor\w*|handlaggare|kommun|kurator\w*|"
    r"\w*mottagning\w*|"
    r"mott|vardcentral\w*|vc|sjukhus\w*|psykakut\w*|capio|aleris|praktikertjanst|tandlakar\w*|bibliotekarie|"
    r"akuten|akut|bup|um|bvc|mvc|region|regionen|lakare|sjukskoterska|enheten|enhet|forsamling\w*|"
    r"boendestod\w*|stodboende\w*|familjehem\w*|hvb|hemtjanst\w*|frivard\w*|haktet|frisor\w*|restaurang\w*|"
    r"\w*psykolog\w{0,2}|\w*skoterska\w?|\w*sekreterare\w?|\w*pedagog\w{0,2}|rektor\w?|\w*assistent\w{0,2}|\w*stodjare\w?|"
    r"\w*konsulent\w{0,2}|\w*samordnare\w?|\w*utredare\w?|diakon\w?|prast\w{0,2}|faltare\w?|"
    r"jour|jouren|kvinnojour\w*|tjejjour\w*|ungdomsmottagning\w*|ungdomsmott|gar|larare|overformyndar\w*|"
    r"\w*skola|skolan|gymnasiet|forskola\w*|placerad\w*|"
    r"chef)\b(?:\s+(?:i|pa|vid|en|ett|har|som|inom|hos|for|at|var|skola|skolan|gymnasiet|gymnasium|"
    r"centrum|norra|sodra))*:?\s+\Z"
)
# Where the client need not live near.
FAR = re.compile(
    r"\b\w*(?:verket|domstol\w*|hovratt\w*|bolaget|foretaget?|aklagar\w*|karolinska|sjukhuset)\s+(?:i|pa)\s+\Z"
)
AFTER_HOSPITAL = re.compile(r"\s+sjukhus")
# Whose office is near the client's home: school, child health centre, women's shelter, the municipality's own services.
LOCAL = re.compile(
    r"skol|gymnas|bvc|mvc|\bum\b|\bvc\b|vardcentral|\bbup\b|ungdomsmott|elevhals|fritids|larare|rektor|kommun|"
    r"soc|hemtjanst|"
    r"psykolog|skoterska|sekreterare|pedagog|assistent|stodjare|konsulent|samordnare|utredare|diakon|prast|faltare|"
    r"boende|familjehem|\bhvb\b|forskol|kurator|mottagning|\bmott\b|klient|enhet|jour|placerad"
)
_NOUNS = {
    "writer": r"jag|jg|ja|vi",
    "exposed": r"hon|hen|en kille|en pojke|en grabb|"
    r"klient\w*|patient\w*|pat|elev\w*|tjejen|tjej|flickan?|kvinnan?|kv|dotter\w*|malsagande\w*|mal",
    "kin": r"syster\w*|syrran?|kompis\w*|vaninna\w*|vannina\w*|van|granne\w*|moster|faster|mormor|farmor|kusin\w*|"
    r"son|sonen",
    "parents": r"mamma|mor|modern|morsan|foraldrar\w*|familjen?|barnen|de|dom",
    "he": r"han",
    "other": r"mannen|maken|exet|ex|exman\w*|exmak\w*|exsambo\w*|exkille\w*|exfru\w*|pappan|farsan|fadern|"
    r"farbrodern|brodern|broderna|brorsan|killen|pojkvan\w*|"
    r"sambon|slakten|gm|garningsm\w+|misstankt\w*|svarfar|svarmor|svarforaldrar\w*|frun|"
    r"(?:min|mitt|sin|hennes|hans|\w{3,}s)\s+(?:man|make|kille|sambo|bror|pappa|far|fru|farbror|tjej|flickvan)",
}
HE_FROM = re.compile(
    rf"\b(?:(?P<he>{_NOUNS['he']})|{_NOUNS['other']})\s+(?:(?:ar|e|kommer|kom|ringer|skriver)\s+)?(?:\w+\s+)?fran\s+\Z"
)
SUBJECT_PRONOUNS = ("jag", "ja", "vi", "hon", "hen", "han", "de", "dom")
SUBJECT = re.compile("|".join(rf"(?P<{kind}>\b(?:{words})\b)" for kind, words in _NOUNS.items()))
# A person after a preposition is no subject: "rädd för min man och bor i Nacka".
NO_SUBJECT = re.compile(
    r"\b(?:for|av|med|m|fran|till|mot|hos|om|pa|at|fr)\s+"
    r"(?:(?:min|mitt|mina|sin|sitt|sina|hennes|hans|en|ett|den|var)\s+)?(?:\w+\s+)?\Z"
)
TOGETHER = re.compile(r"\b(?:jag|vi|hon|han)\s+(?:och|o|&|med|m)\s+(?:\w+\s+){0,2}\Z")
ELLIPSIS = re.compile(
    r"(?:^|[,.;]|\boch|\bo|\bmen|\bfast|\bmedan)\s*(?P<who>jag|ja|vi|hon|han|hen|de|dom|exet|mannen|pappan?|"
    r"mamman?|sonen|"
    r"dottern|vi andra|min man|mitt ex|min kille)\s+(?:nu\s+)?(?:i|pa)\s+\Z"
)
# "kvinna 28 år bor i Nacka": who describes herself, or the one the message is about; the sentence names no other.
DESCRIBED = re.compile(
    r"(?:\A|[,.(]|\b(?:ar|e|som|jag|ja|hej|hejsan|gammal|ung))\s*(?:en\s+)?(?:trans)?(?:tjej|kvinna|kv|kille|man|"
    r"flicka|pojke|dam|herre|mamma|pappa|pensionar|student|pat|klient|mal|elev)\b"
)
DATED = re.compile(r"\b(?:tjejen|kvinnan|kompisen|vannen)\s+jag\s+\w+\s+\Z")  # "tjejen jag dejtar bor i"
AT_THE_WRITERS = re.compile(r"\bhos (?:mig|oss)\b")
AFTER_WHERE_LIVED = re.compile(
    r",?\s+(?:(?:ar|e) )?(?:dar|som) (?:\w+ )?(?:jag|vi|hon|han|de|dom)(?: \w+)? bor\b|"
    r",? dar (?:(?:jag|vi) har|har (?:jag|vi)) \w+|"
    r" och (?:bor dar|har ar (?:jag|vi))\b| och dar ar (?:jag|vi)"
    r"(?=\s*(?:(?:just )?nu\b|(?:(?:fortfarande|kvar)\s*)?(?:[,.!]|\Z)))|"
    r"(?: stad| kommun)?(?: \([^)]*\))?,?(?: dar)? "
    r"(?:bor (?:jag|ja|vi)|har (?:jag|ja|vi) (?:bott|fatt|min|mitt|var|vart))\b"
)
# What a place is followed by that opens a message: "Mariefred, gift, tre barn", "knivsta e de".
AFTER_OPENING = re.compile(r"(?:\s+kommun)?(?:\s*(?:[,.!?:(–]|-(?=\s)|\Z)|\s+(?:ar|e|heter)\s+det?\b)")
AFTER_PORT = re.compile(r"\s+(?:hamn|flygplats|centralstation)\b")
AFTER_LIVES = re.compile(r"-?(?:bo|bon|bor)\b|\s+(?:ar|e)\s+(?:dar|hemma)|\s+(?:bor|boende|hemma)\b")
# "i Märsta sitter han": who stays there stands behind the verb.
AFTER_WHO = re.compile(
    rf"\s+(?:bor|sitter|vistas|finns|lever)\s+(?:nu\s+|bara\s+)?(?P<who>{'|'.join(_NOUNS.values())})\b"
)
AFTER_VENUE = re.compile(
    r"\s+(?:centrum|c|station\w*|torg\w*|centralstation|galleria|sjukhus|bibliotek\w*|simhall|hamn|kyrka|badet|parken|"
    r"idrottsplats|ip|t-bana\w*|tunnelbana\w*|pendel\w*|resecentrum|strandbad|forum|outlet|mall)\b"
)
AFTER_SCHOOL = re.compile(r"\s+(?:\w*skola|\w*skolan|gymnasi\w*|vc|bvc|vardcentral\w*|mottagning\w*|kommun|kn)\b")
AFTER_PAST = re.compile(
    r"\s+(?:fram\s+|anda\s+)?till(?:s)?\s+(?:i\s+)?(?:januari|februari|mars|april|maj|juni|juli|augusti|"
    r"september|oktober|"
    r"november|december|igar|forra|nyligen|hon|han|jag)\b|\s+(?:forut|tidigare|fram till)\b"
)
VENUE_IN_NAME = re.compile(r"\s(?:centrum|c|torg|station|galleria|hamn|sjukhus)\Z")
# Where somebody is registered need not be where she stays.
REGISTERED = re.compile(r"\b(?:skriven|skrivna|folkbokford\w*|mantalsskriven)\s+(?:\w+\s+){0,3}?(?:i|pa)\s+\Z")
TEMPORARILY = re.compile(r"\b(?:tillfalligt|tills vidare|ett tag|nagra dagar)\b[^.,;]*\Z")
HOME_UNKNOWN = re.compile(
    r"\b(?:bor (?:ju |alltsa )?(?:inte|ej) (?:har|dar|i kommunen)|(?:inte|ej) (?:darifran|harifran|"
    r"fran (?:trakten|kommunen))|"
    r"vet (?:inte|ej) (?:exakt )?var (?:hon|han|hen|de|dom) bor|ingen (?:aning|vet) var (?:hon|han|hen|de) bor|"
    r"(?:hem)?(?:adress|kommun) (?:ar )?(?:okand|oklar)|hemadress vi inte|bor i (?:en )?annan (?:kommun|ort)|"
    r"bor langt bort|uppehall okant|de bor inte dar|i dont live here|vet inte var jag ar)\b"
)
OUTSIDE = re.compile(r"\b(?:bor|bosatt|skriven|flyttat|gomd)\b[^.,!?]{0,40}\butanfor (?:lanet|stockholms? lan)\b")
