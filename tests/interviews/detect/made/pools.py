"""Names to make talk of: real first names and surnames of many origins, places, houses and firms.

Written by hand for the tests from general knowledge, apart from `interviews/detect/data`; a good part is in no list
there, so that what stands around a name is tested too. No combination is meant to be somebody.
"""

from __future__ import annotations


def _lines(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for line in text.strip().splitlines() for part in line.split(",") if part.strip())


FIRST = _lines(
    """
    Gülşen, Nurcan, Şengül, Fadime, Döndü, Satılmış, Ümmügülsüm, Yücel, Tuğba, Erhan, Mevlüt, Hacer, Perihan, Sabiha
    Fatna, Ghizlane, Touria, Abdeslam, Mimount, Tamimount, Lahcen, Khadouj, Hafida, Zoubida, Brahim, Houssine, Yamna
    Soerjpal, Radjinder, Sandhia, Rishma, Soeshma, Gilliano, Humphrey, Winston, Muriël, Roebi, Sheilawatie, Djoemati
    Jurensly, Shurandy, Rigoberto, Mireya, Sharlon, Ruthmila, Nilda, Urny, Rowendy, Chamaira, Gidion, Quincy, Zulaika
    Zbigniew, Grażyna, Katarzyna, Mariusz, Wioletta, Bożena, Leszek, Agnieszka, Dariusz, Kinga, Ireneusz, Jadwiga
    Ghassan, Nour, Bassel, Rima, Ayham, Mouna, Wafaa, Yazan, Mohannad, Rouba, Zakaria, Ruqaya, Abdulrahman, Shahd
    Tsehaye, Mebrahtu, Kidane, Luwam, Semhar, Filmon, Bereket, Awet, Mihret, Tesfalem, Ghirmay, Weini, Saba, Yosief
    Oleksandr, Oksana, Bohdan, Lyudmyla, Serhiy, Iryna, Svitlana, Taras, Volodymyr, Halyna, Zoya, Myroslava
    Sietske, Wytze, Fokke, Jeltje, Foekje, Hylke, Gryt, Sjoerdtje, Eeuwe, Jikke, Oebele, Baukje, Romkje, Tsjikke, Ymkje
    Hendrika, Gerritje, Aleida, Jannigje, Pieternella, Teunis, Machiel, Neeltje, Lijsbeth, Klazina, Barend, Marrigje
    Bep, Toos, Sjaan, Nel, Cor, Ria, Truus, Sjef, Ans, Mien, Jos, Leo, Kees, Arie, Greet, Dinie, Fré, Jopie, Henny, Wout
    Robin, Jip, Noor, Puck, Fenna, Quinn, Juul, Senna, Loïs, Jaylinn, Xavi, Kaylee, Fayenne, Djayden, Chayenne, Dewi
    Jermaine, Dwayne, Shanaya, Melissa, Kimberley, Priscilla, Angelique, Wesley, Ricardo, Danny, Brenda, Miranda, Sjors
    Thanh, Minh, Xiaoling, Hiroko, Babajide, Chidinma, Kwabena, Akosua, Mamadou, Fatoumata, Hodan, Abshir, Ifrah
    Farshid, Mahnaz, Shirin, Zarghuna, Najibullah, Parwana, Berivan, Rojda, Azad, Hêvî, Ninos, Atour, Shamiran
    Goran, Snežana, Dragana, Zlatko, Mirsad, Emina, Liviu, Ionela, Plamen, Tsvetanka, Zsuzsa, Gergő, Edvinas, Ilze
    Maikel, Jeroen, Hanneke, Femke, Gijsbert, Wilco, Jolanda, Marleen, Ingeborg, Diederik, Thijmen, Floris, Annemiek
    """
)
"""First names; some are in the finder's lists, some are not."""

WORD_FIRST = _lines("Roos, Wil, Mei, Storm, Bas, Daan, Sterre, Joy, Guus, Mark, Merel, Iris, Linde, Fleur, Rob, Max, Jet, "
                    "Faith, Grace, Floor, Rein, Jasmijn, Bo, Ben, Bram, Hoop, Lente, Engel, Ties, Madelief, Raaf, Blessing")  # fmt: skip
