"""Words of a note that tell no skill themselves, and what they say about the word that does. Normalised."""


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split(","))


_UNTIL_TEN = "ett två tre fyra fem sex sju åtta nio tio"
NUMBERS = {word: place for place, word in enumerate(_UNTIL_TEN.split(), start=1)}
NUMBERS |= {"femton": 15, "tjugo": 20, "trettio": 30, "några": 2, "flera": 3, "många": 5}
NUMBERS |= {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}

WISHES = _phrases("""
    vill, ville, skulle vilja, önskar, önskan, önskemål, söker, sökt, drömmer, dröm, drömjobb, drömyrke,
    helst, bli, intresserad, intresse, intressen, mål, målet, framtid, framtiden, siktar, kan tänka, vore
    kul, vore roligt, hoppas, gärna jobba, studerar till, läser till, pluggar till, utbildar mig, want,
    wants, wish, wishes, looking for, dreams, хочу, أريد, می خواهم, rabaa
""")
"""After these comes what somebody would like to work as or with, not what they have done."""
DONE = _phrases("""
    jobbat, arbetat, varit, var, jobbade, arbetade, erfarenhet, erfarenheter, vana, tidigare, förut, drivit,
    drev, hade, haft, anställd, extrajobb, extrajobbat, sommarjobb, sommarjobbat, praktiserat, praktiserade,
    vikariat, vikarierat, hemlandet, worked, was, experience, years
""")
NEGATIONS = _phrases("""
    inte, ej, inget, ingen, inga, aldrig, varken, saknar, saknas, icke, utan, förutom, slippa, slipper,
    undviker, undvika, not, no, never, don t, cannot, can t
""")
LITTLE = _phrases("lite, litet, grund, grunder, grunderna, nybörjare, basic, little, some")
WELL = _phrases("""
    bra, duktig, van, vana, säker, stenhård, grym, expert, proffs, skicklig, flytande, mycket, jätteduktig,
    jättebra, lång, mångårig, good, fluent
""")
PARTICLES = _phrases("på, med, av, om, till, upp, under, in, ut, sig, an, efter, igenom, över, bort, fram")
"""A verb that one of these ends is another verb: "baka på", "räkna med", "sälja sig"."""
_LEADS = """
    jag hon han hen de dem du vi man deltagaren kunden personen sökande att är var vara varit blir blev bli
    har hade haft ha kan kunde kunna ska skall skulle vill ville vilja få fick vet gör göra gjort gjorde
    gjorda brukar brukade börjat börjar började tycker tyckte om gillar gillade älskar älskade trivs trivdes
    jobbat jobba jobbar jobbade jobb jobbet jobben arbetat arbetar arbeta arbetade arbete arbetet arbeten
    arbetslivserfarenhet yrkeserfarenhet yrke yrken hållit håller hålla på med pysslat sysslat sysslar
    erfarenhet erfarenheter erfaren erf kunskap kunskaper kunnig duktig bra van vana vid säker stenhård grym
    expert proffs skicklig utbildad utbildning utb utbildat utbildade läst läser studerat studerar pluggat
    pluggar gått går kurs kurser examen legitimerad leg certifierad certifikat diplomerad behörig anställd
    anställning praktik praktiserat praktiserade praktikplats vikariat vikarie vikarierat extrajobb
    extrajobbat extra sommarjobb sommarjobbat sommar deltid heltid timmar timanställd tidigare förut nu idag
    just sedan sen länge lång mångårig flera många några års år månader bland annat bl a typ ungefär ca
    cirka mest mestadels ofta ibland alltid också även dessutom gärna helst främst lite litet mycket väldigt
    ganska rätt jätte riktigt hyfsat hyfsad ok okej bara drömmer drömde dröm drömjobb drömyrke önskar önskan
    söker sökt intresserad intresse intressen mål målet framtid framtiden siktar tänka sig mig hoppas vore
    kul roligt nyfiken prova pröva testa testat provat hjälpt hjälper hjälpte till skött sköter ansvarat
    ansvarar ansvarade ansvar ansvarig drivit drev driver en ett den det dem där min mitt mina sin sitt sina
    hans hennes deras som i inom hos åt av för från under över och o samt eller m fl mm mfl etc osv t ex
    exempelvis själv hela livet hel hemlandet hemma hemmet hemifrån utomlands sverige familjen familj
    släkten släkting släktingar vänner grannar grannen grannarna kompis kompisar farbror morbror pappa mamma
    bror syster morfar farfar mormor farmor företag företaget firma firman fabrik fabriken skola skolan
    kommunen kommun privat privata the a an i am was worked work working as at in for of with and or my have
    has had can could know knows how to years year yrs experience some little good very also well like want
    wants wish looking job jobs personer person folk pers antal olika allt alla saker sådant sånt mer mera
    flest förmiddag förmiddagar eftermiddag eftermiddagar kväll kvällar morgon morgnar vardag vardagar helg
    helger dagtid
"""
SAY_NOTHING = frozenset(_LEADS.split())
"""Words around what is told. A label that has them is found all the same, as a whole."""
_PLACES = """
    restaurang restaurangen skola skolan sjukhus sjukhuset kontor kontoret hotell hotellet lager lagret
    fabrik fabriken verkstad verkstaden butik butiken affär affären kök köket gård gården bygge bygget firma
    företag förskola dagis äldreboende boende hemtjänst hemtjänsten sommaren sommar natt nätter helger
    kvällar univ universitetet universitet uni högskola gymnasiet vikariat kommunen stort stor stora liten
    små mindre större norra södra centralt
"""
PLACES = frozenset(_PLACES.split())
"""Where or when something was done; left over, they take nothing from what was."""
