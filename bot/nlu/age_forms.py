"""The forms in which ages and whose they are show in a folded text; `ages` reads them."""

from __future__ import annotations

import re

from bot.nlu import numbers
from knowledge.situation import AgeGroup

N = rf"(?P<n>\d{{1,3}}|{numbers.PATTERN})"
BARE = rf"(?P<n>[1-9]\d|\b[5-9]\b(?![,.]\d)|(?:{'|'.join(word for word, value in numbers.WORDS.items() if value > 9)}))"
ABOUT = r"(?:ca|cirka|runt|kring|typ|omkring|ungefar|drygt|over|kanske|nastan)"
PEOPLE = (
    r"tjej|kille|flicka|pojke|kvinna|man|kv|dam|tant|gubbe|guss|pensionar|herre|person|elev|brukare|"
    r"patient|pat|klient|kund|mamma|"
    r"mor|syster|lillasyster|storasyster|syrra|lillebror|storebror|bror|brorsa|kompis|bastis|vannina|"
    r"van|dotter|son|kusin|"
    r"brorsdotter|systerdotter|brorson|systerson|medlem|spelare|deltagare|sokande|usk|kollega|granne|"
    r"ungdom|malsagande|malsag|mal|hustru|maka|"
    r"hustru|maka|student|varnpliktig|intagen|hyresgast|barnbarn|mormor|farmor|moster|faster"
)
# Form -> what the number means: the age itself, one year less, a group only.
FORMS: tuple[tuple[str, str], ...] = (
    ("meant",
        rf"\b(?:(?:jag\s+)?(?:menade|menar|mente|mena)(?:\s+(?:att\s+)?(?:jag|hon|han|hen)\s+(?:ar|e|var))?|"
        rf"(?:ska|skulle|skall)\s+(?:det\s+|ju\s+)?(?:va|vara|sta)|rattare sagt|utan|(?:andra|ratta)\s+"
        rf"(?:det\s+)?till)\s+{BARE}(?=\s*(?:\Z|[,.!?]|ars?\b|inte\b))"),
    ("meant", rf"\b{BARE}\s+(?:menade|menar|mente|ska(?:ll)? det (?:va|vara|sta))\b"),
    ("meant", rf"\A\s*(?:nej|nae|nej forlat|oj|hoppsan|sorry|forlat)[\s,!.]+{BARE}(?=\s*(?:\Z|[,.!]|ars?\b))"),
    ("before",
        rf"\b{BARE}\s+(?:om (?:\w+|\d+) (?:dag\w*|veck\w*|manad\w*)|(?:nu )?pa (?:mandag|tisdag|onsdag|"
        rf"torsdag|fredag|lordag|sondag)|nasta (?:vecka|manad))\b"),
    ("before", rf"\b(?:fyller|blir|fyllde inte)\s+(?:jag\s+|hon\s+|han\s+|snart\s+)?{N}\b"),
    ("before",
        rf"\b(?:snart|strax|nastan|inte fyllt|inte ens fyllt|fyller snart)\s+(?:att "
        rf"bli\s+)?{N}\b(?!\s*(?:ar sen|ar sedan))"),
    ("exact", rf"\b(?:fyllt|fyllde|har blivit|precis blivit)\s+(?:just\s+|precis\s+)?{N}\b"),
    ("about", rf"\bi?\s*{N}\s*[- ]?ars?\s?aldern\b"),
    ("about", rf"\b{ABOUT}\s+{N}(?:\s*ar\b)?"),
    ("exact",
        rf"\b{N}\s*-?\s*(?:ars?\b(?!\s*(?:sedan|sen|tid|aktenskap))|aring\w*|arig\w*|bast\b|yo\b|y\.o|"
        rf"jordsnurr)"),
    ("year", r"\b(?:fodd|foddes|f|argang)\b\.?\s*(?:ar\s+|i\s+\w+\s+)?(?P<n>(?:19|20)\d\d|[-'’]?\d\d)\b"),
    ("year", r"(?<![\d:.])(?P<n>(?:0\d|1\d)(?=[:'’]?(?:a|or|an)\b)|\d\d(?=[:'’](?:a|or|an)\b))"),
    ("exact", rf"\b{N}\s+fyllda\b"),
    ("about", rf"\b{N}\s*(?:ar)?\s*\?"),
    ("about", rf"\b{N}\s*(?:\+|plus\b)"),
    ("exact",
        rf"\b(?:jag|ja|man|hon|han|hen|den|e|ar|var|va|blev|nu|am|im)\s+(?:e\s+|ar\s+|bara\s+|endast\s+|"
        rf"nu\s+|typ\s+)?{BARE}\b"),
    ("exact", rf"\b\w*(?:{PEOPLE})(?:en|an|n)?\s*[,(]?\s*(?:pa\s+)?{BARE}\b"),
    ("exact", rf"\b{BARE}\s*,?\s+(?:{PEOPLE})\b"),
    ("exact",
        rf"(?:^|[,.(:;!?\n]\s*|\boch\s+|\bo\s+){BARE}(?=\s*(?:$|[,.):;!?\n]|(?:och|o|fran|bor|i|pa|boende|"
        rf"som|med|har|gar|snart|nu|gammal|men|fran|hemma|kille|tjej)\b))"),
    ("exact", rf"\A\s*(?:hej\W+)?{BARE}(?=\s+[a-z])"),
("exact", r"\b(?:jag|ja)\s+(?:ar|e)\s+(?:bara\s+)?(?P<n>sex|sju|atta|nio)\b"),
)  # fmt: skip
GRADES = re.compile(
    r"\b(?:gar|gick|elev|ar|e|borja\w*|klass|i|barn|pojke\w*|flicka\w*|tjej\w*|kille\w*|son\w*|"
    r"dotter\w*|dottra)?\s*i?\s*"
    r"(?:ak\.?|arskurs|klass)\s?[f1-9]\b|\b[4-9](?:an|:an|e)\b|\b[4-9]\s?[a-f]\b(?=[^%]|$)|"
    r"\bi?\s?(?:ettan|tvaan|trean|fyran|femman|sexan|"
    r"sjuan|attan|nian)\b|\b(?:hogstadie|mellanstadie|lagstadie|forskole)\w*|\bforskoleklass|"
    r"\bgymnasie(?:t|elev|ungdom)\w*|\bgymnasiet\b|\bgymnasiet?s?\b"
)
GROUPS: tuple[tuple[AgeGroup, str], ...] = (
    (AgeGroup.CHILD, r"tonar\w+|tonaring\w*|minderarig\w*|underarig\w*|omyndig\w*|skolbarn\w*|spadbarn\w*|bebis\w*|"
     r"flickan|flicka|pojken|pojke|lillasyster|lillebror|lillasyrra|lillbrorsa|en elev|eleven|min elev|"
     r"bup|barnahus|barn och unga"),
    (AgeGroup.YOUNG_ADULT,
        r"ung kvinna|ung man|unga kvinnan|unge mannen|ung tjej|ung vuxen|unga vuxna|student|studenten|"
        r"studenthalsan"),
    (AgeGroup.ADULT, r"vuxen kvinna|vuxen man|medelalders|smabarnsmamma|smabarnsforalder|tvabarnsmamma|trebarnsmamma"),
    (AgeGroup.ELDERLY,
        r"pensionar\w*|aldre dam\w*|aldre kvinna\w*|aldre man\w*|gammal dam|gammal kvinna|gammal tant|gamla "
        r"mamma|gamla mor|gamling\w*|"
     r"aldreboende\w*|hemtjanst\w*|seniorboende\w*|min mormor|min farmor|min morfar|min farfar|"
     r"rollator\w*|dement\w*|demens\w*|bistandshandlaggare|bistandsbedomare|aldreomsorg\w*"),
)  # fmt: skip
# What makes a number something else than an age.
NOT_AFTER = re.compile(
    r"\s*(?:%|kr\b|kronor|spann|tusen|k\b|lax|min\b(?!\s+[a-z])|minut|tim|h\b|dag|dygn|veck|v\b|"
    r"man\b(?=ad)|manad|mil\b|km|meter|m\b(?!\s+(?:son|dotter|barn|\d))|"
    r"kvm|procent|gang|ggr|ganger|x\b|st\b|barn\b|person|tjejer|killar|man per|kunder|samtal|sms|"
    r"missade|personer|stycken|"
    r"ar\s+(?:sedan|sen|tillsammans|gift|ihop|i\b|har\s+jag|som|av|med|nu\b|innan|efter|tid|framat|"
    r"gamla aktenskap|bott|levt|utan|har)|"
    r"ars\s+(?:tid|aktenskap|forhallande|relation|vald|helvete)|kap\b|§|:e\b|:\d|\.\d\d|e\b|[-–/]\d|\s?/)"
)
NOT_BEFORE = re.compile(
    r"(?:klockan e|klockan ar|feber|termin|\bkl|\bkl\.|klockan|\bcirka kl|\bden|\btill|\bnr|nummer|"
    r"\bsida|\bbuss|\blinje|\bklass|\bkap|\bga|\brum|\bhus|vaning|"
    r"\d[-–:/.]|\bi\s+over|\bi|\bsedan|\bsen|\bfor|\bunder|\befter|\binom|\bom|\bvarje|\bvar|\bfler an|"
    r"\bmer an|\bminst|gift|tillsammans|ihop|"
    r"\bdrygt|gifta|\bnarmare|\bi nastan|\bi snart|\bi typ|\bi ca|i mer an|\bsnart)\s*\Z"
)
DURATION_BEFORE = re.compile(
    r"(?:\bi|\bsedan|\bfor|\bunder|\befter|\bom|\bdrygt|\bover|\bgift|\bgifta|\btillsammans|\bihop|"
    r"\bvarit|\binom|\bnastan|\bpa|\bhela|\bde)"
    r"(?:\s+(?:snart|over|nastan|typ|ca|cirka|minst|mer an|ungefar|kanske|drygt|mina|dom|de))?\s*\Z"
)
PAST = re.compile(
    r"(?:nar|da)\s+(?:jag|ja|hon|han|hen|vi|det|de)\s+(?:bara\s+)?(?:var|va|fyllde|blev)\s+(?:bara\s+|"
    r"typ\s+|runt\s+)?\Z|"
    r"\b(?:var|va|blev|vid|sedan jag var|fran jag var|mellan|fran|tills jag var|sen jag var|alder av|"
    r"redan som|som)\s*(?:bara\s+|typ\s+)?\Z"
)
NOT_THAT = re.compile(r"\b(?:inte|ej)\s+\Z")
KIN_OF = r"(?:hennes|hans|min|sin|dennes|vars|deras|klientens|elevens|patientens)"
OTHER = (
    r"maken|sambon|pojkvan\w*|exet|ex|pappan|pappa|far|fadern|brodern|bror|broder|storebror|gm|"
    r"garningsman\w*|misstankt\w*|mt|"
    r"snubbe\w*|torsk\w*|kopare\w*|farbror\w*|chef\w*|tranare\w*|larare\w*|forovare\w*|utovare\w*|ags|"
    r"vittne|partner\w*|svarmor|"
    r"styvpappa\w*|bonuspappa|plastpappa|bonusbror|barn\w*|soner\w*|dottrar\w*|bebis\w*|baby|ungar\w*|"
    r"smabarn|syskon\w*|pojkar\w*|"
    r"foralder|foraldrar|lillasyster|lillebror|feber|termin|mellan|tvilling\w*|tjejer|svager|svarson"
)
OTHER_IF_OWN = (
    r"mannen|man|killen|kille|han|hon|brorsan|gubbe\w*|kund\w*|kusin\w*|granne\w*|kompis\w*|syssling\w*|"
    r"dotter\w*|son\w*|syster\w*|"
    r"mamma\w*|flicka|tjejen|pojke\w*|van|vannen|vannina\w*|kollega\w*|snubbe\w*|karl\w*|tjej|mormor|moster|faster"
)
EXPOSED = (
    r"klient\w*|patient\w*|pat|elev\w*|flicka\w*|pojke|pojken|tjej|tjejen|kvinna\w*|kv|dam\w*|"
    r"malsagande\w*|malsag|mal|brukare\w*|"
    r"mamma\w*|mor|ungdom\w*|person\w*|transtjej\w*|transkille\w*|transkvinna|vannina\w*|van|vannen|"
    r"kompis\w*|bastis\w*|syster\w*|"
    r"syrra\w*|dotter\w*|son|sonen|kusin\w*|mormor|farmor|hon|hen|han|kille\w*|granne\w*|grannfru\w*|"
    r"kollega\w*|moster|faster|brorsa\w*|"
    r"brorsdotter\w*|systerdotter\w*|systerson\w*|brorson\w*|barnbarn|man|mannen|hyresgast\w*|"
    r"medarbetare\w*|anstalld\w*|student\w*|"
    r"placerad\w*|boende|kund\w*|intagen\w*|varnpliktig\w*|rekryt\w*|bror|lillebror|lillasyster|"
    r"storasyster|lillasyrra|lillbrorsa|inneboende|herre"
)
LINK = (
    r"[\s,(]*(?:(?:till mig|hos mig|som|ar|e|pa|nog|bara|typ|ca|i|over|den|nu|fran|runt|boende|har|"
    r"fyllt|blev|blir|fyller)[\s,]+)*\Z"
)
SELF = re.compile(r"\b(?:jag|ja|mig|jg)\b[^.!?\n]{0,12}\Z")
COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in FORMS)
NEAR_KIN = re.compile(
    rf"\b{KIN_OF}\s+(?:\w+\s+)?(?:man|make|sambo|kille|tjej|bror|brodern|pappa|far|son|ex|exman|chef|"
    rf"partner|hans|van){LINK}"
)
NEAR_OTHER = re.compile(rf"\b(?:{OTHER}){LINK}")
NEAR_OTHER_IF_OWN = re.compile(rf"\b(?:{OTHER_IF_OWN}){LINK}")
NEAR_EXPOSED = re.compile(rf"\b(?:{EXPOSED}){LINK}")
AFTER_EXPOSED = re.compile(rf"\s*-?(?:arig\w*|ars|ar|aring)?\s*,?\s*(?:gammal\s+|gamla\s+)?(?:{EXPOSED})\b")
AFTER_OTHER = re.compile(
    r"\s*-?(?:arig\w*|ars|ar)?\s*(?:gammal\s+|aldre\s+)?(?:man|kille|gubbe|snubbe|karl|son|dotter|barn|"
    r"bebis|baby|bror|pojkvan)\b"
)
ONE_OF_TWO = re.compile(r"(?:\d\d?|tva|tre|fyra|fem|sex|sju|atta|nio)\s*(?:,|och|o|&|resp\.?|till|-)\s*\Z")
AND_ANOTHER = re.compile(
    r"\s*(?:,|och|o|&|resp\.?)\s*(?:\d\d?\b|tva\b|tre\b|fyra\b|fem\b|sex\b|sju\b|atta\b|nio\b|elva\b)(?!\s*ars?\b)"
)
SOMEBODY = re.compile(r"\b(?:en|ett|av|med|m|ihop|till)\s*\Z")
WRITER_IN_SHORT = re.compile(
    r"(?:(?:^\s*|[,.]\s*)|\bar\s+en\s+|\be\s+en\s+)(?:gift\s+|ensam\s+|ung\s+|aldre\s+|mamma,?\s+|en\s+)?"
    r"(?:trans)?(?:tjej|kvinna|kv|kille|man|flicka|pojke|dam|mamma|gubbe|tant|pensionar)\s*[,(]?\s*(?:pa\s+)?\Z"
)
YOUNGEST_WRITER = 8  # smaller numbers next to a writer are the children's ages
PRONOUN_AFTER = re.compile(r"\s*(?:ar\s+)?(?:ar|e)\s+jag\b")
GRADE_GROUP = re.compile(GRADES.pattern)
GROUP_WORDS = tuple((group, re.compile(rf"\b(?:{pattern})\b")) for group, pattern in GROUPS)
