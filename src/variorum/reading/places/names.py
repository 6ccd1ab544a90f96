"""The one spelling under which a place name is looked up.

Reports and gazetteers write the same name in many ways: "St. Louis" and "Saint Louis",
"Côte d'Ivoire" and "Cote d'Ivoire", "Deir ez-Zor" and "Deir Ez Zor", "the U.S." and "US".
`name_key` folds them; the gazetteer is built with it and searched with it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_DROPPED: Final = re.compile("['’‘ʼʻʿʾ`´.]")
_BREAKS: Final = re.compile(r"[^0-9a-z]+")
_UNFOLDED: Final = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ı": "i",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ə": "e",
        "ħ": "h",
        "&": " and ",
    }
)
# Words written both in full and short.
_LONG_FORMS: Final = {"saint": "st", "sainte": "ste", "mt": "mount", "ft": "fort"}


def name_key(name: str) -> str:
    """Fold a name to lower-case ASCII words parted by single spaces; "" if nothing is left.

    Marks, points and apostrophes go, hyphens part words, a leading "the" is dropped and
    "Saint", "Mt" and "Ft" take one form.
    """
    if name.isascii():
        folded = name.lower()
    else:
        lowered = name.casefold().translate(_UNFOLDED)
        folded = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    words = _BREAKS.sub(" ", _DROPPED.sub("", folded.replace("&", " and "))).split()
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(_LONG_FORMS.get(word, word) for word in words)
