// Package kgstore is a backend of Cayley on Pebble, a log-structured merge tree, registered as "kg". Pebble keeps durability,
// compaction and recovery; ours is the mapping of quads to keys. One folder is one store; one process may write it.
//
// # Ids
//
// A value is a 64-bit id: 4 bits of class, 60 bits by class. Equal values have equal ids, and what fits is held in the id itself,
// without an entry in the dictionary.
//
//	class          id                                                       entry in the dictionary
//	1  IRI         a counter                                                yes
//	2  blank node  a counter                                                yes
//	3  short text  plain string of up to 8 ASCII characters, 7 bits each,   no
//	               then its length in 4 bits
//	4  text        a counter                                                yes
//	5  text@lang   a counter                                                yes
//	6  typed       a counter: literals of other datatypes                   yes
//	7  truth value 0 or 1: quad.Bool                                        no
//	8  number      44 bits of order, 16 bits of form: quad.Int, quad.Float  forms from 256 on
//	               and literals of XSD's numeric datatypes
//	9  civil time  44 bits of order, 16 of form: literals of xsd:gYear,     forms from 256 on
//	               gYearMonth, date, dateTime, in the order of their texts
//	10 instant     44 bits of seconds, 16 of form: quad.Time                forms from 256 on
//	11 spill       a counter: numbers and times beyond the range of order,  yes
//	               or whose 65,280 forms are used up
//
// The order of a number is the upper 44 bits of its float64, made to sort as an unsigned number: sign, exponent and 32 bits of
// mantissa. The form says which datatype and notation it has where that gives its text back exactly (integers below 2^33 in
// canonical notation, decimals of up to 8 places and 9 digits); all others have a form that the dictionary explains. So a range
// of numbers is a range of ids, plus the spill; what stands at its edges is compared exactly.
//
// Counters never go back, and entries of classes 8 to 10 stay when nothing refers to them any more: an id means one value for
// ever, so that caches of id → value need no invalidation. All other entries go with the last quad that names them.
//
// Ids are exact: quad.Int(5), "5"^^<xsd:integer> and "5"^^<http://www.w3.org/2001/XMLSchema#integer> are three nodes, although
// Cayley's own stores, which compare notations, take the first two as one. A look-up of one of these two finds the other where it
// alone is there. Times are instants to the nanosecond, kept in UTC.
//
// # Keys
//
// All in one Pebble store; numbers are big-endian, so that bytes sort as numbers do.
//
//	key                                   value                                                bytes before compression
//	s subject predicate object label      sequence number of the quad, as a varint             33 + 1 to 5
//	p predicate object subject label      empty                                                33
//	o object subject predicate label      empty                                                33
//	l label subject predicate object      empty                                                33
//	v id                                  the value                                            9 + its length
//	d kind text 0                         id, as a varint; texts of up to 40 bytes (IRIs and   3 + its length + 1 to 10
//	                                      blank nodes: 64)
//	d kind text[:40 or 64] 1 hash(8)      ids of all longer texts with this beginning and hash 51 or 75 + 1 to 10 each
//	c id                                  quads that have it as subject, predicate, object and 9 + 4 to 12
//	                                      label: four varints
//	h s|o node predicate                  quads of the node as subject or object that have the 18 + 1 to 4
//	                                      predicate; only for nodes with more than 32 such quads
//	m format                              "kg quads 1"
//	m state                               counters: sequence, nodes, quads, next id by class
//
// A quad without a label has label 0. Each of the eight sets of bound positions among subject, predicate and object is the
// beginning of s, p or o, and the next position comes out sorted, so that two such scans can be intersected by seeking. A node is
// in the store while it has a key c; the number of quads with one position bound stands there, with two in h or, up to 32 quads,
// is a scan of at most 32 keys.
//
// The sequence number tells in which order quads were added. It stands in one index only: in a second it took a tenth of the
// disk.
//
// The dictionary's keys sort by text (up to 40 or 64 bytes, beyond which candidates are compared): prefixes and ranges of texts
// are ranges of keys. A collision of hashes adds an id to the list; every candidate is compared with its whole value.
//
// # Writing
//
// ApplyDeltas reads what it must know, computes the net effect on quads, counts and dictionary, and writes it as one batch,
// synced to disk before it returns. Everything is checked before anything is written, and what a failed transaction had assigned
// is forgotten. Deletes and adds may be mixed in any order. Large transactions and what NewQuadWriter takes are sorted and
// written as SSTables, which Pebble takes in as one atomic step: 500,000 quads each for the latter. What begins with a fresh id
// lies behind all that is there of its class; it has tables of its own, which Pebble puts to the bottom at once, so that no
// compaction writes it again. A writer that began with an empty store knows what the dictionary does not have (keyset.go).
//
// After an error of the disk under one of Pebble's files the store takes no more writes until it is opened anew (health.go); reads
// go on, and Close comes back.
//
// # Reading
//
// Snapshot gives one state of the store, whatever is written meanwhile, to any number of readers. The store itself reads its
// newest state, anew for every iterator.
//
// OptimizeShape turns the shapes of Cayley's queries into iterators of this package: steps along bound predicates are seeks in
// one index; intersections leap-frog between sorted scans and otherwise look up; comparisons, prefixes and regular expressions
// with a fixed beginning read a range of ids or of the dictionary; counts of steps from known nodes come from the counts that are
// kept. Values are read only where a filter or the caller asks for them.
package kgstore
