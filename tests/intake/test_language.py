from __future__ import annotations

import pytest

from variorum.intake.language import check_language, other_language
from variorum.model import InputError

FOREIGN = {
    "ar": "قُتل اثنا عشر شخصا في انفجار قنبلة في سوق المدينة القديمة يوم الجمعة، وفقا للشرطة المحلية.",
    "de": "Bei einem Anschlag auf einen Markt sind zwölf Menschen getötet worden, sagte die Polizei.",
    "es": "Doce personas murieron cuando una bomba explotó en el mercado, según informó la policía.",
    "fr": "Douze personnes ont été tuées par l'explosion d'une bombe au marché, selon la police.",
    "hi": "पुलिस ने बताया कि पुराने शहर के बाज़ार में बम विस्फोट से बारह लोगों की मौत हो गई।",
    "id": "Dua belas orang tewas ketika sebuah bom meledak di pasar kota tua, kata polisi setempat.",
    "it": "Dodici persone sono rimaste uccise nell'esplosione di una bomba al mercato della città vecchia.",
    "nl": "Bij een bomaanslag op een markt in de stad zijn vrijdag twaalf mensen gedood, zegt de politie.",
    "pt": "Doze pessoas morreram quando uma bomba explodiu no mercado da cidade velha, informou a polícia.",
    "ru": "Двенадцать человек погибли при взрыве бомбы на рынке в старом городе, сообщила полиция.",
    "tr": "Polisin açıklamasına göre eski şehirdeki pazarda patlayan bomba on iki kişinin ölümüne yol açtı.",
    "ur": "پولیس کے مطابق پرانے شہر کے بازار میں بم دھماکے سے بارہ افراد ہلاک ہو گئے۔",
    "zh": "警方称，星期五老城市场发生炸弹爆炸，造成十二人死亡。",
}

ENGLISH = [
    "Blast kills 12.",
    "Twelve dead",
    "Quetta: Sarfraz Bugti, Shahid Rind, Mastung, Kalat, Khuzdar, Turbat, Gwadar",
    "Al-Shabaab claims El Adde raid",
    "Jaish al-Adl fighters attack Zahedan and Khash, Sistan-Baluchestan",
    "Maulana Fazal-ur-Rehman, Asadullah Bhutto, Liaqat Baloch and Hafiz Naeem-ur-Rehman condemned it.",
    "President Emmanuel Macron, Jean-Yves Le Drian et Gérald Darmanin visited Bourg-en-Bresse and Nîmes.",
    "“Allahu akbar,” shouted the men before they opened fire.",
    "Zelenskyy: 3 killed, 7 hurt in Kharkiv",
    "He said “لا حول ولا قوة إلا بالله” and left the room before the police came to the house.",
]


@pytest.mark.parametrize("code", FOREIGN)
def test_other_languages_are_refused_by_name(code):
    assert other_language(FOREIGN[code]) is not None
    with pytest.raises(InputError) as raised:
        check_language(FOREIGN[code], None, "x")
    assert raised.value.code == "unsupported-language"


def test_the_error_names_the_language():
    with pytest.raises(InputError, match="this is German"):
        check_language(FOREIGN["de"], None, "x")


@pytest.mark.parametrize("text", ENGLISH)
def test_short_texts_and_texts_full_of_names_are_read(text):
    assert other_language(text) is None


@pytest.mark.parametrize("declared", ["en", "EN-GB", "en_US", "eng", "English", None])
def test_english_by_declaration(declared):
    check_language("The police said so.", declared, "x")


def test_declared_english_is_checked_all_the_same():
    with pytest.raises(InputError):
        check_language(FOREIGN["es"], "en", "x")


def test_declared_other_language_is_believed():
    with pytest.raises(InputError, match="given as French"):
        check_language("The police said so.", "fr", "x")
