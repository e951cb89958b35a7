// Package web serves a store over HTTP: pages, an interface for programs, MCP, Cayley's web UI and Cayley's REST API. It reads and,
// only where Options say so, writes a graph.Store; nothing it serves refers to another host.
//
//	GET  /                              start page
//	GET  /search?q=&from=&to=&outlet=&sort=   names, sentences and headlines; the words are those of index.ParseQuery
//	GET  /complete?q=                   JSON: what the search box offers, at most 10 entries
//	GET  /changes?since=                what articles since a day tell that earlier ones do not
//	GET  /review?show=names|events|statements|judged   what people may judge; POST /review/name, /review/judge, /review/undo do so, as the
//	                                    pages of events and statements do
//	GET  /article/ID /claim/ID /event/ID   an article, a statement, an event; /articles and /events list them
//	GET  /entity/NAME                   a person, state, organisation …: what is said of it; /entity?id=NAME where no path can
//	                                    carry the name
//	GET  /pair?a=&b=                    what is said between two of them, or ways over others
//	GET  /relations, /relation/NAME     what statements say of two
//	GET  /graph?of=&nodes=&min=&between=&own=  an entity with its neighbours, drawn; without of, the whole graph
//	GET  /graph/statements.json?source=&target=&of_side=   JSON: the latest statements of a line of the drawing
//	GET  /timeline?of=                  statements and events over time
//	GET  /matrix?actor=&of=&n=&by=      mean scores of who does what to whom, or of pairs by month
//	GET  /map?of=&place=                places of events
//	GET  /query?lang=&q=&limit=         a query with its answer; /query.csv, /query/complete.json?q=
//	GET  /static/NAME                   stylesheets and scripts; /static/LICENSES.txt for what scripts contain
//	GET  /ui/ /ui/{query,shape,visualize,write}?lang=&q=   Cayley's UI, with a query in its editor
//	GET  /gizmo.d.ts                    what the UI's editor completes
//	GET  /login, POST /login, /logout   sessions
//	GET  /health                        204 while the server lives and the store is open, else 503
//	GET  /ready                         200 once pages can be made, 503 while the first index is being made: {"ready", "current",
//	                                    "making", "made"}
//	GET  /metrics                       counts for Prometheus, see below
//
// Pages have a twin behind .json: the struct that the page shows. The addresses of things (/entity/NAME, /relation/NAME, /claim/ID,
// /article/ID, /event/ID, /sentence/ID; /entity/claim/ID and the like lead there) answer with what the graph says of them, as Turtle,
// JSON-LD or N-Triples, behind .ttl, .jsonld and .nt, and where Accept prefers one of these to HTML; a client that takes anything gets
// HTML.
// Pages with statements take the parameters of index.Filter, and sort, offset and limit; a wrong one is answered 400.
//
// # For programs
//
//	GET  /api/kg/v1/                    the page about what follows, made of its OpenAPI document
//	GET  /api/kg/v1/openapi.json .yaml  the document: OpenAPI 3.1
//	GET  /api/kg/v1/{entities,claims,articles,relations,events}[/ID]?…   lists, and one with what belongs to it; a slash in ID as %2F
//	GET  /api/kg/v1/entities/ID/{claims,neighbours}?…   with the parameters of index.Filter
//	GET  /api/kg/v1/{search,paths,matrix,changes,stats,context,events/alike}
//	GET, POST /api/kg/v1/judgements, DELETE /api/kg/v1/judgements/ID   what people judge of names, claims and events
//	GET  /api/kg/v1/export?format=&entity=   the store or what is said of an entity as nquads, ntriples, turtle or jsonld, streamed
//	POST /mcp                           the Model Context Protocol: streamable HTTP, without sessions
//
// Lists have limit (at most 500) and offset, a total, and Link with rel=next and rel=prev. Answers are JSON of package api, with names as
// the pages' twins have them, and have a tag as pages do. Errors are application/problem+json (RFC 9457) with the parameter and its value
// under errors: 422 for a faulty parameter, an unknown one included, 404, 405, 503 with Retry-After when there is too much to do or the
// index is being made, 504.
//
// # Cayley's API
//
//	POST /api/v1/query/LANG?limit=      the query is the body; LANG is gizmo, graphql or mql
//	POST /api/v1/shape/LANG
//	POST /api/v1/write, /api/v1/delete  a JSON list of {"subject", "predicate", "object", "label"}
//	POST /api/v1/write/file/nquad       a form with the file NQuadFile, N-Quads, which may be gzip or bzip2
//	GET, POST /api/v2/query?lang=&limit=  the query is the body, of GET the parameter qu
//	GET, POST /api/v2/read?sub=&pred=&obj=&label=&format=&iri=&limit=   each of the first four a list of nodes with commas between
//	POST /api/v2/write, /api/v2/delete  quads in a format, by format= or Content-Type
//	POST /api/v2/node/delete            a node in a format: every quad with it goes
//	GET  /api/v2/formats
//
// They answer as Cayley's do, so that its clients work, with these differences:
//
//   - An answer to a query has the field "meta" beside "result" (GraphQL: "data"): {"rows", "total", "counted", "truncated", "note",
//     "ms"}. total is how many rows there are, or, where counted is false, how many were seen, at least; note says it in words, "showing
//     100 of 1234". The headers Kg-Rows and Kg-Total ("5000+" where not counted) say the same to programs that read no JSON.
//   - No rows are [], not null. API v2 takes limit as v1 does; limit=-1 asks for as many rows as there may be.
//   - An error has a status of its own and is {"error": "…"}, for GraphQL with "errors" too: 400 for a faulty query or body, 401 without
//     the token, 403 for writing to a read-only server and for foreign origins, 404, 405, 413 for too large a body, 415 for an unknown
//     format, 429 after too many wrong tokens, 500, 503 when too many queries run, 504 at the time limit. A body over the limit is never
//     used in part. Retry-After comes with 429 and 503.
//   - read writes full IRIs unless iri=short. An answer that cannot be finished ends with a broken connection.
//   - delete counts the quads that were there. write counts those sent, and says how many of them were new.
//   - JSON-LD comes with its context in it; none is fetched.
//
// # Who may ask
//
// Requests must name a known host (localhost, an IP address, or one of Options.Hosts), against DNS rebinding, and come from a page
// of this server or from no page at all: another Origin, and Sec-Fetch-Site of another site, are refused. A link on a page of another
// site may open a page, which then runs no query. Pages of Options.Origins may read /api/kg/v1, without cookies. There is no profiler.
//
// Writing needs Options.AllowWrites and the token, reading a private server the token: "Authorization: Bearer TOKEN", or the cookie of a
// session begun at /login (HttpOnly, SameSite=Strict, Secure over TLS; 12 hours, in memory). A client that was wrong five times waits for
// the rest of a minute. Cayley's UI sends the cookie.
//
// /metrics answers to programs of this computer whose requests no proxy passes on, and to whoever has the token, unless Options.Metrics
// says otherwise: requests by route, method and status with their times, what runs and what was refused, the age of the index, what it
// holds, the Go runtime. Routes are patterns, so that nobody can make up new series.
//
// Every answer has X-Request-Id, which the log has too: the one of the request where it has a proper one, else a new one.
//
// Pages have a tag of the store's version, the address, the day and who asks, so that a browser gets 304 while nothing has changed.
package web
