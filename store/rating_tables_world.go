package store

// continentalTables are the tables of the continent of Europe but for its north.
var continentalTables = []ratingTable{{
	country: "Germany", names: []string{"de", "ger", "deu", "germany", "deutschland", "fsk"},
	body: "Freiwillige Selbstkontrolle der Filmwirtschaft", source: "Jugendschutzgesetz, § 14 (2)",
	ages: []ratingsAt{
		at(0, "FSK 0", "o. Al.", "Ohne Altersbeschränkung", "Infoprogramm", "Lehrprogramm"), at(6, "FSK 6"), at(12, "FSK 12"),
		at(16, "FSK 16"), at(18, "FSK 18", "Keine Jugendfreigabe"),
	},
}, {
	country: "Austria", names: []string{"at", "aut", "austria", "österreich", "jmk"},
	body: "Jugendmedienkommission", source: "Kriterien der Positivprädikatisierung und Altersempfehlungen",
	ages: []ratingsAt{at(0, "0", "Uneingeschränkt"), at(6, "6"), at(8, "8"), at(10, "10"), at(12, "12"), at(14, "14"), at(16, "16"), at(18, "18")},
}, {
	country: "Switzerland", names: []string{"ch", "che", "switzerland", "schweiz", "suisse", "svizzera", "jif"},
	body: "Schweizerische Kommission Jugendschutz im Film", source: "Reglement der Kommission",
	ages: []ratingsAt{at(0, "0"), at(6, "6"), at(8, "8"), at(10, "10"), at(12, "12"), at(14, "14"), at(16, "16"), at(18, "18")},
}, {
	country: "France", names: []string{"fr", "fra", "france", "cnc", "csa", "arcom"},
	body: "Centre national du cinéma et de l’image animée (films), Arcom (TV)", source: "Code du cinéma et de l’image animée, R. 211-12; Signalétique jeunesse",
	ages: []ratingsAt{at(0, "U", "TP", "Tous publics"), at(10, "10"), at(12, "12"), at(16, "16"), at(18, "18", "X")},
}, {
	country: "Netherlands", names: []string{"nl", "nld", "netherlands", "the netherlands", "nederland", "kijkwijzer", "nicam"},
	body: "Nederlands Instituut voor de Classificatie van Audiovisuele Media", source: "Kijkwijzer",
	ages: []ratingsAt{at(0, "AL", "Alle leeftijden"), at(6, "6"), at(9, "9"), at(12, "12"), at(14, "14"), at(16, "16"), at(18, "18")},
}, {
	country: "Belgium", names: []string{"be", "bel", "belgium", "belgië", "belgique"},
	body: "the Communities, by Kijkwijzer", source: "Samenwerkingsakkoord of 2019; before that films were KT (for children) or KNT (from 16)",
	ages: []ratingsAt{at(0, "AL", "KT", "EA", "KT/EA"), at(6, "6"), at(9, "9"), at(12, "12"), at(14, "14"), at(16, "16", "KNT", "ENA", "KNT/ENA"), at(18, "18")},
}, {
	country: "Spain", names: []string{"es", "esp", "spain", "españa", "icaa"},
	body: "Instituto de la Cinematografía y de las Artes Audiovisuales", source: "Resolución de 16 de febrero de 2010",
	ages: []ratingsAt{
		at(0, "APTA", "A", "TP", "A/i", "Apta para todos los públicos", "Todos los públicos"),
		at(7, "7", "7/i"), at(12, "12", "12/i"), at(16, "16"), at(18, "18", "X"),
	},
}, {
	country: "Portugal", names: []string{"pt", "prt", "portugal", "igac"},
	body: "Inspeção-Geral das Atividades Culturais", source: "Decreto-Lei n.º 23/2014",
	ages: []ratingsAt{
		at(0, "T", "Para todos os públicos"), at(3, "M/3"), at(4, "M/4"), at(6, "M/6"), at(12, "M/12"), at(14, "M/14"), at(16, "M/16"), at(18, "M/18", "P"),
	},
}, {
	country: "Italy", names: []string{"it", "ita", "italy", "italia"},
	body: "Direzione generale Cinema e audiovisivo", source: "Decreto legislativo 203/2017; VM14 is that of 1962",
	ages: []ratingsAt{at(0, "T", "Per tutti", "Film per tutti"), at(6, "6+"), at(14, "14+", "VM14"), at(18, "18+", "VM18")},
}, {
	country: "Poland", names: []string{"pl", "pol", "poland", "polska"},
	body: "Krajowa Rada Radiofonii i Telewizji", source: "Rozporządzenie of 23 June 2005",
	ages: []ratingsAt{at(0, "BO", "Bez ograniczeń"), at(7, "7"), at(12, "12"), at(16, "16"), at(18, "18")},
}, {
	country: "Russia", names: []string{"ru", "rus", "russia", "россия"},
	body: "Ministry of Culture", source: "Federal Law 436-FZ, article 6",
	ages: []ratingsAt{at(0, "0+"), at(6, "6+"), at(12, "12+"), at(16, "16+"), at(18, "18+")},
}}

