"""Which language a message is in, when it is clearly not Swedish: by script, else by its small words."""

from __future__ import annotations

import re
import unicodedata

SWEDISH = "sv"
# Script in Unicode's character names -> language that most likely writes to a Swedish helpline in it.
_SCRIPTS = {
    "ARABIC": "ar", "CYRILLIC": "uk", "ETHIOPIC": "ti", "THAI": "th", "CJK": "zh", "GREEK": "el", "HANGUL": "ko",
    "DEVANAGARI": "hi", "BENGALI": "bn", "HEBREW": "he", "ARMENIAN": "hy", "GEORGIAN": "ka", "HIRAGANA": "ja",
}  # fmt: skip
_SMALL_WORDS = {
    "sv": "och jag det att inte är en på han hon min som för mig med har till vi om kan var vad ett den men "
    "av så eller från ska när hur "
    "i o e ja nej ni du mitt finns bor vill får nu här dom hej tack",
    "en": "the and is my me i am to he she you are not in of for with have what want please help can do has "
    "was they his her this it need husband wife boyfriend girlfriend father mother brother sister hits hit beat "
    "beats kill kills die dad mom police will u im marry myself hate life leave "
    "said says must wants hurt hurts scared afraid someone talk speak live who where when how we our",
    "es": "el la los mi me que de y en un una es por no con para yo estoy quiero ayuda tengo como se las "
    "necesito marido pega esposo",
    "fr": "le la les mon ma je que de et en un une est pour pas avec suis veux aide moi il elle qui dans",
    "de": "der die das ich und nicht ist mein meine mich ein eine zu mit für wir er sie hilfe bin habe kann "
    "angst mann schlägt",
    "pl": "jest nie mnie mi się na czy mąż jak i z do w mój moja proszę pomoc pomocy potrzebuję bije mam gdzie dla po",
    "so": "waan waxaan iyo ma aan ah ku ka in la igu uu waa wuu i caawimaad caawi baahanahay ninkayga ninkaygu "
    "garaacaa baqayaa baqayo",
    "tr": "ve bir bu ben beni benim bana için değil var yardım edin kocam dövüyor istiyorum ne nasıl çok",
    "fi": "minä on ja ei että mitä minun hän olen mieheni auta voi kun miten minua",
    "ro": "și eu nu este mă am ajutor soțul meu vreau să un o de la cu pentru",
    "sq": "dhe unë më ndihmë burri im nuk është të me për jam",
    "ku": "ez û min alîkarî mêrê ne di li ji bo",
}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_FEWEST = 3  # small words of the other language, so that "ok thanks" stays Swedish; or all of two: "help me"
_LETTERS = 5  # of two words, so that "se la" stays Swedish


def detect(text: str) -> str:
    """Return the ISO 639-1 code; Swedish unless the text is clearly in another language."""
    letters = [char for char in text if char.isalpha()]
    foreign = [char for char in letters if not unicodedata.name(char, "LATIN").startswith("LATIN")]
    if foreign and 2 * len(foreign) > len(letters):
        script = unicodedata.name(foreign[0]).split()[0]
        return _SCRIPTS.get(script, "und")
    words = set(re.findall(r"[^\W\d_]+", text.lower()))  # not "la la la"
    counts = {language: sum(word in known for word in words) for language, known in _WORDS.items()}
    best = max(counts, key=lambda language: (counts[language], language == SWEDISH))
    whole = counts[best] == len(words) == 2 and len(letters) >= _LETTERS
    clear = counts[best] > 2 * counts[SWEDISH] or (whole and counts[SWEDISH] < len(words))
    return best if clear and (whole or counts[best] >= _FEWEST) else SWEDISH
