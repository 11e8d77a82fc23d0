"""Whose an age is: the words around it in a folded text that give it to a person; `ages` reads them."""

from __future__ import annotations

import re

KIN_OF = r"(?:hennes|hans|min|sin|dennes|vars|deras|klientens|elevens|patientens)"
OTHER = (
    r"maken|sambon|pojkvan\w*|exet|ex|pappan|pappa|far|fadern|brodern|bror|broder|storebror|gm|"
    r"garningsman\w*|misstankt\w*|mt|"
    r"snubbe\w*|torsk\w*|kopare\w*|farbror\w*|chef\w*|tranare\w*|larare\w*|forovare\w*|utovare\w*|ags|"
    r"vittne|partner\w*|"
    r"styvpappa\w*|bonuspappa|plastpappa|bonusbror|barn\w*|soner\w*|dottrar\w*|bebis\w*|baby|ungar\w*|"
    r"\w*daddy|smabarn|syskon\w*|pojkar\w*|"
    r"foralder|foraldrar|lillasyster|lillebror|feber|termin|mellan|tvilling\w*|tjejer|svager|svarson"
)
OTHER_IF_OWN = (
    r"mannen|man|killen|kille|han|hon|brorsan|gubbe\w*|kund\w*|kusin\w*|granne\w*|kompis\w*|syssling\w*|"
    r"dotter\w*|son\w*|syster\w*|"
    r"mamma\w*|flicka|tjejen|pojke\w*|van|vannen|van+in+a\w*|kollega\w*|snubbe\w*|karl\w*|tjej|mormor|moster|"
    r"faster|svarmor|svarfar|"
    r"fru|frun|hustru|larare|barnet"
)
EXPOSED = (
    r"fl|fru|tos|gumma|karl|farbror|gast|cousin|barnbarnet|\w+sonen|\w+dottern|klient\w*|patient\w*|pat|elev\w*|flicka\w*|pojke|pojken|tjej|tjejen|kvinna\w*|kv|dam\w*|"
    r"malsagande\w*|malsag|mal|brukare\w*|"
    r"mamma\w*|mor|ungdom\w*|person\w*|transtjej\w*|transkille\w*|transkvinna|van+in+a\w*|van|vannen|"
    r"kompis\w*|bastis\w*|syster\w*|"
    r"syrra\w*|dotter\w*|son|sonen|kusin\w*|mormor|farmor|hon|hen|han|kille|granne\w*|grannfru\w*|"
    r"kollega\w*|moster|faster|brorsa\w*|"
    r"brorsdotter\w*|systerdotter\w*|systerson\w*|brorson\w*|barnbarn|man|hyresgast\w*|"
    r"medarbetare\w*|anstalld\w*|student\w*|"
    r"placerad\w*|boende|kund\w*|intagen\w*|varnpliktig\w*|rekryt\w*|bror|lillebror|lillasyster|"
    r"storasyster|lillasyrra|lillbrorsa|inneboende|herre|svarmor|svarfar|svagerska\w*|besokare\w*|sokande|polare\w*|"
    r"kamrat|lagkamrat|arbetskamrat|gymnast|spelare\w*|usk|flickvan|stamgast|ptnt|inskriven|nyinskriven|pensionar|anka|"
    r"fastmo\w*"
)
LINK = (
    r"[\s,(]*(?:(?:till mig|hos mig|som|ar|e|inte|ej|ens|pa|nog|bara|typ|ca|i|over|den|nu|fran|runt|boende|har|"
    r"fyllt|fyllde|blev|blir|fyller|sjalv|fodd|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|"
    r"december)[\s,]+)*\Z"
)
SELF = re.compile(r"\b(?:jag|ja|mig|jg)\b[^.!?\n]{0,12}\Z|(?:^|[,;])\s*(?:ar|e)\s+(?:typ\s+|bara\s+|nu\s+)?\Z")
# The writer of somebody else: "jag är 61", "jag är fastighetsskötare, 61", not "jag tror 15".
SELF_ONLY = re.compile(
    r"\b(?:jag|ja|jg)\b(?:\s+(?:ar|e|va|sjalv|bara|nu|typ|snart|fyller|blir|fyllde|som|ocksa|en|ar en))*[\s,(]*\Z|"
    r"\bsjalv(?:\s+(?:ar|e))?\s+(?:jag\s+)?\Z|\bja?g?\s+(?:ar|e|jobbar som)\s+(?:en\s+)?(?!\w*\s*(?:till|for|"
    r"at)\b)\w+(?:\s+\w+)?\s*[,(]\s*(?:pa\s+)?\Z|"
    r"\b(?:jag|ja)\s+(?:ar|e)\s+(?:en\s+)?(?:faster|moster|farbror|morbror|mormor|morfar|farmor|farfar|mamma|"
    r"pappa|granne|\w+larare|\w+skotare)\s+(?:pa\s+)?\Z"
)
HER_SELF = re.compile(r"\b(?:hon|han|hen|henne|honom)\s+sjalv\w*[\s,]+(?:(?:ar|e)\s+)?\Z")
# "farmor till en femtonåring", "samtal med en 19-åring": the one the message is about.
ABOUT = re.compile(
    r"\b(?:(?:mor|far|farmor|mormor|farfar|morfar|mamma|pappa|syster|bror|kompis|van|moster|faster|farbror|"
    r"granne|tranare|larare|ledare|"
    r"god man|kontaktperson|stodperson|forald\w*)\s+(?:till|at|for)(?:\s+(?:en|ett|min|nan))?|"
    r"(?:kontakt|samtal|samtalar|pratar|traff|mote|sitter|jobbar|arbetar)\s+(?:m|med)(?:\s+en|\s+ett)?|"
    r"galler(?:\s+en)?|(?:en|ett) av (?:vara|mina)\s+\w+)"
    r"\s+(?:\w+\s+)?\Z"
)
TOGETHER_WITH = re.compile(
    r"\b(?:ihop med|ihop m|tillsammans med|tillsammans m|gift med|gift m|forlovad med|dejtar|traffar|bor med|av|"
    r"fran|till|mot|med|m)"
    r"(?:\s+(?:en|nan))?\s*\Z"
)
_MEETS = r"(?:dejta|traffa)(?:r|t|de)"
# "förlovad med en man på 38": no client of ours.
MATE = re.compile(
    r"\b(?:(?:gift\w*|bortgift|forlov\w*|aktenskap|brollop|ihop|tillsammans|relation|lova\w* bort) (?:med|till|m)|"
    rf"{_MEETS}(?: med)?) "
    r"(?:(?:en|nan|sin|hennes|den|deras) )?(?:\w+ )?(?:man|kille|kusin|syssling|"
    r"snubbe|gubbe|karl)\w{0,2}[\s,(]*(?:(?:pa|som|ar)\s+){0,2}\Z"
)
MET = re.compile(rf"\b{_MEETS}(?: med)? (?:en|nan)\s+\Z")  # "träffat en 40-åring"
# "har träffat en kille på 19", not "träffar en elev som dejtar en kille på 22".
I_MET = re.compile(
    r"(?:^\s*(?:hej\w*\W+)?|\b(?:jag|vi)\s+)(?:(?:har|idag|i dag|precis|just|nyss|nu)\s+)*traffa(?:r|t|de)\b"
    r"(?:(?!\b(?:dejt|gift|ihop|forlov|traff)|\bsom (?!ar\b|e\b))[^,])*\Z"
)
MALE_KIN = re.compile(
    r"\b(?:min|var)\s+(?:far|pappa|farsa|bror|brorsa|svager|svarson|styvpappa)[\s,(]*(?:som\s+)?(?:ar|e|pa)?\s*\Z"
)
# "Man, 41, som utövat våld": a professional's client who is not the exposed person.
AFTER_UTOVARE = re.compile(
    r"[^.!?]{0,70}\b(?:utov(?:at|ar|are)\w*|har slagit (?:sin|sitt|frun|sambon)|slar sin|slagit sin|"
    r"skyddstillsyn|valdsprogram|"
    r"misshandlat sin|tagit pa yngre)"
)
# "pappa är 68 och blir slagen", "morfar 80 får stryk av"
IS_HARMED = re.compile(
    r"\s*(?:ars?|ar gammal)?\s*,?\s*(?:(?:och|o|som|han|hon|han som|hon som)\s+)?(?:\w+\s+)?(?:"
    r"(?:blir|bli|blev|blivit|ar|har blivit)\s+(?:\w+\s+)?(?:slag\w+|hota\w+|misshandla\w+|utsatt\w*|kontrollera\w+|"
    r"inlast|valdtag\w+|tvinga\w+|utnyttja\w+|lurad|knuffa\w+|utskalld|nedtryckt|hunsad)|"
    r"(?:far|fick) (?:\w+ )?(?:stryk|smisk|slag)|(?:misshandlas|utsatts|hotas|kontrolleras|utnyttjas|tvingas|slas)\b)"
)
PARENT_OF = re.compile(r"\b(?:mamma|mamman|mor|pappa|pappan|far|foralder) (?:till|at)(?: en| ett)?\s+\Z")
HAS_CHILD = re.compile(
    r"\b(?:har en|har ett|hennes|sin|infor|med (?:en|sin)|gemensamma?|och en|o en|mammans|pappans|mammas|\+|plus)\s*\Z"
)
GRADE_BEFORE = re.compile(r"\b(?:ak|arskurs|klass|avd|vecka|v|kl)\.?\s*\d+[a-f]?\s*,\s*\Z")
UNTIL_ONE = re.compile(r"\b(?:utan att|tills|innan|forran)\s+(?:man|hon|han|jag)\s+(?:ar|e|fyller|blir)\s+\Z")
IF_ONE = re.compile(r"\b(?:om|nar|att|far|kan|da)\s+man\s+(?:ar|e|va)\s+\Z")
DEFINITE_CHILD = re.compile(r"\s*-?(?:ars)?aringen\w*")

