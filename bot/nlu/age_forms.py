"""The forms in which ages show in a folded text, and what makes a number something else; `ages` reads them."""

from __future__ import annotations

import re

from bot.nlu import numbers

N = rf"(?P<n>\d{{1,3}}|{numbers.PATTERN})"
BARE = rf"(?P<n>[1-9]\d|\b[5-9]\b(?![,.]\d)|(?:{'|'.join(word for word, value in numbers.WORDS.items() if value > 9)}))"
ABOUT = r"(?:ca|cirka|runt|kring|typ|omkring|ungefar|drygt|over|kanske|nastan)"
PEOPLE = (
    r"tjej|kille|flicka|fl|pojke|kvinna|man|kv|dam|fru|tos|gumma|karl|farbror|boende|sambo|flickvan|gast|cousin|tant|gubbe|guss|pensionar|herre|person|elev|brukare|"
    r"patient|pat|klient|kund|mamma|"
    r"mor|syster|lillasyster|storasyster|syrra|lillebror|storebror|bror|brorsa|kompis|bastis|van+in+a|"
    r"van|dotter|son|kusin|"
    r"brorsdotter|systerdotter|brorson|systerson|medlem|spelare|deltagare|sokande|usk|kollega|granne|"
    r"ungdom|malsagande|malsag|mal|hustru|maka|"
    r"hustru|maka|student|varnpliktig|intagen|hyresgast|barnbarn|mormor|farmor|moster|faster|"
    r"kamrat|gymnast|rektor|chef|larare|snubbe|bog|svarmor|svarfar|pappa|morfar|farfar|svagerska|anka|polare|"
    r"ptnt|konsult|gesall|stamgast|anstalld|larling|praktikant|barnvakt|rekryt|vardtagare|deltagare|besokare|"
    r"huvudman|\w+ledare|\w+skoterska|\w+arbetare|\w+bitrade|\w+hustru|transkille|"
    r"transmaskulin|transfeminin"
)
# Form -> what the number means: the age itself, one year less, a group only; "meant" and "corrected" say whose as well
# (`ages._WHOSE`).
FORMS: tuple[tuple[str, str], ...] = (
    # "min sambo skulle vara 40" corrects nobody, "18, ska vara 19" does.
    ("meant",
        rf"\b(?!(?:det?|ar|nej|na|nae|fel|alder\w*|siffra\w*)\b)[a-z]+\s+(?:ska|skulle|skall)\s+(?:ju\s+)?"
        rf"(?:va|vara)\s+{BARE}(?=\s*(?:\Z|[,.!?]|ars?\b|inte\b))"),
    ("corrected",
        rf"\b(?:(?:jag\s+)?(?:menade|menar|mente|mena)(?:\s+(?:att\s+)?(?:jag|hon|han|hen)\s+(?:ar|e|var))?|"
        rf"(?:ska|skulle|skall)\s+(?:det\s+|ju\s+)?(?:va|vara|sta)|rattare sagt|(?:andra|ratta)\s+"
        rf"(?:det\s+)?till)\s+{BARE}(?=\s*(?:\Z|[,.!?]|ars?\b|inte\b))"),
    ("meant", rf"\butan\s+{BARE}(?=\s*(?:\Z|[,.!?]|ars?\b|inte\b))"),
    ("meant", rf"\b(?:inte|ej)\s+\w+\s+utan\s+{BARE}(?=\s+(?:och|o|men)\b)"),
    ("corrected", rf"\b(?:nej|na|nae|na+|oj)[\s,.!]+(?:vanta|forlat|sorry|fel|alltsa|asso|snarare)[\s,.!]+{BARE}\b"),
    ("corrected",
        rf"\b(?:skriver|sager|tror|star|trodde|pastar)\b[^.!?\n]{{0,25}}\d\d[^.!?\n]{{0,12}}\bmen\s+"
        rf"(?:jag|hon|han|hen)\s+(?:ar|e)\s+(?:egentligen\s+|bara\s+)?{BARE}\b"),
    ("meant", rf"\b{BARE}\s+inte\s+(?:\d|[a-z]+(?:ton|tio)\b)"),
    ("corrected", rf"\b{BARE}\s+(?:menade|menar|mente|ska(?:ll)? det (?:va|vara|sta))\b(?!\s+\d)"),
    ("meant", rf"\A\s*(?:nej|na|nae|nej forlat|oj|hoppsan|sorry|forlat)[\s,!.]+{BARE}(?=\s*(?:\Z|[,.!]|ars?\b))"),
    ("before",
        rf"\b{BARE}\s+(?:om (?:\w+|\d+) (?:dag\w*|veck\w*|manad\w*)|(?:nu )?pa (?:mandag|tisdag|onsdag|"
        rf"torsdag|fredag|lordag|sondag)|nasta (?:vecka|manad))\b"),
    ("before", rf"\b(?:fyller|blir|fyllde inte)\s+(?:jag\s+|hon\s+|han\s+|snart\s+)?{N}\b"),
    ("before", r"\bpa\s+(?:mitt\s+|sitt\s+|det\s+)?(?P<n>[6-9]\d)(?=:[ae]\s+(?:levnads)?ar(?:et)?\b)"),
    ("soon",
        rf"\b(?:snart|strax|nastan|inte fyllt|inte ens fyllt|fyller snart)\s+(?:att "
        rf"bli\s+)?{N}\b(?!\s*(?:ar sen|ar sedan))"),
    ("soon", rf"\b(?:inte|ej)\s+(?:ens\s+)?(?:fyllda\s+)?{N}(?:\s+(?:ar|bast|fyllda))?\s+an(?:nu)?\b"),
    ("soon", rf"\b{BARE}(?:\s+ar)?\s+snart(?=\s*(?:\Z|[,.!?]))"),
    ("exact", rf"\b(?:fyllt|fyllde|fyllda|har blivit|precis blivit|blev)\s+(?:just\s+|precis\s+)?{N}\b"),
    ("exact", rf"\b{N}\s+(?:(?:ar|bast)\s+)?fyllda\b"),
    ("exact", rf"\b{N}\s*(?:ar\s*)?(?:och|o|a|&)\s*(?:ett\s+|en\s+)?halv(?:t|ar\w*)?\b"),
    ("range", rf"\b{N}\s*(?:[-–]|till|eller)\s*(?:\d\d?|{numbers.PATTERN})(?=\s*-?(?:ar\b(?!\s*sedan)|aring|"
    rf"arig|ars))"),
    ("range", rf"\b(?:{PEOPLE}|ar|e|ungefar|typ)(?:en|an)?[\s,]+{N}\s*[-–]\s*(?:\d\d?|"
    rf"{numbers.PATTERN})\b(?!\s*(?:kr|st|min|gang))"),
    ("about", rf"\b{N}\s*-?(?:ar|aring|are)?\s*-?(?:nanting|nagonting|nagot|nat|nan|plus)\b"),
    ("about", rf"\b{N}\s?\+"),
    ("about", rf"\bi?\s*{N}\s*[- ]?ars?\s?aldern\b"),
    ("about", rf"\b{ABOUT}\s+{N}(?:\s*ar\b)?"),
    ("exact",
        rf"\b{N}\s*-?\s*(?:ars?\b(?!\s*(?:sedan|sen|tid|aktenskap))|aring\w*|arig\w*|bast\b|pannor\b|yo\b|y\.o|"
        rf"jordsnurr)"),
    ("year", r"\b(?:(?:fodd|foddes|argang)\b\.?\s*|f(?:\.\s*|\s+))(?:ar\s+|i\s+\w+\s+)?(?P<n>(?:19|20)\d\d|"
    r"[-'’]?\d\d)\b(?!\s*ar\b)"),
    ("year", rf"\b(?:{PEOPLE})(?:en|an|n)?[\s,(]+(?P<n>[-'’]\d\d)(?![\d-]|\s*ar\b)"),
    ("year", r"(?<![\d:.])(?P<n>(?:0\d|1\d)(?=[:'’]?(?:a|or|an)\b)|\d\d(?=[:'’](?:a|or|an)\b))"),
    ("little", r"\b(?:\w*barnet|barnbarn|pojken|killen|flickan|tjejen|\w*sonen|\w*dottern|kusinen|hon|han|hen)\s+(?:ar|"
    r"e)\s+(?:bara\s+|nu\s+|typ\s+)?"
        r"(?P<n>[1-9]|tva|tre|fyra|fem|sex|sju|atta|nio)"
        r"(?=\s*(?:ar\b(?!\s+(?:aldre|yngre))|[,.!?]|\Z|(?:o|och|men|med|gammal|bor|snart)\b))"),
    ("little", rf"\b(?:{PEOPLE})(?:en|an|n|et)?\s+pa\s+(?P<n>tva|tre|fyra|fem|sex|sju|atta|nio)(?=\s*(?:ar\b|"
    rf"[,.!?]|\Z|(?:o|och|som|har|viska\w*|sa|sager)\b))"),
    ("little", rf"\b(?:{PEOPLE})\s+som\s+(?:bara\s+)?(?:ar|e)\s+(?:bara\s+)?(?P<n>tva|tre|fyra|fem|sex|sju|atta|nio)"
        r"(?=\s*(?:ar\b|[,.!?]|\Z))"),
    ("exact", rf"\b(?:precis|nyss|nu|i ?dag)\s+{BARE}(?=\s*(?:[,.!?]|\Z))"),
    ("little",
        rf"\b\w*(?:{PEOPLE})(?:en|an|n|et)?\s*,\s*(?:\w+\s+)?(?P<n>tva|tre|fyra|fem|sex|sju|atta|nio)(?=\s*(?:ar\b|[,.]))"),
    ("exact", rf"\b{BARE}\s+(?:ar|e)\s+(?:jag|ja)\b"),
    ("exact", rf"\b(?:she|he)\s?\W?\s?(?:s|is)\s+{BARE}\b"),
    ("exact", rf"\b{BARE}\s+years?\b(?!\s+ago)"),
    ("exact", rf"\b(?:ar|e)\s+(?:bada|oxa|ocksa)\s+{BARE}\b"),
    ("about", rf"(?<!\bar )(?<!\be )(?<![.:\d])\b{N}\s*(?:ar)?\s*\?"),
    ("about", rf"\b{N}\s*(?:\+|plus\b)"),
    ("exact",
        rf"\b(?:jag|ja|man|hon|han|hen|den|e|ar|var|va|blev|nu|am|im)\s+(?:e\s+|ar\s+|bara\s+|endast\s+|"
        rf"nu\s+|typ\s+)?{BARE}\b"),
    ("exact", rf"\b\w*(?:{PEOPLE})(?:en|an|n)?\s*[,(]?\s*(?:pa\s+)?{BARE}\b"),
    ("exact", rf"\b{BARE}(?:\s*,?\s+|\s?/\s?)(?:{PEOPLE})\b"),
    ("exact", rf"\b(?:en|ett|min|mitt|var|hennes|nan|som|en av \w+)\s+(?:\w+\s+){{0,2}}?\w+\s+pa\s+{BARE}"
        rf"(?=\s*(?:ar\b|[,.!?]|\Z|som|med|fran|o\b|och|har|vill|bor|sager|berattar|blir|kan|ska|kom\w*|far))"),
    ("exact", rf"\bom man (?:ar|e|va)\s+{BARE}\b"),
    ("exact", r"(?:\A|[.!?\n]\s*)(?P<n>[1-9]\d)(?=\s+(?!\w*(?:ar|er|or|na)\b)\w{3,}\s*(?:[.,!?\n]|\Z))"),
    ("exact",
        rf"(?:^|[,.(:;!?\n–]\s*|(?<=\s)-\s*|\boch\s+|\b[oa]\s+){BARE}(?=\s*(?:$|[,.):;!?\n]|(?:och|o|a|fran|bor|i|pa|boende|"
        rf"som|med|har|gar|snart|nu|gammal|men|fran|hemma|kille|tjej)\b))"),
    ("exact", rf"\A\s*(?:hej\W+)?{BARE}(?=\s+[a-z])"),
    # "solna 31": a place is what people answer together with an age.
    ("exact",
        rf"\A\s*(?!(?:klockan|buss\w*|linje|rum\w*|port\w*|vaning\w*|nummer|vecka|sida|kapitel|kanske|nastan|minst|januari|"
        rf"februari|mars|april|juni|juli|augusti|september|oktober|november|december|\w*(?:gatan?|vagen|vag|grand|stigen|"
        rf"torget|backen|plan|alle))\b)[a-z]{{4,}}[ ,]+{BARE}\s*\Z"),
("exact", r"\b(?:jag|ja)\s+(?:ar|e)\s+(?:bara\s+)?(?P<n>sex|sju|atta|nio)\b"),
)  # fmt: skip
# What makes a number something else than an age.
NOT_AFTER = re.compile(
    r"\s*(?:%|\d{3}\b|kr\b|kronor|spann|tusen|k\b|lax|tablett|piller|alvedon|burk|slag\b|stygn|kvinnor|flickor|"
    r"i\s+(?:huset|familjen|lagenheten|gruppen|klassen|laget|bilen|rummet)|pojkar|bilder|lan\b|foton|barn\b|"
    r"ungar|man\s+(?:varje|per|om|fran)|min\b(?!\s+[a-z])|"
    r"min\s+(?:efter|sen\b|sent|senare|kvar|pa\b|till\b|bort|fran|innan)|minut|tim|h\b|dag|dygn|veck|v\b|"
    r"man\b(?=ad)|manad|mil\b|km|meter|m\b(?=\s*(?:bort|fran|lang|hog|upp|ner|ut\b|till\b|djup|[,.]|\Z))|"
    r"kvm|procent|gang|ggr|ganger|x\b|st\b|barn\b|person|tjejer|killar|man per|kunder|samtal|sms|"
    r"missade|personer|stycken|"
    r"ar\s+(?:sedan|sen|tillsammans|gift|ihop|i\b|har\s+jag|som|av\b|med\b|nu\b|innan|efter|tid|framat|aldre|"
    r"yngre|emellan|"
    r"gamla aktenskap|bott|levt|utan\b|har\b)|"
    r"ars\s+(?:tid|aktenskap|forhallande|relation|vald|helvete|stryk|misshandel|terror|kontroll|slag|tystnad|hot|"
    r"fangelse|erfarenhet)|tjanstear|kap\b|§|:e\b|:\d|\.\d\d|e\b(?! jag)|[-–/]\d|"
    r"\s?/(?!\s?(?:tjej|kille|kvinna|man|kv|k|m|f)\b))"
)
NOT_BEFORE = re.compile(
    r"(?:(?:klockan|kl)(?: e| ar)?(?: snart| strax| nastan| typ)?|\bavd\.?|\bavdelning|\bv\.?|\bvecka|\bgate|"
    r"\bspar|\bmote|\bflyg|\bparagraf|"
    r"\bunder|\bover|\bf|\bp|\blag|feber|termin|\bkl\.|\bden|\btill|\bnr|nummer|"
    r"\bak\.?|\barskurs|\bsida|\bbuss|\blinje|\bklass|\bkap|\bga|\brum|\bhus|vaning|"
    r"\d[-–:/.,]|\bi|\bsedan|\bsen|\bfor|\befter|\binom|\bom|\bvarje|\bvar|\bfler an|"
    r"\bmer an|\bminst|gifta?|tillsammans|ihop|"
    r"\bdrygt|\bnarmare|\bi (?:nastan|typ|ca)|\bsnart)\s*\Z"
)
DURATION_BEFORE = re.compile(
    r"(?:\bi|\bsedan|\bsen|\bfor|\bunder|\befter|\bom|\bdrygt|\bover|\bgift|\bgifta|\btillsammans|\bihop|"
    r"\bvarit|\binom|\bnastan|\bpa|\bhela|\bde)"
    r"(?:\s+(?:snart|over|nastan|typ|ca|cirka|minst|mer an|ungefar|kanske|drygt|mina|dom|de))?\s*\Z"
)
PAST = re.compile(
    r"(?:nar|da)\s+(?:jag|ja|hon|han|hen|vi|det|de)\s+(?:bara\s+)?(?:var|va|fyllde|blev)\s+(?:bara\s+|"
    r"typ\s+|runt\s+)?\Z|"
    r"(?:da|nar)\s+(?:var|va)\s+(?:jag|hon|han)\s*\Z|(?:innan|tills|nar|da|sen|sedan|efter)\s+(?:jag|hon|han|"
    r"hen)\s+(?:fyllt|fyllde|blev)\s*\Z|"
    r"\b(?:var|va|vid|mellan|fran|alder av|"
    r"redan som|(?<=\w )som)\s*(?:bara\s+|typ\s+)?\Z|"
    r"\b(?:var|va|hade)\s+(?:(?:jag|ja|hon|han|hen|ju)\s+)?(?:inte|ej)\s+(?:ens\s+)?(?:fyllt\s+|fyllda\s+)?\Z"
)
NOT_THAT = re.compile(r"\b(?:inte|ej)\s+\Z")
YET = re.compile(r"\s+(?:(?:ar|bast|fyllda)\s+)?an(?:nu)?\b")  # "inte 18 än"
DAY = re.compile(r"\bden\s+\Z")  # "den 17 är jag på rätten", not "den 17 år gamla flickan"
COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in FORMS)
