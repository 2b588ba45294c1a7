"""The words for animals, their breeds, sizes and coats, folded, as patterns that begin with a word. `pets` is their reader."""

from typing import Final

from service.language.words import Coat, Size, Species

SPECIES: Final[dict[Species, tuple[str, ...]]] = {
    "dog": ("bull?dog", "cachorr", r"cao\b", r"caes\b", "cadel", r"dogs?\b", "doguinh", "filhote de c", "catior", r"au ?au\b"),
    "cat": (r"gat[oa]s?\b", "gatinh", r"gat(?:ona|ao)\b", "felin", "bichan"),
    "bird": (
        r"passaros?\b", "passarinh", "calopsita", "papagai", "periquito", r"aves?\b(?! maria)", "canario",
        r"araras?\b", "cacatua", "agaporn", "ring ?neck",
        r"curio\b", "galinh", r"galos?\b", "maritaca", "mandarim",
    ),
    "rabbit": ("coelh",),
    "rodent": ("hamster", "ramster", "porquinh[oa]s? da india", "chinchila", r"rat[oa]s?\b", "ratinh", "camundong", "gerbil", "topolino"),
    "reptile": (
        "tartarug", r"jabutis?\b", "iguana", "lagart", "cagado", r"(?:uma|minha|nossa) cobra\b", "gecko", "jiboia",
        "corn snake", "camaleao",
    ),
    "fish": ("peix", r"bettas?\b", "kinguio", r"carpas?\b"),
    "other": (
        r"furao\b", r"furoes\b", "ferret", r"maca(?:co|ca)s?\b", r"saguis?\b", "mini ?p(?:ig|orc)", r"porc[oa]s?\b", "cabr[ai]", "ovelh",
        r"cavalos?\b", r"ourico\b",
    ),
}  # fmt: skip
BREEDS: Final[dict[Species, tuple[str, ...]]] = {
    "dog": (
        "Golden Retriever", "Labrador", "Poodle", "Shih Tzu", "Yorkshire", "Lhasa Apso", "Spitz Alemão", "Pinscher", "Maltês", "Pug",
        "Bulldog Francês", "Bulldog Inglês", "Border Collie", "Pastor Alemão", "Rottweiler", "Beagle", "Dachshund", "Husky", "Pitbull",
        "Chihuahua", "Cocker", "Schnauzer", "Boxer", "Akita", "Vira-lata", "SRD", "Chow Chow", "Dálmata", "Basset", "Bichon Frisé",
    ),
    "cat": ("Siamês", "Persa", "Maine Coon", "Angorá", "Ragdoll", "Sphynx", "Bengal"),
}  # fmt: skip
# What is said of a mongrel says nothing of its species: there are such cats.
MONGRELS: Final = frozenset({"Vira-lata", "SRD"})
# Other ways to write a breed; the names themselves are found without them.
CALLED: Final = {
    "golden": "Golden Retriever", "shitzu": "Shih Tzu", "shihtzu": "Shih Tzu", "shitsu": "Shih Tzu", "shih-tzu": "Shih Tzu",
    "lhasa": "Lhasa Apso",
    "york": "Yorkshire", "yorkie": "Yorkshire", "spitz": "Spitz Alemão",
    "lulu da pomerania": "Spitz Alemão", "salsicha": "Dachshund",
    "linguicinha": "Dachshund", "pit bull": "Pitbull", "vira lata": "Vira-lata", "viralata": "Vira-lata", "rot": "Rottweiler",
    "lab": "Labrador",
    "pincher": "Pinscher", "pudou": "Poodle", "pudle": "Poodle", "malteis": "Maltês", "frenchie": "Bulldog Francês",
    "siamesa": "Siamês", "maltesa": "Maltês",
}  # fmt: skip
# Names of breeds that are made of words which also mean something else, and the breed that each is.
IN_FULL: Final = {
    "sem raca definida": "SRD", "yorkshire terrier": "Yorkshire", "labrador retriever": "Labrador", "husky siberiano": "Husky",
    "cocker spaniel": "Cocker",
}  # fmt: skip
SIZES: Final[dict[Size, tuple[str, ...]]] = {
    "mini": (r"mini\b",),
    "small": ("pequen",),
    "medium": (r"(?:porte )?medi[oa]\b(?! de pelo)",),
    "large": ("grande", "grandao"),
    "giant": ("gigant",),
}
COATS: Final[dict[Coat, tuple[str, ...]]] = {
    "short": ("pelos? curt", "pelo liso"),
    "medium": ("pelos? medi",),
    "long": ("pelud", "pelos? (?:bem |muito )?(?:long|compri|grand)"),
}
# How the coat is answered where it was asked for.
COATS_ALONE: Final[dict[Coat, tuple[str, ...]]] = {
    "short": (r"curt[oa]\b", "curtinh", "pelo baixo", "raspad"),
    "medium": (r"medi[oa]\b",),
    "long": (r"long[oa]\b", "comprid"),
}