"""First names that are words too."""

MADE_FIRST = _lines("Zovanka, Tjeldo, Mirdita, Quessily, Orvanio, Fjolla, Drisya, Levantho, Nachelyne, Jozimar, Yevka, "
                    "Rhodelin, Bastiën, Oumnaya, Guvenç, Tiramisa, Wendelmar, Xhoana, Keshontay, Ebbemina")  # fmt: skip
"""First names that hardly anybody has."""

LAST = _lines(
    """
    van der Sluijs, de Graaff, ten Brinke, van 't Hof, op den Buijs, in 't Veld, van de Kerkhof, ter Braak, van den Bosch
    de Bruijn, te Riele, van Vliet, el Khatabi, aan de Stegge, van het Reve, van Overeem, de Rooy, van der Klooster
    van den Eijnden, de Haas, van Zuijlen, ter Steege, van Ingen, van Wijngaarden, den Hartog, de la Fuente, el Yaakoubi
    Hoekstra, Wierenga, Schuurman, Kuijt, Zijlmans, Ramcharan, Baldewsingh, Sewnarain, Wongsodikromo, Martis, Winklaar
    Kowalczyk, Wojciechowska, Gebremariam, Woldeyesus, Kovalenko, Shevchuk, Alhaddad, Alkhouri, Yıldırım, Karataş
    Bouzambou, Amezian, Nguyen, Mendes Semedo, Rezaei, Jelsma, Dijkhuizen, Brouwers, Oosterbaan, Vrieling, Scholtens
    Kamphuis, Boerrigter, Wesselink, Mulderij, Schipperijn, Cuijpers, Verhulst, Jacobse, Poelman, Bakker, Smit, Visser
    Vos, Mol, Bos, Koning, Timmerman, Jansen-Bakker, Pieterse, Aboukhassib, Ould-Omar, Tjon Affo, Koeiman, Isenia, Sluiter
    Zwarthoed, Kooijman, Lageveen, Roffelsen, Hutten, Bloemers, Steenhuis, Zandbergen, Terwindt, Hazenberg, Nijmeijer
    Özkaraca, Demirbağ, Szczepańska, Haile, Okonkwo, Boateng, Diallo, Hashimi, Barzani, Petrović, Dumitru, Costa Lima
    """
)
"""Surnames with their tussenvoegsels in lower case."""

PLACE = _lines(
    """
    Nieuw-Weerdinge, Klazienaveen, Lutjebroek, Sint Annaparochie, 's-Heerenberg, Nieuw-Vennep, Oude Pekela, Kollumerzwaag
    Zevenhuizen, Alphen aan den Rijn, Capelle aan den IJssel, Rijsbergen, Ter Apel, Wijk bij Duurstede, Hoek van Holland
    Den Ham, Sint-Oedenrode, IJsselmuiden, Bergen op Zoom, Heerhugowaard, Almelo, Doetinchem, Winschoten, Dokkum, Terneuzen
    Zaltbommel, Veghel, Oss, Ede, Epe, Leek, Haren, Vught, Heeze, Someren, Geldrop, Stein, Beek, Echt, Nuth, Vaals, Urk
    Stompetoren, Ursem, Spierdijk, Wognum, Medemblik, Schagen, Oudkarspel, Bovenkarspel, Grootebroek, Sappemeer, Zuidbroek
    Musselkanaal, Borger, Gieten, Zweeloo, Dalen, Coevorden, Hardenberg, Ommen, Dedemsvaart, Nijverdal, Haaksbergen
    Borculo, Lichtenvoorde, Groenlo, Varsseveld, Zeddam, Didam, Duiven, Huissen, Elst, Druten, Wijchen, Cuijk, Gennep
    Boxmeer, Horst, Venray, Panningen, Roggel, Weert, Budel, Valkenswaard, Bladel, Reusel, Hilvarenbeek, Oisterwijk
    Kaatsheuvel, Waalwijk, Raamsdonksveer, Etten-Leur, Zundert, Steenbergen, Tholen, Yerseke, Hulst, Sluis, Oostburg
    Middelharnis, Brielle, Hellevoetsluis, Spijkenisse, Maassluis, Vlaardingen, Schiedam, Waddinxveen, Boskoop, Gouda
    """
)
"""Towns and villages in the Netherlands."""

