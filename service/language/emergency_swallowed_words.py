"""What animals swallow, lick and are bitten by, in words: poisons, medicines, objects, venomous creatures; and the verbs of it.

All are patterns over folded text, for the readers of emergencies.
"""

from service.language.phrases import either

# Who swallows, licks or bites what.
SWALLOWED = either(
    r"com(?:eu|eram|endo)",
    r"engol\w+",
    r"inger\w+",
    r"ingestao de",
    r"tomou",
    r"tomaram",
    r"bebeu",
    r"beberam",
    r"devor\w+",
    r"consum(?:iu|indo)",
    r"papou",
)
EATS = either(
    SWALLOWED, r"lamb(?:eu|endo|eram)", r"mastig\w+", r"mord(?:eu|endo)", r"abocanh\w+", r"mex(?:eu|er) (?:no|na|com|num|numa)",
    r"prov(?:ou|ando)", r"belisc(?:ou|ando)", r"experiment(?:ou|ando)", r"traca(?:ndo)", r"tracou", r"deton(?:ou|ando)",
    r"caiu de boca (?:em|n[oa]|num|numa)",
    r"(?:met|enfi|bot|colo[ck]|pass|p)(?:eu|ou|os) (?:[oa]s? )?(?:boca|focinho|dente|dentes|lingua|cara|nariz) (?:em|n[oa]s?|num|numa"
    r"|dentro)",
    r"deu (?:uma |umas )?(?:lambidas?|mordidas?|lambidinhas?|bocadas?|beliscadas?) (?:em|n[oa]s?|num|numa)",
    r"pegou", r"acabou com", r"destruiu", r"rasgou", r"abriu", r"roeu", r"cheir(?:ou|aram|ando)", r"roubou",
    r"(?:entrou|teve) (?:em )?contato com", r"inal(?:ou|aram|ando)",
)  # fmt: skip
# By their brands: of baits, sprays, washes, people's pills.
BRANDED = either(
    r"racumi[nm]\w*", r"klerat", r"bara[ck][iy]", r"ratol", r"rodilon", r"ri[- ]do[- ]rato", r"ratak", r"rat[- ]?kill", r"brodifacoum",
    r"bromadiolon[ae]",
    r"warfarina", r"estricnina", r"aldicarbe?", r"temik", r"mirex", r"k[- ]?othrine?", r"baygon", r"raid", r"sbp", r"mafu", r"detefon",
    r"neocid",
    r"butox", r"triatox", r"amitraz", r"diazinon", r"organofosforado", r"glifosato", r"round[- ]?up",
    r"mata[- ]?(?:barata|mosca|mato|formiga|cupim|mosquito"
    r"|lesma|caracol)s?", r"cupinicida", r"lesmicida", r"metaldeido", r"herbicida", r"pesticida", r"defensivo", r"diabo verde",
    r"ajax", r"lysoform",
    r"vanish", r"q[- ]?boa", r"neosaldina", r"novalgina", r"torsilax", r"buscopan", r"zolpidem", r"alprazolam", r"ritalina",
    r"venvanse", r"naproxeno",
    r"resfenol", r"benegrip", r"doril", r"melhoral", r"cimegripe", r"viagra", r"sibutramina", r"voltaren", r"tandrilax",
)  # fmt: skip
POISONS = either(
    BRANDED,
    r"venen\w+", r"chumbinhos?", r"raticidas?", r"mata[- ]?rat\w*", r"formicidas?", r"inseticidas?", r"agrotoxicos?", r"chocolates?",
    r"bombo[mn]s?", r"bis", r"brigadeiros?", r"trufas?", r"nutella", r"sonho de valsa", r"ouro branco", r"kit ?kat", r"chocotone",
    r"panetone", r"ovos? de pascoa", r"cacau", r"uvas?", r"uva[- ]passas?", r"passas", r"cebolas?", r"alho", r"xilitol",
    r"chicletes?", r"macadamias?",
    r"abacate", r"bebida alcoolica", r"cerveja", r"alcool", r"(?<!antes do )(?<!depois do )(?<!apos o )cafe(?! d[ae] (?:manha|tarde))",
    r"maconha", r"paracetamol",
    r"tylenol", r"ibuprofeno", r"advil",
    r"dorflex", r"dipirona", r"diclofenaco", r"aspirina", r"rivotril", r"clonazepam", r"anticoncepciona\w+", r"antidepressiv\w+",
    (
        r"(?:meus?|minhas?|um|os|uns|uma|cartela\w* de|caixa\w* de|remedio\w* d[aeo]\w*)? ?remedios?(?! (?:de"
        r"|pra|para|contra) (?:pulga|verme|carrapato)\w*)"
    ),
    r"comprimidos?", r"capsulas?", r"cartela\w*", r"pomada", r"agua sanitaria", r"candida", r"qboa", r"cloro", r"desinfetante\w*",
    r"detergente", r"sabonete", r"shampoo", r"amaciante", r"sabao", r"soda(?: caustica)?", r"creolina",
    r"produtos? (?:de|da|do|pra|para|que) (?:limp|lav|desentup|tir|mat|pisc)\w*", r"pinho sol", r"naftalina",
    r"anticongelante", r"gasolina", r"querosene", r"thinner", r"tinta", r"cola", r"comigo[- ]ninguem[- ]pode", r"espirradeira",
    r"lirios?", r"antur\w+", r"copo[- ]de[- ]leite", r"azaleia\w*", r"mamona", r"plantas?", r"cogumelos?", r"sapos?", r"pilhas?",
    r"baterias?", r"aguarras", r"removedor", r"acetona", r"alvejante", r"adubo", r"fertilizante", r"repelente", r"iscas?", r"cigarros?",
    r"vape", r"nicotina", r"insulina", r"baiacu", r"permetrina", r"carrapaticida", r"antipulgas?", r"costela de adao", r"jiboia",
    r"espada de sao jorge", r"coroa de cristo", r"minoxidil", r"alcool em gel", r"esmalte", r"tintura", r"perfume", r"creme d\w+",
    r"protetor solar", r"bico de papagaio", r"hortensia", r"mandioca brava", r"massa (?:crua|de pao)",
    r"fermento", r"nimesulida", r"cataflam", r"losartana", r"puran", r"fluoxetina", r"sertralina", r"drogas?", r"radiador", r"aditivo",
    r"fluido\w*", r"oleo (?:de|do) (?:motor|carro)", r"diesel", r"fumaca", r"gas", r"bolinhas? (?:azu|rosa|verde|vermelha)\w*",
    r"carambola", r"bolas? de naftalina",
)  # fmt: skip
# Harm only who swallows them.
OBJECTS = either(
    r"agulhas?", r"anz(?:ol|ois)", r"linha", r"prego\w*", r"caco\w* de vidro", r"vidro", r"moedas?", r"parafuso\w*", r"pedra\w*",
    r"brinquedo\w*", r"bol(?:a|inha)s?", r"meias?", r"sacola\w*", r"plastico\w*", r"caroco\w*", r"espiga\w*", r"borracha", r"tecido",
    r"pano", r"cordas?", r"fio(?: dental)?", r"barbante", r"elasticos?", r"tamp\w+", r"rolha", r"bota(?:o|oes)", r"brincos?", r"anel",
    r"calcinha", r"absorvente", r"algodao", r"esponja", r"imas?", r"pecas?", r"lego", r"palitos?", r"espinh\w+", r"chupeta", r"isopor",
    r"luva", r"fraldas?", r"grampos?", r"clipes?", r"bolas? de gude", r"couro", r"ossos?(?: de (?:frango|galinha))",
)  # fmt: skip
# Of these it is enough that they come first ("achou um chocolate e comeu").
TOXIC = either(
    BRANDED,
    r"venen\w+", r"chumbinhos?", r"raticidas?", r"mata[- ]?rat\w*", r"formicidas?", r"inseticidas?", r"iscas?", r"chocolates?",
    r"bombo[mn]s?",
    r"uvas?", r"cebolas?", r"macadamias?", r"xilitol", r"agua sanitaria", r"candida", r"qboa", r"cloro", r"desinfetante\w*", r"creolina",
    r"naftalina", r"anticongelante", r"radiador", r"gasolina", r"querosene", r"thinner", r"soda caustica", r"agrotoxico", r"lirios?",
    r"comigo[- ]ninguem[- ]pode", r"antur\w+", r"azaleia\w*", r"espirradeira", r"copo[- ]de[- ]leite", r"mamona", r"plantas?",
    r"cogumelos?", r"sapos?", r"pilhas?", r"baterias?", r"maconha", r"cigarros?", r"nicotina", r"cartelas?", r"comprimidos?",
    r"remedios?",
    r"tylenol", r"paracetamol", r"ibuprofeno", r"dorflex", r"rivotril", r"aspirina", r"anzol", r"agulhas?",
)  # fmt: skip
# Open or spilled beside a pet, these need no witness.
SPILLED = either(r"venenos?", r"chumbinho", r"raticida", r"naftalina", r"soda caustica", r"creolina", r"inseticida", r"agrotoxico")
# Of these, that they were within reach.
LEFT_ABOUT = either("venenos?", "chumbinho", "raticida", "chocolates?", "cartela")
# Medicines as vets give them, too: harmless where they were given as such.
MEDICINE = either(
    r"remed(?:io|inho)s?", r"comprimid(?:o|inho)s?", r"capsulas?", r"pomadas?", r"antipulgas?", r"carrapaticida", r"insulina",
    r"dipirona",
    r"antibioticos?", r"medicac(?:ao|oes)", r"anti[- ]?inflamatorio", r"antialergico", r"colirio", r"repelente",
)  # fmt: skip
# Dangers that pets are called after.
CALLED_SO = either(
    r"cebol\w+", r"chocolate", r"cacau", r"uvas?", r"uvinha", r"passas?", r"cafe", r"lirio", r"veneno", r"chumbinho",
    r"choque(?! (?:anafil|eletric|alergic))", r"trovao",
    r"bala", r"alho", r"abacate", r"cerveja", r"tinta", r"sapo", r"cobra", r"aranha", r"pedra", r"pedrita", r"moeda", r"botao", r"meia",
    r"bolinha", r"fumaca", r"bombom", r"chiclete", r"socorro", r"mamona", r"carambola", r"hortensia", r"azaleia", r"jiboia", r"faisca",
    r"agulha", r"espinho", r"acido", r"gasolina", r"diesel", r"cigarro", r"pipoca", r"cola", r"linha", r"rolha", r"brinquinho", r"lego",
    r"abelha", r"vespa", r"lagarta", r"escorpiao", r"jararaca", r"coral",
)  # fmt: skip
# Left behind by a pet that helped itself.
GNAWED = either(
    r"mordid[oa]s?", r"roid[oa]s?", r"comid[oa]s?", r"mastigad[oa]s?", r"rasgad[oa]s?", r"faltando", r"sumi(?:u|ram)", r"vazi[oa]s?",
    r"(?:pela|na) metade", r"espalhad[oa]s?", r"destruid[oa]s?",
)  # fmt: skip
# For people; given to an animal it is a poisoning.
HUMAN_MEDICINE = either(
    r"paracetamol", r"tylenol", r"ibuprofeno", r"advil", r"aspirina", r"aas", r"diclofenaco", r"cataflam", r"nimesulida", r"dorflex",
    r"rivotril",
)  # fmt: skip
AGAINST_FLEAS = either(
    r"anti[- ]?pulgas?", r"(?:remedio|pipeta|coleira|talco|produto|veneno)s? (?:de|pra|para|contra|anti) ?(?:pulga|carrapato)\w*",
    r"mata[- ]?(?:pulga|carrapato)s?", r"carrapaticida", r"permetrina", r"butox", r"pipeta",
)  # fmt: skip
VENOMOUS = either(
    r"cobras?", r"serpentes?", r"jararacas?", r"cascave(?:l|is)", r"coral", r"surucucu", r"escorpi\w+", r"aranhas?", r"armadeira",
    r"caranguejeira", r"viuva negra", r"mandruva", r"abelhas?", r"enxame", r"marimbondos?", r"vespas?", r"lagartas?", r"taturanas?",
    r"lacraias?", r"sapos?", r"morcegos?",
)  # fmt: skip