// northernTables are the tables of the Nordic countries.
var northernTables = []ratingTable{{
	country: "Sweden", names: []string{"se", "swe", "sweden", "sverige"},
	body: "Mediemyndigheten", source: "Lag (2010:1882) om åldersgränser för film",
	ages: []ratingsAt{at(0, "Btl", "Barntillåten"), at(7, "7"), at(11, "11"), at(15, "15", "Barnförbjuden")},
}, {
	country: "Norway", names: []string{"no", "nor", "norway", "norge", "medietilsynet"},
	body: "Medietilsynet", source: "Lov om beskyttelse av mindreårige mot skadelige bildeprogram, § 5",
	ages: []ratingsAt{at(0, "A", "Tillatt for alle"), at(6, "6"), at(9, "9"), at(12, "12"), at(15, "15"), at(18, "18")},
}, {
	country: "Denmark", names: []string{"dk", "dnk", "denmark", "danmark"},
	body: "Medierådet for Børn og Unge", source: "Filmloven, § 21",
	ages: []ratingsAt{at(0, "A", "Tilladt for alle"), at(7, "7"), at(11, "11"), at(15, "15")},
}, {
	country: "Finland", names: []string{"fi", "fin", "finland", "suomi", "kavi"},
	body: "Kansallinen audiovisuaalinen instituutti", source: "Kuvaohjelmalaki 710/2011, § 16",
	ages: []ratingsAt{at(0, "S", "Sallittu"), at(7, "K-7", "7"), at(12, "K-12", "12"), at(16, "K-16", "16"), at(18, "K-18", "18")},
}}

// otherTables are the tables of the rest of the world.
var otherTables = []ratingTable{{
	country: "Brazil", names: []string{"br", "bra", "brazil", "brasil", "classind", "dejus"},
	body: "Ministério da Justiça e Segurança Pública", source: "Classificação Indicativa; an A before the rating is the distributor’s own",
	ages: []ratingsAt{
		at(0, "L", "AL", "Livre"), at(6, "6", "A6"), at(10, "10", "A10"), at(12, "12", "A12"),
		at(14, "14", "A14"), at(16, "16", "A16"), at(18, "18", "A18"),
	},
}, {
	country: "Argentina", names: []string{"ar", "arg", "argentina", "incaa"},
	body: "Instituto Nacional de Cine y Artes Audiovisuales", source: "Ley 23.052; Decreto 828/84",
	ages: []ratingsAt{at(0, "ATP", "Apta para todo público"), at(13, "13", "SAM13"), at(16, "16", "SAM16"), at(18, "18", "SAM18", "C")},
}, {
	country: "Mexico", names: []string{"mx", "mex", "mexico", "méxico", "rtc"},
	body: "Dirección General de Radio, Televisión y Cinematografía", source: "Criterios de clasificación de material cinematográfico",
	ages: []ratingsAt{at(0, "AA", "A"), at(12, "B"), at(15, "B15"), at(18, "C", "D")},
}, {
	country: "Japan", names: []string{"jp", "jpn", "japan", "日本", "eirin"},
	body: "Film Classification and Rating Organization (Eirin)", source: "Film Classification and Rating Regulations",
	ages: []ratingsAt{at(0, "G"), at(12, "PG12"), at(15, "R15+"), at(18, "R18+")},
}, {
	country: "South Korea", names: []string{"kr", "kor", "korea", "south korea", "republic of korea", "한국", "kmrb"},
	body: "Korea Media Rating Board", source: "Promotion of the Motion Pictures and Video Products Act, article 29",
	ages: []ratingsAt{
		at(0, "All", "전체관람가"), at(12, "12", "12세이상관람가"), at(15, "15", "15세이상관람가"), at(18, "18", "청소년관람불가"), at(19, "19", "R", "제한상영가"),
	},
}}