ABROAD = _lines("Asmara, Keren, Homs, Deir ez-Zor, Oujda, Trabzon, Kırşehir, Paramaribo, Nickerie, Willemstad, Łódź, Bydgoszcz, "
                "Charkiv, Odesa, Marioepol, Kabul, Mazar-e-Sharif, Mogadishu, Hargeisa, Berkane, Nador, Al Hoceima, Kayseri, "
                "Yozgat, Banjul, Kumasi, Freetown, Sarajevo, Tirana, Erbil, Sulaymaniyah, Qamishli, Idlib, Daraa, Mendefera, "
                "Massawa, Kinshasa, Tangier, Casablanca, Gaziantep, Konya")  # fmt: skip
"""Places abroad where people were born."""

MADE_PLACE = _lines("Gorsmeer, Wolfaartsgeest, Nieuw-Rietwolde, Terhazel, Oosterklief, Lammerzijl, Heemsloot, Zandvoirt, Dreumerbeek, "
                    "Kwelderburen, Hogersmilde, Tolberveen, Brugwijchem, Noordsteegen, Sint Wiebrandt, Ravelshorst, Ouwerschild, "
                    "Bettelhoven, Den Klinkert, Grijpsterland")  # fmt: skip
"""Places that do not exist, as in the example interviews."""

DISTRICT = _lines("Schilderswijk, Transvaalbuurt, Bijlmer, Zeeheldenbuurt, Vogelwijk, Bloemenbuurt, Componistenbuurt, Rivierenwijk, "
                  "Kolenkitbuurt, Afrikaanderwijk, Bomenbuurt, Staatsliedenbuurt, Indische Buurt, Gildewijk, Hazenkamp, "
                  "Spoorzone, Noorderpolder, Westerhaven, Molenhoek, Oosterpoort, Spechtenveld, Kruiskamp, Heilust, "
                  "Ringersbuurt, Klaverhof, Tuindorp, Muggenhol, Vissershoek")  # fmt: skip
"""Districts that take "de" or "het"."""

QUARTER = _lines(
    "Holtenbroek, Malburgen, Kanaleneiland, Overvecht, Slotervaart, Osdorp, Presikhaaf, Hoograven, Crooswijk, "
    "Kerschoten, Vinkhuizen, Charlois, Stokhasselt, Woensel, Bickhorst, Zonderwijk"
)
"""Districts that take no article."""

COMPASS = ("Zuid", "Noord", "Oost", "West")

STREET = _lines(
    """
    Dr. Schaepmanstraat, Burgemeester Van Tuyllstraat, Prins Hendrikkade, Laan van de Mensenrechten, Oude Gracht
    Lange Nieuwstraat, Achter de Hoven, Turfmarkt, Zuiderdiep, Kievitsbloem, Wilgenroos, Boomgaard, Kerkbrink
    Pastoor Bolsiusstraat, Graaf Adolfhof, Julianaplein, Singel, De Hoge Dries, Tulpenstraat, Vondelkade, Noordereinde
    Rembrandtdreef, Jan Ligthartlaan, Het Zand, Meidoornpad, Veestraat, Sluiskolk, Haspel, Karveel, Wolderwijd
    Goudplevier, Schoener, Binnenhof, Leliegracht, Mozartsingel, Beatrixweg, Dorpsweg, Zandpad, Klaproosveld, Esdoornerf
    Prinses Irenelaan, Anne Frankplantsoen, Zaanmarkt, Oosterkade, Lijsterbesweide, Sparrendonk, Heuvelstraat
    """
)
VENUE = _lines("De Wissel, 't Trefpunt, De Oase, Het Kompas, De Brug, De Vuurvogel, De Linde, 't Haantje, De Nieuwe Akker, De Regenboog, "
               "Het Klavertje, De Kolk, De Meent, De Pijler, De Zonnewijzer, Het Baken, De Leilinde, De Tweesprong")  # fmt: skip