NEAR_KIN = re.compile(
    rf"\b{KIN_OF}\s+(?:\w+\s+)?(?:man|make|sambo|kille|tjej|bror|brodern|pappa|far|son|ex|exman|chef|"
    rf"partner|hans|van){LINK}"
)
NEAR_OTHER = re.compile(rf"\b(?:{OTHER}){LINK}")
NEAR_OTHER_IF_OWN = re.compile(rf"\b(?:{OTHER_IF_OWN}){LINK}")
# "han är inte 17 utan 19", "det står 20 men han är 25", "han är 17, nej vänta 18", "min sambo skulle vara 40"
CORRECTS_OTHER = re.compile(
    rf"\b(?P<who>{OTHER}|{OTHER_IF_OWN})\s+(?:(?:ar|e)\s+(?:(?:inte|ej)\s+\w+\s+utan|egentligen|bara)?|"
    r"(?P<slip>(?:(?:ar|e)\s+)?\d\d\b(?:[\s,]+(?:ar|nej|nae|na+|oj|vanta|forlat|sorry|fel|alltsa|asso|snarare|jag|"
    r"menade|menar|rattare sagt))*)|(?:ska|skulle|skall)\s+(?:ju\s+)?(?:va|vara|sta)|"
    r"(?:menade|menar|mente)(?:\s+(?:att\s+)?(?:jag|hon|han|hen)\s+(?:ar|e|var))?)[\s,]*\Z"
)
NEAR_EXPOSED = re.compile(rf"\b(?:{EXPOSED}){LINK}")
AFTER_EXPOSED = re.compile(rf"\s*-?(?:arig\w*|ars|ar|aring)?\s*,?\s*(?:gammal\s+|gamla\s+)?(?:{EXPOSED})\b")
AFTER_OTHER = re.compile(
    r"\s*-?(?:arig\w*|ars|ar)?\s*(?:gammal\s+|aldre\s+)?(?:man|kille|gubbe|snubbe|karl|son|dotter|barn|"
    r"bebis|baby|bror|pojkvan)\b"
)
ONE_OF_TWO = re.compile(
    r"(?:(?<!inte )\b\d\d?\s*(?:,|och|o|&|resp\.?|till|-)|\b(?:tva|tre|fyra|fem|sex|sju|atta|nio|tio|elva|"
    r"tolv)\s*(?:och|o|&|resp\.?|till|-))\s*\Z"
)
PLURAL = re.compile(r"\s*-?aringar")
AND_ANOTHER = re.compile(
    r"\s*(?:(?:,|och|o|&|resp\.?)\s*\d\d?|(?:och|o|&|resp\.?)\s*(?:tva|tre|fyra|fem|sex|sju|atta|nio|elva))\b"
    r"(?!\s*(?:ars?|barn\w*|dottrar|soner|ungar|ggr|gang\w*|manad\w*|dag\w*|veck\w*|tim\w*|kr|slag|pojkar|"
    r"flickor|kids)\b)(?!\d|[:.]\d)"
)
SOMEBODY = re.compile(r"\b(?:en|ett|av|med|m|ihop|till|min|(?<!\bpa )mitt|var|vara|hennes|hans)\s*\Z")
_WRITER = (
    r"(?:trans)?(?:tjej|kvinna|kv|kille|man|flicka|pojke|dam|mamma|pappa|gubbe|tant|pensionar|snubbe|bog|flata|"
    r"lesbisk|anka|"
    r"ankling|rektor|student|au pair|mor|far|\w*maskulin|\w*feminin|person|herre|karl|farbror|fru|guss|grabb|"
    r"brud|make|hustru)"
)
_NOT_MINE = r"(?!(?:min|mitt|mina|hans|hennes|sin|med|m|av|till|for|en|ett|har|och|o|var|den|traffade|mot|fran|vars)\b)"
WRITER_IN_SHORT = re.compile(
    rf"(?:^\s*|[,.:;]\s*|\b(?:ar|e|som|jag|hej|hejsan|va)\s+)(?:en\s+|ett\s+)?(?:{_NOT_MINE}\w+\s+){{0,2}}{_WRITER}\s*[,(]?\s*"
    r"(?:pa\s+|ar\s+)?\Z"
)
# "16 kille", "69-årig man", "27 år gammal kvinna" at the start of a clause.
WRITER_BEFORE = re.compile(r"(?:^\s*|[,.:;(]\s*|\b(?:ar|e|som|jag|ja|ar en|e en|har ar en|som en)\s+)\Z")
WRITER_AFTER = re.compile(rf"\s*-?(?:arig\w*|ars|ar|aring)?\s*,?\s*(?:gammal\s+|gay\s+|ung\s+)?{_WRITER}\b")
YOUNGEST_WRITER = 8  # smaller numbers next to a writer are the children's ages
YOUNGEST_ALONE = 13
CHILD_OF_CLIENT = 13
THEIRS = re.compile(rf"\bhennes (?:man|make|kille|sambo|pojkvan|ex|son|bror|barn){LINK}")
CLIENTS_KIN = re.compile(rf"\b(?:bror|lillebror|lillasyster|son|sonen|dotter|mor){LINK}")
WRITERS_KIN = re.compile(rf"\b(?:min|mitt|var|vara|mina)\s+\w+{LINK}")
THEIR_CHILD = re.compile(
    r"\bhar (?:ocksa\s+)?(?:en|ett|tva)\s+(?:\w+\s+)?(?:dotter|son|flicka|pojke|kille|tjej|barn|bebis)\s+pa\s+\Z"
)
KIN_FIRST = re.compile(rf"^\s*(?:farfar|morfar|mormor|farmor|mamma|pappa|far|farsan){LINK}")
CLIENT_FIRST = re.compile(rf"^\s*(?:mor|mamma|fru){LINK}")
CHILD = re.compile(r"\b(?:barn|elev|flick|pojk|son|dott)|\daring|\d-aring")
# "kan en kille på 17 gå dit" asks for himself.
ONE_LIKE_ME = re.compile(
    r"\b(?:kan|far|maste|ska|borde|bor|finns|vart|dar|tar|vagar|for)\s+(?:\w+\s+){0,3}?(?:en|ett)\s+(?:\w+\s+)?(?:pa\s+)?\Z"
)
ONE_OF_OURS = re.compile(r"\ben av (?:vara|mina)\s+\w+[\s,(]*\Z")
AM_A = re.compile(r"\b(?:jag|har)\s+(?:ar|e)\s+en\s*\Z|^\s*(?:som|en)\s*\Z")
LIVES_WITH = re.compile(r"\bbor\b[^.,]*\b(?:m|med|hos)\s+\w+\s*,\s*\Z")
# Who writes is not known: "slår mig" tells it of herself, unless the message is about a sister or a client.
HARMED_WRITER = re.compile(r"\b(?:mig|mej|min (?:man|sambo|kille|pojkvan|make)|mitt ex|mot mig)\b")
ABOUT_ANOTHER = re.compile(
    r"\b(?:min|mina|var|vara|en) (?:\w+ )?(?:syster|syrra|dotter|kusin|van|vannen|kompis|bastis|vaninna|granne|"
    r"mamma|mormor|farmor|moster|faster|"
    r"kollega|klient|elev|patient|brorson|brorsdotter|systerdotter|bror|son)\b|\b(?:klient|patient|elev|mal|kv|pat)\b"
)
PRONOUN_AFTER = re.compile(r"\s*(?:ar\s+)?(?:ar|e)\s+jag\b")
