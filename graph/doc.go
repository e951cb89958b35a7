// Package graph keeps claims as quads in Cayley and gives them back: load, find, query, export. It is the only importer of Cayley
// (besides the served UI).
//
// # Names
//
// The store holds compact IRIs, so that queries read g.V("<kg:Russia>"). kg: expands to the store's base IRI and kgo: to that with
// "ontology/" behind it; rdf, rdfs, xsd, owl, prov, schema, sem, time, nif, itsrdf, skos, dcterms, wd and wdt expand as everywhere. A
// full IRI below one of these is made compact wherever it comes in, in records, quads and queries, so that a thing has one node. Exports
// expand. Literals are plain strings, strings with a language, or strings with the full IRI of their datatype; Cayley's native
// numbers, truth values and times are not used, since it writes them with wrong datatypes and loses digits and zones.
//
// # Layout
//
// All that one article says stands in one named graph: the fourth position of each of these quads is the article. Deleting an
// article deletes its graph and nothing else. Things that several articles name have the same quads in several graphs.
//
// Article, kg:article/…
//
//	rdf:type              schema:NewsArticle
//	schema:headline       "…"                  where known, as the next four
//	schema:url            "…"^^xsd:anyURI
//	schema:datePublished  "…"^^xsd:dateTime    with its zone
//	schema:publisher      "…"
//	schema:inLanguage     "en"
//	nif:isString          "…"                  its whole text; absent where it is not kept
//	kgo:contentHash       "…"                  what Add compares; in a transaction with all other quads of the article
//
// Passage of the article's text, kg:article/…/char=57,68 (RFC 5147: begin and end as nif: counts), each at most one of the first
//
//	itsrdf:taIdentRef     kg:Russia            the entity that these words mean: a name, or a pronoun or description read as one
//	kgo:skipped           "boilerplate"        why this was not read
//	kgo:dropped           "pronoun without antecedent"     why what was read here made no claim
//
// Sentence with at least one claim, kg:sentence/…
//
//	rdf:type              nif:Sentence
//	nif:beginIndex        "0"^^xsd:nonNegativeInteger      characters (Unicode code points) of the article's text
//	nif:endIndex          "68"^^xsd:nonNegativeInteger     the first character behind it
//	nif:anchorOf          "…"                              its text
//	schema:isPartOf       the article
//
// Entity, kg:NAME
//
//	rdf:type              kgo:State, …         the most specific first
//	rdfs:label            "Russia"             as this article names it
//	schema:alternateName  "Moscow", …
//	owl:sameAs            wd:Q159, …
//
// Name that judgements say means another entity, kg:Lavrov_(Person)
//
//	rdf:type              kgo:Name
//	kgo:nameOf            kg:Sergei_Lavrov     the entity, which has the types and names of its names too (schema:alternateName)
//	kgo:nameType          kgo:Person, …        as rdf:type of an entity
//	rdfs:label, schema:alternateName, owl:sameAs   as of an entity
//
// Where an article names the entity itself too, what it says of that name stands there a second time: kgo:nameOf itself, kgo:nameType,
// kgo:nameAlias, kgo:nameSameAs.
//
// Relation that claims of the article use, kgo:NAME or kgo:open/LEMMA
//
//	rdf:type              rdf:Property
//	rdfs:label            "mediates"
//	rdfs:subPropertyOf    kgo:relatedTo        where it has a parent: an open relation
//	rdf:type              owl:SymmetricProperty            where it makes no difference who is subject and who is object
//	kgo:plover            "CONSULT"            PLOVER type of the event that its claims tell of, where they tell of one
//	kgo:cameo             "040"                its CAMEO code
//	kgo:goldstein         "1"^^xsd:decimal     the code's score, from -10 (conflict) to 10 (cooperation)
//
// Claim, kg:claim/…
//
//	rdf:type              kgo:Claim
//	rdf:subject           kg:Russia
//	rdf:predicate         kgo:mediates
//	rdf:object            kg:Astana_talks      or a literal
//	kgo:objectType        kgo:Quantity         of a literal that is an amount, kgo:Claim of one that is a clause
//	kgo:cue               "mediate"            what the relation is said with, where it has such a word; see Relations below
//	kgo:cueClass          "noun"               where the cue is a noun
//	kgo:declined          kgo:hosts, …         relations of the cue that the sentence speaks against
//	kgo:plover            "REJECT"             PLOVER type of the event that the predicate's word tells of in this sentence, where it
//	kgo:cameo             "1233"               tells of one, its CAMEO code and the code's Goldstein score: "refused to …" has those of
//	kgo:goldstein         "-5"^^xsd:decimal    refusing what is refused, which its relation does not know
//	kgo:polarity          "+" or "-"
//	kgo:modality          "asserted", "former", "planned", "requested", "possible", "conditional", "hypothetical"
//	kgo:status            "asserted" where the claim is a plain edge too, else "denied", the modality, or "reported"; "rejected"
//	                      where a person judged that it was read wrongly, see Judgements below
//	prov:wasAttributedTo  who says so          unless the article itself
//	kgo:eventTime         "2017-07"^^xsd:gYearMonth        see Times below
//	kgo:timeChars         "57,68"              begin and end of the words that it was read from
//	kgo:place             kg:Astana
//	kgo:confidence        "0.9"^^xsd:decimal   the shortest decimal that gives the same float64
//	kgo:rule              "svo"
//	prov:wasQuotedFrom    the sentence
//	nif:beginIndex        as for the sentence, the characters that carry the claim
//	nif:endIndex
//	kgo:subjectChars      "0,6"                begin and end of the subject's words, as nif: counts; absent where no words stand for it
//	kgo:predicateChars    "7,15"
//	kgo:objectChars       "16,32"
//	kgo:argument          kg:claim/…/arg1, …   further arguments in their order
//
// Relations: a cue is a lemma with its preposition ("call on", "support for"). The predicate of a claim that has one follows from
// the cue, the types of subject and object as the article names them, kgo:declined and the schema's relations: it is the first
// relation of the cue, in the schema's order, whose domain and range suit and which is not declined, else kgo:open/CUE. So the
// claims of a store follow a changed relations.tsv without the articles being read again (Store.Revise); kgo:cue and the claim's IRI
// stay. kgo:contentHash of kg:derived/relations, in the graph of that name, is a version of the relations that the claims follow.
//
// Times: a year, a month, a day and a moment have the datatype that is their grain (xsd:gYear, xsd:gYearMonth, xsd:date,
// xsd:dateTime). Any other has kgo:timex3 and is written as TIMEX3 has it: "2017-W26" a week, "2017-Q3" a quarter, "2017-H1" a half,
// "2017-SU" a summer, "199" the 1990s, "18" the 19th century, "2017-07-04TNI" a night, "2017-08-W5" the fifth week of August (weeks
// belong to the month of their Thursday). "2011/2015" is what lies between the two, "2011/.." from 2011 on, "../2015" up to
// then. Grain names the unit.
//
// Argument, the claim's IRI with /arg1, /arg2 … behind it
//
//	kgo:role              "oblique"
//	kgo:case              "on"                 where there is a preposition
//	kgo:entity            kg:Astana            where it is an entity
//	kgo:text              "4 July 2017"
//	kgo:chars             "57,68"
//
// Names: rdf:subject, rdf:object, prov:wasAttributedTo, kgo:place, kgo:entity, itsrdf:taIdentRef and plain edges lead to entities.
// Where the article has another name for one, it stands beside as kgo:namedSubject, kgo:namedObject, kgo:namedSource, kgo:namedPlace,
// kgo:namedEntity, kgo:namedMention. So the quads of an article are a function of its Record, which has names only, and the judgements.
//
// Plain edge, one for all equal claims of an article with the status "asserted"
//
//	kg:Russia kgo:mediates kg:Astana_talks
//
// A claim of two names of one entity has no plain edge.
//
// Several articles that say the same give the same plain edge several times, one in each graph, so end a path with Unique() where
// that matters.
//
// From a plain edge to the claims behind it, to their sentence and characters and to the article:
//
//	g.V("<kg:Russia>").In("<rdf:subject>")
//	 .Has("<rdf:predicate>", "<kgo:mediates>")
//	 .Has("<rdf:object>", "<kg:Astana_talks>")
//	 .Has("<kgo:status>", "asserted")
//	 .Tag("claim")
//	 .Save("<nif:beginIndex>", "begin").Save("<nif:endIndex>", "end")
//	 .Save("<kgo:predicateChars>", "predicate")
//	 .Out("<prov:wasQuotedFrom>").Save("<nif:anchorOf>", "text")
//	 .Out("<schema:isPartOf>").Save("<schema:headline>", "headline")
//	 .All()
//
// From an entity to the characters that mean it, and to their article:
//
//	g.V("<kg:Russia>").In("<itsrdf:taIdentRef>").Tag("passage").Labels().Unique().All()
//
// # Judgements
//
// Which names mean one entity, and which claims are wrong, is said by judgements, those of people in the graph kg:judgements/people and
// those of rules in kg:judgements/rules (identity.go closes them over their chains; people win over rules, the surer rule over the less
// sure):
//
//	kg:judgement/…
//	rdf:type              kgo:Judgement
//	kgo:kind              "merge", "distinct", "rename", "candidate"; of a claim "accept", "reject"; of events "sameEvent", "otherEvent"
//	kgo:from              kg:Lavrov_(Person)   of the last four a claim, kg:claim/…
//	kgo:into              kg:Sergei_Lavrov     absent of a claim; of events another claim
//	kgo:newLabel          "Sergey Lavrov"      of a rename; the entity has it as its rdfs:label in this graph
//	kgo:by                "Anna"               or
//	kgo:rule              "last name"
//	prov:generatedAtTime  "…"^^xsd:dateTime    of people's
//	kgo:score             "0.93"^^xsd:decimal  of rules'
//	kgo:evidence          "…"
//
// A claim is judged by people only, and the last judgement stands. A rejected claim keeps all its quads but for two things: it has no
// plain edge, and its kgo:status is "rejected" (what it was before follows from polarity, modality and speaker). Rules derive nothing
// from it. An accepted claim has the same quads as one that nobody judged. Since the IRI of a claim is a hash of what it says and
// where, these judgements are kept through a rebuild; one on a claim that is not there any more does nothing. From a rejected claim to
// who rejected it:
//
//	g.V().Has("<kgo:status>", "rejected").Tag("claim").In("<kgo:from>").Save("<kgo:by>", "who").All()
//
// Events are derived, and their IRIs change as articles come. So people judge of two claims whether they tell of one event, and the
// judgement stands as long as both claims do, also through a rebuild; where one is gone, it does nothing.
//
// kg:judgements/rules kgo:contentHash says by which version of the rules they were made; it goes when an article changes. While
// kg:judgements/pending is not empty, articles that it names are yet to be written anew.
//
// # Derived graphs
//
// What no article says alone, rules derive from all of them (internal/settle; Facts is what they read, Settle writes). It stands in
// named graphs of its own, is a function of the articles and judgements, and is made anew after each build; while articles are
// newer, kg:derived/settled is empty. Only what differs is written.
//
// kg:derived/reuse: words that articles took from each other
//
//	sentence  kgo:passage          kg:passage/…   one for all sentences that are the same, perhaps edited, in several articles
//	article   kgo:nearDuplicateOf  article        both ways
//
// kg:derived/corroboration: of claims of the same subject, relation, object, polarity and modality, whoever speaks, in several articles; a
// claim without is one article's
//
//	claim  kgo:articles             "3"^^xsd:nonNegativeInteger
//	claim  kgo:independentArticles  "2"^^xsd:nonNegativeInteger   articles that share the passage, near-duplicates and those of one outlet
//	                                                              count once
//
// kg:derived/contradictions
//
//	claim  kgo:contradicts  claim     both ways
//	claim  kgo:changedTo    claim     opposites of two times: what held has turned, from the earlier to the later
//	kg:contradiction/…
//	rdf:type                kgo:Contradiction
//	kgo:claim               the two claims
//	kgo:reason              "polarity" or "quantity"
//
// kg:derived/events: happenings, each from claims of any number of articles. There is one for what a noun names where something is said
// of its place, time or participants, and for what a verb of meeting, fighting, arresting, buying … tells of somebody with a name and
// of a second one, a place, a time or a number. What is said or held ("supports", "owns") is none.
//
//	kg:event/DAY/NAME
//	rdf:type                kgo:Event, kgo:Meeting
//	rdfs:label              "Egypt attacks Libya, 2019-03-04"
//	kgo:eventType           "ASSAULT"                 PLOVER's type, or the relation where PLOVER has none ("acquires")
//	sem:hasActor            kg:Egypt, kg:Libya        all who take part; kgo:agent and kgo:patient of them by their part
//	sem:hasPlace            kg:…
//	sem:hasTime             "2019-03-04"^^xsd:date    when it happened, see Times; absent where no claim says so
//	kgo:reported            "2019-03-05"^^xsd:date    day of the first article about it; kgo:lastReported that of the last
//	kgo:quantity            "killing 15 soldiers"     as each article has it
//	kgo:subEventOf          kg:Astana_talks           the series that it is a dated instance of
//	kgo:articles, kgo:independentArticles             as for claims
//	claim   kgo:ofEvent     the event that it tells of
//	entity  kgo:ofEvent     the event that its description ("the attack") stands for
//
// # Cayley
//
// Its key-value store runs on bbolt, in one file, or on a copy-on-write B-tree in memory (memory.go), with the indexes subject+predicate,
// object+predicate+subject and graph. What it gets wrong, this package keeps away from it: everything is checked before it is
// written; quads that are there already, or are not there, are neither written nor deleted, since reference counts would go
// wrong; deleting and adding are two transactions; after an error of a write the writer is made anew, since its caches
// hold nodes that were never stored. The backend kg (graph/kgstore), a folder, needs none of that: one transaction deletes and
// adds. backend.go has what the backends have in common. Reads run on a snapshot (kv.go) that ends with the context; queries keep
// within limits of time, rows and memory (query.go, gizmo.go, sandbox.go).
package graph