FIRM = _lines("Hoogendijk Transport, Van Rijswijk Metaal, Bloemisterij Tuinzicht, Slagerij Groothuis, Brinkman Catering, Thuiszorg Elan, "
              "Zorggroep Maasduin, Kwekerij De Lage Hoek, Garage Potze, Dekker Logistiek, Schoonmaakbedrijf Glansrijk, "
              "Wasserij Sneeuwwit, Stichting Buurtkracht, Uitzendbureau Handje, Installatiebedrijf Verweij, Huize Avondrood, "
              "Restaurant Bosporus, Kapsalon Yasmina, Rederij Noordzee, Jachtwerf Friso, Kringloop Rondom, Bouwbedrijf Elshof")  # fmt: skip
CARE = _lines("GGZ De Hoefslag, Zorgcentrum De Vijverhof, Verpleeghuis Sint Jozef, Stichting Nieuw Perspectief, Kliniek Wellerode, "
              "Thuiszorgorganisatie Lentekracht, Woonzorgcentrum Berkenstede, Ziekenhuis Sint Elisabeth, Verzorgingshuis Zonnehof")  # fmt: skip
SCHOOL = _lines("basisschool De Kameleon, het Wessel Gansfortcollege, basisschool Het Talent, het Da Vinci Lyceum, het Hondsrugcollege, "
                "basisschool De Vlindertuin, praktijkschool De Boog, het Erasmianum College, het Farel College, "
                "basisschool El Habib, het Merletcollege, het Vechtdal College")  # fmt: skip
PRACTICE = _lines("huisartsenpraktijk De Grutto, tandartspraktijk Molenzicht, gezondheidscentrum Levenslijn, "
                  "fysiotherapiepraktijk Beter Bewegen, apotheek De Vijzel, huisartsenpraktijk Velthuis")  # fmt: skip
CHURCH = _lines("moskee Al Fath, de Eben-Haëzerkerk, de Sint-Jacobuskerk, moskee Ulu Camii, de Lichtbronkerk, de Pniëlkerk, "
                "moskee El Islam, de Sint-Bavokerk")  # fmt: skip

NEW_FIRST = _lines(
    """
    Jawad, Soumaya, Abdelkrim, Latifa, Ilyas, Hakima, Mustafa, Selma, Kadir, Zübeyde, İbrahim, Nermin, Songül, Tarkan
    Ricky, Lucinda, Marlon, Sherida, Nuriel, Vishal, Anil, Kamla, Ramdew, Sherwin, Melvina, Aldrick, Gilberto, Xiomara
    Wojtek, Beata, Ewelina, Sławomir, Danuta, Yulia, Dmytro, Kateryna, Yaroslav, Amal, Rasha, Bilal, Hanan, Lina, Yousef
    Abeba, Selamawit, Daniel, Helen, Mehari, Tirhas, Robel, Asmerom, Tjitske, Auke, Sjoukje, Harmen, Wieger, Froukje
    Anneke, Wilma, Dirk, Gerda, Hannie, Bertus, Coby, Trees, Loes, Door, Harrie, Tiny, Sien, Lies, Gijs, Sanne, Bart, Lisa
    Sem, Mees, Finn, Liv, Saar, Evi, Jayden, Dylan, Kelvin, Naomi, Chantal, Patricia, Ronald, Marcel, Yvonne, Wendy
    Tuan, Mei-Ling, Kofi, Ama, Ousmane, Aminata, Sahra, Yasin, Nasrin, Reza, Hamid, Zahra, Dilan, Baran, Sargon, Ashur
    Elżbieta, Vasile, Mihaela, Radka, Jovana, Petar, Aurelija, Anna-Maria, Jan-Willem, Pieter-Jan, Marie-José, Lieke
    Brechtje, Wiebrand, Tjaltsje, Geeske, Ruurdtje, Haije, Swaantje, Hilligje, Gerbrich, Popke, Sipkje, Grietinus
    Zinzi, Orfeo, Ysolde, Thirza, Ravindranath, Maheshwarie, Suzel, Nirmala, Ghebremeskel, Zerihun, Kibrom, Letebrhan
    Oumaima, Nawfel, Fadoua, Chaimaa, Yassir, Rkia, Itto, Mbarka, Hayriye, Gökçe, Alperen, Çağla, Buğra, Ülkü, Nazmiye
    """
)
"""First names for the held-out half only."""

