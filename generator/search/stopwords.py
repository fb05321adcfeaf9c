"""Words that carry little or no meaning in a query or a text.

The lists are data: the index ships them to the browser, so both sides use the same ones.
All are compared in folded form (see ``analysis.fold``).
"""

from __future__ import annotations

from generator.search.analysis import fold


def _folded(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


STOP_WORDS = _folded(
    """
    ab aber alle allem allen aller allerdings alles als also am an andere anderem anderen anderer
    anderes anders auch auf aufs aus außer außerdem außerhalb bei beide beiden beider beides beim
    bereits bevor bin bis bisher bist bzw da dabei dadurch dafür dagegen daher dahin damit danach
    daneben dann daran darauf daraus darf darfst darin darüber darum darunter das dass dasselbe
    davon davor dazu dein deine deinem deinen deiner dem demnach den denen denn dennoch der deren
    derselbe des deshalb dessen desto deswegen dich die dies diese dieselbe diesem diesen dieser
    dieses dir doch dort du durch dürfen dürft durfte durften eben ebenfalls ebenso eher eigentlich
    ein eine einem einen einer eines einige einigem einigen einiger einiges einmal er erst es etc
    etwa etwas euch euer eure eurem euren eurer falls fast für gar gegen gegenüber genau genug
    gern gerne ggf gibt hab habe haben habt hat hatte hatten her hin hinter ich ihm ihn ihnen ihr
    ihre ihrem ihren ihrer ihres im immer in indem innerhalb ins insbesondere irgendwie ist ja je
    jede jedem jeden jeder jedes jedoch jene jenem jenen jener jenes jetzt kann kannst kaum kein
    keine keinem keinen keiner keines können könnt könnte könnten konnte konnten man manche manchem
    manchen mancher manches mehr mehrere mein meine meinem meinen meiner meines mich mir mit
    mittels möchte möchten mögen muss müssen müsste müssten musste mussten nach nachdem neben nein
    nicht nichts noch nun nur ob oben oder oft ohne per pro quasi schon sehr sei seid sein seine
    seinem seinen seiner seines seit selbst selber sich sie sind so sobald sodass sofern sogar
    solche solchem solchen solcher solches soll sollen sollte sollten somit sondern sonst sowie
    sowohl statt stets trotz trotzdem über um und uns unser unsere unserem unseren unserer unseres
    unter usw vgl viel viele vielem vielen vieler vieles vom von vor vorher wäre wären während war
    waren warst weder wegen weil weiter weitere weiterem weiteren weiterer weiteres weiterhin
    wenig wenige wenigen wenn werde werden werdet wird wirst wo wobei wodurch wohl worden wurde
    wurden würde würden z zb zu zudem zum zur zwar zwischen
    """
)
"""Left out of the index and of every query."""

QUESTION_WORDS = _folded(
    """
    wer wen wem wessen was wann warum weshalb wieso wozu wie wohin woher woran worauf woraus worin
    wofür womit wonach wovon wovor welche welchem welchen welcher welches wieviel wieviele
    jemand jemanden jemandem irgendwer irgendwo irgendjemand irgendwas wir ihr euch bitte hallo
    danke mal eigentlich überhaupt denn suche suchen sucht finde finden findet brauche brauchen
    braucht benötige benötigen benötigt gibts geht gehen ging lassen lässt ließ machen macht
    gemacht tun tut kriegen kriegt bekommen bekommt bekomme wollen will willst wollte wollten
    soll sollen sollte kennt kennen weiß wissen hilft helfen gut gute guten guter gutes besser
    besten beste funktioniert funktionieren
    """
)
"""Left out of queries only: the furniture of a question."""

WEAK_WORDS = _folded(
    """
    erfahrung erfahrungen lösung lösungen thema themen möglichkeit möglichkeiten möglich
    bewertung bewertungen bewertet bewerten evaluation evaluierung evaluiert evaluieren
    prüfung prüfungen geprüft prüfen getestet testen test tests erprobt erproben ausprobiert
    ausprobieren eingeführt einführen einführung eingesetzt einsetzen einsatz genutzt nutzen nutzt
    nutzung verwendet verwenden verwendung umgesetzt umsetzen umsetzung angeschafft anschaffen
    anschaffung gekauft kaufen beschafft beschaffen ergebnis ergebnisse projekt projekte
    empfehlung empfehlungen empfohlen empfehlen empfehlenswert lohnt lohnen taugt bringt bringen
    gebracht erstellen erstellt beste praxis beispiel beispiele information informationen infos
    hinweis hinweise kommune kommunen gemeinde gemeinden stadt städte kreis kreise andere
    einrichten eingerichtet verbessern verbessert einfach einfache schnell schneller software
    programm programme system systeme anbieter produkt produkte tool tools
    """
)
"""Count less in a query beside other words: here every record is a tested solution."""


def is_stop_word(surface: str, folded: str) -> bool:
    """Whether a written word means nothing; short capitals are abbreviations: UEM is not um."""
    return folded in STOP_WORDS and not (len(surface) <= 4 and surface.isupper())