NEW_LAST = _lines(
    """
    van Beusekom, de Ridder, van der Heijden, ter Haar, van 't Hek, van der Linden, de Groot, van Leeuwen, in den Bosch
    van den Broek, de Wilde, ten Have, van Oosten, van der Laan, van Es, de Leeuw, op 't Hoog, van de Water, el Bouazzati
    Willemsen, Hendriks, Peeters, Kuipers, Dekker, Postma, Dijkstra, Veenstra, Huisman, Prins, Blom, Schouten, Molenaar
    Ramdhani, Sital, Mahabier, Pinas, Kensmil, Felida, Maduro, Rojer, Nowak, Lewandowska, Wiśniewski, Bondarenko, Melnyk
    Al Masri, Darwish, Haddad, Tekle, Habtemariam, Yohannes, Yılmaz, Çelik, Aydın, Kılıç, Benali, Bouchta, El Idrissi
    Akkerhuis, Spoelstra, Wassenberg, Krijnen, Tolboom, Heuvelmans, Ruigrok, Koppelaar, Vreugdenhil, Lankhorst, Nagtegaal
    Osei, Mensah, Jalloh, Karimi, Ahmadzai, Ionescu, Marković, Ferreira, van Dijk-Mulder, Ouwehand, Zoutendijk, Bruggink
    """
)
"""Surnames for the held-out half only."""

NEW_PLACE = _lines("Nieuwegein, Zutphen, Oldenzaal, Hoogezand, Surhuisterveen, Buitenpost, Gorredijk, Bolsward, Makkum, Wieringerwerf, Hippolytushoef, "
                   "Oudewater, Culemborg, Leerdam, Werkendam, Rucphen, Goirle, Deurne, Asten, Helden, Landgraaf, Kerkrade, Brunssum, Simpelveld, "
                   "Tubbergen, Rijssen, Raalte, Dalfsen, Genemuiden, Zwartsluis, Steenwijk, Havelte, Roden, Bedum, Uithuizen, Delfzijl, Appingedam")  # fmt: skip
NEW_MADE_PLACE = _lines(
    "Wierumerdiep, Hollandscheveld-Oost, Brakkenzand, Luttermolen, Sint Ludger, Oud-Hazerveld, Vaalterbroek, Kruiswaal, "
    "Elzegouw, Terwoldersluis, Drieborgen, Nijlandswolde, Poppenheem, Grevenkamp"
)
NEW_DISTRICT = _lines("Oranjewijk, Muziekbuurt, Rietlanden, Wielewaal, Heechterp, Dichterswijk, Paddepoel, Edelstenenbuurt, Stationsbuurt, Planetenwijk, "
                      "Boerhaavebuurt, Korrewegwijk, Zuidlanden, Witte Dorp, Havenkwartier")  # fmt: skip
NEW_STREET = _lines("Hertogstraat, Weverslaan, Oranje Nassaukade, Molenpad, Pieter de Hooghstraat, Stationsweg, Kapelweg, Kromme Elleboog, Wethouder Jansenlaan, "
                    "Snelliusplein, Ringdijk, Kerkstraat, Lindenhof, Rozengracht, Van Goghdreef, Sint Janssingel, Waterlelie, Buitenhof, Eerste Wormenseweg")  # fmt: skip
NEW_VENUE = _lines(
    "De Ontmoeting, Het Anker, De Schalm, 't Zonnetje, De Vaart, De Hoeksteen, Het Veerhuis, De Kern, De Lantaarn, De Zwaan"
)
NEW_FIRM = _lines("Veldkamp Groenten, Bakkerij Simons, Stichting Samenloop, Van Dongen Logistiek, Schildersbedrijf Kooistra, Kaasboerderij Weideblik, "
                  "Taxibedrijf Otte, Drukkerij Zuidema, Zorggroep Rijnveste, Kinderopvang Dikkertje Dap, Uitzendbureau Flexwerkt, Hotel Zeezicht")  # fmt: skip
