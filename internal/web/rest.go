package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/sirupsen/logrus"

	"kg/graph"
	"kg/internal/api"
	"kg/internal/index"
)

// restPath is where the API for programs stands; its OpenAPI document is at openapi.json and openapi.yaml below it.
const restPath = "/api/kg/v1"

// The parameters of operations. huma reads embedded structs only where their names are exported.

// FilterParams are the parameters of index.Filter. They are declared for the document; ParseFilter reads them.
type FilterParams struct {
	Relation   []string `query:"relation" doc:"relations, any of them: kgo:mediates,kgo:open/visit" example:"kgo:mediates"`
	Status     []string `query:"status" doc:"any of them" enum:"asserted,denied,former,planned,requested,possible,conditional,hypothetical,reported"`
	Side       string   `query:"side" doc:"by PLOVER's quad class" enum:"cooperation,conflict"`
	From       string   `query:"from" doc:"first day; of a month or a year the first" example:"2017-07"`
	To         string   `query:"to" doc:"last day; of a month or a year the last" example:"2017-07-31"`
	Outlet     []string `query:"outlet,explode" doc:"publishers, any of them; several times for several"`
	Speaker    string   `query:"speaker" doc:"entity that says so; - for what articles say themselves" example:"kg:Sergei_Lavrov"`
	Confidence float64  `query:"confidence" doc:"the least" minimum:"0" maximum:"1"`
	Articles   int      `query:"articles" doc:"the least number of independent articles that say the same" minimum:"0"`
	Type       string   `query:"type" doc:"type of subject or object; of the other one where the claims are of an entity" example:"kgo:State"`
	Role       string   `query:"role" doc:"part of the entity whose claims they are" enum:"subject,object"`
	Text       string   `query:"text" doc:"what the name of subject, relation or object has in it"`
	Verdict    string   `query:"verdict" doc:"claims that people judged so; all but the rejected ones where absent" enum:"accepted,rejected,all"`

	filter index.Filter
}

// Resolve reads the filter.
func (p *FilterParams) Resolve(ctx huma.Context) (errs []error) {
	u := ctx.URL()
	q := u.Query()
	var err error
	if p.filter, err = index.ParseFilter(q); err != nil {
		errs = append(errs, parameterFault(q, err))
	}
	return errs
}

// parameterFault puts an error that begins with the name of a parameter as the API puts all faults of parameters.
func parameterFault(q url.Values, err error) error {
	name, text, _ := strings.Cut(err.Error(), ": ")
	return &huma.ErrorDetail{Message: cmp.Or(text, err.Error()), Location: "query." + name, Value: q.Get(name)}
}

// PartParams are the parameters of lists.
type PartParams struct {
	Offset int `query:"offset" doc:"items to leave out" minimum:"0" maximum:"1000000000"`
	Limit  int `query:"limit" doc:"items at most" minimum:"1" maximum:"500" default:"50"`
}

func (p *PartParams) part() api.Part { return api.Part{Offset: p.Offset, Limit: p.Limit} }

type SortParam struct {
	Sort string `query:"sort" doc:"order of claims" enum:"newest,oldest,surest,articles" default:"newest"`
}

type IDParam struct {
	ID string `path:"id" doc:"name or compact IRI; a slash in it as %2F" maxLength:"1000"`
}

// answered is an answer that is no list, listed one that is.
type answered[T any] struct {
	Body T
}

type listed[T any] struct {
	Link string `header:"Link" doc:"the next part, where there is one: rel=next; the part before: rel=prev"`
	Body api.List[T]
}

// rest makes the operations of the API.
type rest struct {
	s      *Server
	reader *api.Reader
	api    huma.API
}

// restRoutes is the API under /api/kg/v1.
func (s *Server) restRoutes(mux *http.ServeMux) {
	config := huma.DefaultConfig("kg", apiVersion)
	config.Info.Description = "What a graph of news says: entities, claims with the sentences that make them, articles, events, and the ways between entities. " +
		"Only judgements of people can be written. IRIs are compact (kg:Russia); " + restPath + "/context expands them. " +
		"Lists come in parts: limit, offset, and Link with rel=next. " +
		"Answers have an ETag that changes with the graph; with If-None-Match an answer that has not changed is 304. " +
		"Errors are application/problem+json (RFC 9457)."
	config.Servers = []*huma.Server{{URL: "/"}}
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = restPath+"/openapi", "", ""
	config.CreateHooks = nil // no $schema in answers
	config.RejectUnknownQueryParameters = true
	a := &rest{s: s, reader: s.reader, api: humago.New(mux, config)}
	a.api.UseMiddleware(a.limit)
	a.operations()
	s.openAPI = a.api.OpenAPI()
	s.apiPage(mux)
	s.handle(mux, restPath+"/", func(w http.ResponseWriter, r *http.Request) error {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			return errorf(http.StatusMethodNotAllowed, "only GET and HEAD are answered here; POST and DELETE of %s/judgements", restPath)
		}
		return errorf(http.StatusNotFound, "there is nothing at this address; %s/openapi.json lists what there is", restPath)
	}, http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions)
}

// apiVersion is that of the interface, which only grows within /api/kg/v1.
const apiVersion = "1.0.0"

// exportID is the operation that takes as long as its client reads.
const exportID = "export"

// limit is what every operation passes: a tag, a place among pages, a time limit.
func (a *rest) limit(ctx huma.Context, next func(huma.Context)) {
	r, w := humago.Unwrap(ctx)
	switch {
	case ctx.Operation().OperationID == exportID:
		next(ctx)
		return
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		err := a.s.writes(func(http.ResponseWriter, *http.Request) error { next(ctx); return nil })(w, r)
		if err != nil {
			a.s.failErr(w, r, err)
		}
		return
	}
	a.s.tagged(a.s.limited(func(_ http.ResponseWriter, r *http.Request) { next(huma.WithContext(ctx, r.Context())) }))(w, r)
}

// problem is an error as the API answers with it.
func (a *rest) problem(err error) error {
	if err == nil {
		return nil
	}
	var making *index.Making
	var parameter *api.ParameterError
	var status huma.StatusError
	var refused *statusError
	switch {
	case errors.As(err, &status):
		return err
	case errors.As(err, &refused):
		return huma.NewError(refused.status, refused.Error())
	case errors.As(err, &parameter):
		return huma.Error422UnprocessableEntity("validation failed",
			&huma.ErrorDetail{Message: parameter.Fault, Location: "query." + parameter.Name, Value: parameter.Value})
	case errors.Is(err, api.ErrUnknown):
		return huma.Error404NotFound(err.Error())
	case errors.As(err, &making):
		return huma.ErrorWithHeaders(huma.Error503ServiceUnavailable(err.Error()), http.Header{"Retry-After": {"2"}})
	case errors.Is(err, errBusy):
		return huma.ErrorWithHeaders(huma.Error503ServiceUnavailable(err.Error()), http.Header{"Retry-After": {"5"}})
	case errors.Is(err, context.DeadlineExceeded):
		return huma.NewError(http.StatusGatewayTimeout, "stopped at the time limit of "+a.s.opt.PageTimeout.String())
	case errors.Is(err, context.Canceled), errors.Is(err, graph.ErrClosed):
		return huma.Error503ServiceUnavailable("the server is stopping")
	}
	a.s.log.WithFields(logrus.Fields{"api": restPath, "error": err}).Error("request failed")
	return huma.Error500InternalServerError("the graph could not be read; the server's log has the details under the request's id")
}

// get registers an operation of which h makes the answer out of the index.
func get[I, O any](a *rest, id, path, tag, summary string, h func(context.Context, *index.Index, *I) (*O, error)) {
	huma.Register(a.api, huma.Operation{
		OperationID: id, Method: http.MethodGet, Path: restPath + path, Tags: []string{tag}, Summary: summary,
		Errors: []int{404, 422, 500, 503, 504},
	}, func(ctx context.Context, in *I) (*O, error) {
		if a.reader.Live == nil { // only in tests
			return nil, huma.Error503ServiceUnavailable("this server has no index")
		}
		x, err := a.reader.Index(ctx)
		if err != nil {
			return nil, a.problem(err)
		}
		out, err := h(ctx, x, in)
		return out, a.problem(err)
	})
}

// list is the answer with a list, with the addresses of the parts beside it.
func list[T any](u url.URL, l api.List[T], err error) (*listed[T], error) {
	if err != nil {
		return nil, err
	}
	at := func(offset int, rel string) string {
		q := u.Query()
		q.Set("offset", strconv.Itoa(offset))
		to := url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: q.Encode()}
		return fmt.Sprintf("<%s>; rel=%q", to.String(), rel)
	}
	var links []string
	if end := l.Offset + len(l.Items); end < l.Total && len(l.Items) > 0 {
		links = append(links, at(end, "next"))
	}
	if l.Offset > 0 {
		links = append(links, at(max(min(l.Offset, l.Total)-l.Limit, 0), "prev"))
	}
	return &listed[T]{strings.Join(links, ", "), l}, nil
}

// Here is the address of a request, which Resolve of a list's parameters keeps.
type Here struct{ url url.URL }

// Resolve keeps the address.
func (h *Here) Resolve(ctx huma.Context) []error { h.url = ctx.URL(); return nil }

func unknown(kind, name string) error { return fmt.Errorf("%s %.200q: %w", kind, name, api.ErrUnknown) }

func (a *rest) operations() {
	rd := a.reader
	entity := func(x *index.Index, name string) (index.Ref, error) {
		if e, ok := x.Entity(rd.ID("kg:", name)); ok {
			return e, nil
		}
		return index.None, unknown("entity", name)
	}
	// named is entity for a parameter: a wrong one is a fault of the request, not of the address.
	named := func(x *index.Index, parameter, name string) (index.Ref, error) {
		e, ok := x.Entity(rd.ID("kg:", name))
		if !ok {
			return index.None, &api.ParameterError{Name: parameter, Value: name, Fault: "is no entity of the graph"}
		}
		return e, nil
	}

	type entitiesIn struct {
		Here
		PartParams
		Q    string `query:"q" doc:"beginning of a name or of a word of one; typos are forgiven" maxLength:"500"`
		Type string `query:"type" doc:"type that they have" example:"kgo:Person"`
	}
	get(a, "list-entities", "/entities", "entities", "Entities, by name or all, those of most claims first",
		func(_ context.Context, x *index.Index, in *entitiesIn) (*listed[api.Entity], error) {
			l, err := rd.Entities(x, in.Q, graph.IRI(in.Type), in.part())
			return list(in.url, l, err)
		})
	get(a, "get-entity", "/entities/{id}", "entities", "An entity with its relations to others",
		func(_ context.Context, x *index.Index, in *IDParam) (*answered[api.EntityDetail], error) {
			e, err := entity(x, in.ID)
			if err != nil {
				return nil, err
			}
			return &answered[api.EntityDetail]{rd.Entity(x, e)}, nil
		})
	type ofEntity struct {
		Here
		IDParam
		FilterParams
		SortParam
		PartParams
	}
	get(a, "list-entity-claims", "/entities/{id}/claims", "entities", "Claims that an entity has a part in",
		func(ctx context.Context, x *index.Index, in *ofEntity) (*listed[api.Claim], error) {
			e, err := entity(x, in.ID)
			if err != nil {
				return nil, err
			}
			l, err := rd.Claims(ctx, x, e, &in.filter, in.Sort, in.part())
			return list(in.url, l, err)
		})
	type besideEntity struct {
		Here
		IDParam
		FilterParams
		PartParams
	}
	get(a, "list-neighbours", "/entities/{id}/neighbours", "entities", "Entities that claims connect with one, those of most articles first",
		func(_ context.Context, x *index.Index, in *besideEntity) (*listed[api.Neighbour], error) {
			e, err := entity(x, in.ID)
			if err != nil {
				return nil, err
			}
			l, err := rd.Neighbours(x, e, &in.filter, in.part())
			return list(in.url, l, err)
		})
	type SpanParams struct {
		From string `query:"from" doc:"first day; of a month or a year the first" example:"2017-07"`
		To   string `query:"to" doc:"last day; of a month or a year the last"`
		Text string `query:"text" doc:"what headline or label has in it"`
	}
	span := func(u url.URL) (index.Filter, error) {
		q := u.Query()
		f, err := index.ParseFilter(url.Values{"from": q["from"], "to": q["to"], "text": q["text"], "outlet": q["outlet"]})
		if err != nil {
			return f, huma.Error422UnprocessableEntity("validation failed", parameterFault(q, err))
		}
		return f, nil
	}
	type eventsIn struct {
		Here
		SpanParams
		PartParams
		Kind   string `query:"kind" doc:"PLOVER type, or relation" example:"CONSULT"`
		Entity string `query:"entity" doc:"that takes part, is the place or the series"`
	}
	get(a, "list-events", "/events", "events", "Events, the latest first",
		func(_ context.Context, x *index.Index, in *eventsIn) (*listed[api.Event], error) {
			f, err := span(in.url)
			about := index.None
			if err == nil && in.Entity != "" {
				about, err = named(x, "entity", in.Entity)
			}
			if err != nil {
				return nil, err
			}
			l, err := rd.Events(x, about, &f, in.Kind, in.part())
			return list(in.url, l, err)
		})
	type partOf struct {
		IDParam
		PartParams
	}
	get(a, "get-event", "/events/{id}", "events", "An event with the claims that tell of it",
		func(ctx context.Context, x *index.Index, in *partOf) (*answered[api.EventDetail], error) {
			e, ok := x.Event(rd.ID("kg:event/", in.ID))
			if !ok {
				return nil, unknown("event", in.ID)
			}
			out, err := rd.Event(ctx, x, e, in.part())
			if err != nil {
				return nil, err
			}
			pairs, err := a.alike(ctx, x, index.None)
			out.Alike = rd.AlikeTo(x, e, pairs, alikeRows)
			return &answered[api.EventDetail]{out}, err
		})
	type alikeIn struct {
		Here
		PartParams
		Entity string `query:"entity" doc:"that takes part in one of them or is its place"`
	}
	get(a, "list-alike-events", "/events/alike", "events", "Pairs of events that may be one, which nobody has judged, the likeliest first",
		func(ctx context.Context, x *index.Index, in *alikeIn) (*listed[api.AlikeEvents], error) {
			about := index.None
			var err error
			if in.Entity != "" {
				if about, err = named(x, "entity", in.Entity); err != nil {
					return nil, err
				}
			}
			pairs, err := a.alike(ctx, x, about)
			if err != nil {
				return nil, err
			}
			l, err := rd.Alike(x, pairs, in.part())
			return list(in.url, l, err)
		})

	type claimsIn struct {
		Here
		FilterParams
		SortParam
		PartParams
		Entity string `query:"entity" doc:"that has a part in them"`
		Other  string `query:"other" doc:"with entity: the claims between the two"`
	}
	get(a, "list-claims", "/claims", "claims", "Claims with their sentences",
		func(ctx context.Context, x *index.Index, in *claimsIn) (*listed[api.Claim], error) {
			one, other := index.None, index.None
			var err error
			if in.Entity != "" {
				if one, err = named(x, "entity", in.Entity); err != nil {
					return nil, err
				}
			}
			if in.Other != "" {
				if other, err = named(x, "other", in.Other); err != nil {
					return nil, err
				}
				if one == index.None {
					return nil, &api.ParameterError{Name: "other", Value: in.Other, Fault: "needs the parameter entity beside it"}
				}
				l, err := rd.Between(ctx, x, one, other, &in.filter, in.Sort, in.part())
				return list(in.url, l, err)
			}
			l, err := rd.Claims(ctx, x, one, &in.filter, in.Sort, in.part())
			return list(in.url, l, err)
		})
	get(a, "get-claim", "/claims/{id}", "claims", "A claim with its sentence and article",
		func(ctx context.Context, x *index.Index, in *IDParam) (*answered[api.Claim], error) {
			c, ok := x.Claim(rd.ID("kg:claim/", in.ID))
			if !ok {
				return nil, unknown("claim", in.ID)
			}
			out, err := rd.Claim(ctx, x, c)
			return &answered[api.Claim]{out}, err
		})

	type articlesIn struct {
		Here
		SpanParams
		PartParams
		Outlet []string `query:"outlet,explode" doc:"publishers, any of them; several times for several"`
	}
	get(a, "list-articles", "/articles", "articles", "Articles, the newest first",
		func(_ context.Context, x *index.Index, in *articlesIn) (*listed[api.Article], error) {
			f, err := span(in.url)
			if err != nil {
				return nil, err
			}
			l, err := rd.Articles(x, &f, in.part())
			return list(in.url, l, err)
		})
	get(a, "get-article", "/articles/{id}", "articles", "An article with its claims",
		func(ctx context.Context, x *index.Index, in *partOf) (*answered[api.ArticleDetail], error) {
			ref, ok := x.Article(rd.ID("kg:article/", in.ID))
			if !ok {
				return nil, unknown("article", in.ID)
			}
			out, err := rd.Article(ctx, x, ref, in.part())
			return &answered[api.ArticleDetail]{out}, err
		})

	type relationsIn struct {
		Here
		PartParams
		Open string `query:"open" doc:"only those that are named by a word of the text, or only those of the schema" enum:"yes,no"`
		Text string `query:"text" doc:"what the label has in it"`
	}
	get(a, "list-relations", "/relations", "relations", "Relations that claims use, the most frequent first",
		func(_ context.Context, x *index.Index, in *relationsIn) (*listed[api.Relation], error) {
			l, err := rd.Relations(x, in.Open, in.Text, in.part())
			return list(in.url, l, err)
		})
	get(a, "get-relation", "/relations/{id}", "relations", "A relation",
		func(_ context.Context, x *index.Index, in *IDParam) (*answered[api.Relation], error) {
			ref, ok := x.Relation(rd.ID("kgo:", in.ID))
			if !ok {
				return nil, unknown("relation", in.ID)
			}
			return &answered[api.Relation]{rd.Relation(x, ref)}, nil
		})

	type pathsIn struct {
		FilterParams
		A      string `query:"a" required:"true" doc:"entity to start from" example:"kg:Russia"`
		B      string `query:"b" required:"true" doc:"entity to arrive at" example:"kg:Syria"`
		Length int    `query:"length" doc:"claims at most" minimum:"1" maximum:"4" default:"3"`
		Limit  int    `query:"limit" doc:"ways at most" minimum:"1" maximum:"100" default:"10"`
	}
	get(a, "find-paths", "/paths", "entities", "The shortest ways from one entity to another",
		func(ctx context.Context, x *index.Index, in *pathsIn) (*answered[api.Paths], error) {
			from, err := named(x, "a", in.A)
			if err != nil {
				return nil, err
			}
			to, err := named(x, "b", in.B)
			if err != nil {
				return nil, err
			}
			out, err := rd.Paths(ctx, x, from, to, &in.filter, in.Length, in.Limit)
			return &answered[api.Paths]{out}, err
		})

	type matrixIn struct {
		FilterParams
		Actor []string `query:"actor,explode" doc:"who is compared; several times for several" maxItems:"30" example:"kg:Russia"`
		Of    string   `query:"of" doc:"where no actor is named: it and those it has most to do with" example:"kg:Russia"`
		N     int      `query:"n" doc:"where no actor is named: how many are chosen, those with most scored claims between them" minimum:"2" maximum:"30" default:"12"`
		By    string   `query:"by" doc:"a cell for each pair, or for each pair and month" enum:"actors,months" default:"actors"`
	}
	get(a, "get-matrix", "/matrix", "entities", "Mean scores of who acts how towards whom",
		func(_ context.Context, x *index.Index, in *matrixIn) (*answered[api.Matrix], error) {
			of := index.None
			var err error
			if in.Of != "" {
				if of, err = named(x, "of", in.Of); err != nil {
					return nil, err
				}
			}
			var actors []index.Ref
			for _, name := range in.Actor {
				e, err := named(x, "actor", name)
				if err != nil {
					return nil, err
				}
				if !slices.Contains(actors, e) {
					actors = append(actors, e)
				}
			}
			return &answered[api.Matrix]{rd.Matrix(x, actors, of, in.N, &in.filter, in.By == "months")}, nil
		})

	type searchIn struct {
		FilterParams
		PartParams
		Q    string `query:"q" required:"true" minLength:"1" maxLength:"1000" doc:"words; \"a phrase\"; -word that must not be there; word* for a beginning" example:"Astana talks"`
		Sort string `query:"sort" enum:"best,newest" default:"best" doc:"order of sentences"`
	}
	get(a, "search", "/search", "search", "Entities by name, sentences and articles by their words",
		func(ctx context.Context, x *index.Index, in *searchIn) (*answered[api.Found], error) {
			out, err := rd.Search(ctx, x, in.Q, &in.filter, in.Sort == "newest", in.part())
			return &answered[api.Found]{out}, err
		})

	type changesIn struct {
		Since string `query:"since" required:"true" doc:"day of publication from which on articles are compared with earlier ones; of a month or a year the first" example:"2017-07-04"`
		Limit int    `query:"limit" doc:"changes of each kind at most" minimum:"1" maximum:"500" default:"20"`
	}
	get(a, "get-changes", "/changes", "graph", "What articles since a day tell that earlier ones do not",
		func(ctx context.Context, x *index.Index, in *changesIn) (*answered[api.Changes], error) {
			day, ok := index.ParseDay(in.Since)
			if !ok {
				return nil, &api.ParameterError{Name: "since", Value: in.Since, Fault: "is not " + index.DayForms}
			}
			out, err := rd.Changes(ctx, x, day, in.Limit)
			return &answered[api.Changes]{out}, err
		})
	get(a, "get-stats", "/stats", "graph", "Counts of the graph",
		func(ctx context.Context, x *index.Index, _ *struct{}) (*answered[graph.Stats], error) {
			st, err := rd.Stats(ctx, x)
			for _, l := range []*[]graph.Count{&st.Status, &st.Types, &st.Relations} {
				if *l == nil {
					*l = []graph.Count{}
				}
			}
			return &answered[graph.Stats]{st}, err
		})
	huma.Register(a.api, huma.Operation{
		OperationID: "get-context", Method: http.MethodGet, Path: restPath + "/context", Tags: []string{"graph"},
		Summary: "The JSON-LD context that expands compact IRIs", Errors: []int{500},
	}, func(context.Context, *struct{}) (*answered[jsonLDContext], error) {
		c := jsonLDContext{Context: map[string]string{}}
		for _, p := range rd.Store.Prefixes() {
			c.Context[p.Name] = p.IRI
		}
		return &answered[jsonLDContext]{c}, nil
	})
	a.judgements()
	a.export()
}

// alike are the open pairs of events.
func (a *rest) alike(ctx context.Context, x *index.Index, about index.Ref) ([]index.EventPair, error) {
	people, _, err := a.reader.Store.Judgements(ctx)
	if err != nil {
		return nil, err
	}
	return a.s.alike.open(x, people, about), nil
}

// JudgementBody is a judgement to be made.
type JudgementBody struct {
	Kind string    `json:"kind" enum:"merge,distinct,accept,reject,sameEvent,otherEvent"`
	From graph.IRI `json:"from" maxLength:"1000" doc:"a name; of accept and reject a claim; of sameEvent an event or a claim that tells of it, of otherEvent also an article, what is of another event"`
	Into graph.IRI `json:"into,omitempty" maxLength:"1000" doc:"the other name or event; absent in accept and reject"`
	By   string    `json:"by" minLength:"1" maxLength:"100" doc:"who judges"`
	Why  string    `json:"why,omitempty" maxLength:"2000"`
}

// judgements are the operations on what people judge, the only ones that write.
func (a *rest) judgements() {
	type judgementsIn struct {
		Here
		PartParams
		Kind string `query:"kind" enum:"merge,distinct,rename,accept,reject,sameEvent,otherEvent" doc:"only those of a kind"`
	}
	get(a, "list-judgements", "/judgements", "judgements", "What people judged, the latest first",
		func(ctx context.Context, _ *index.Index, in *judgementsIn) (*listed[api.Judgement], error) {
			l, err := a.reader.Judgements(ctx, in.Kind, in.part())
			return list(in.url, l, err)
		})
	const kept = "Needs the token of a server that may be written to. It is kept over further builds, and overrules rules and what people said to the contrary."
	huma.Register(a.api, huma.Operation{
		OperationID: "judge", Method: http.MethodPost, Path: restPath + "/judgements", Tags: []string{"judgements"},
		Summary: "Judge names, a claim or events", Description: kept + " A judgement on events is on a claim of each, which the answer names.",
		Errors: []int{400, 401, 403, 404, 409, 422, 500, 503},
	}, func(ctx context.Context, in *struct{ Body JudgementBody }) (*answered[api.Judgement], error) {
		j, err := a.s.decide(ctx, graph.Judgement{Kind: in.Body.Kind, From: in.Body.From, Into: in.Body.Into, By: in.Body.By, Evidence: in.Body.Why})
		if err != nil {
			return nil, a.problem(err)
		}
		return &answered[api.Judgement]{api.JudgementOf(j)}, nil
	})
	huma.Register(a.api, huma.Operation{
		OperationID: "withdraw-judgement", Method: http.MethodDelete, Path: restPath + "/judgements/{id}", Tags: []string{"judgements"},
		Summary: "Take a judgement back", Description: "Needs the token. Rules say again what they said before.", Errors: []int{401, 403, 404, 422, 500, 503},
		DefaultStatus: http.StatusOK,
	}, func(ctx context.Context, in *IDParam) (*answered[api.Judgement], error) {
		j, err := a.s.withdraw(ctx, a.reader.ID("kg:judgement/", in.ID))
		if err != nil {
			return nil, a.problem(err)
		}
		return &answered[api.Judgement]{api.JudgementOf(j)}, nil
	})
}

// jsonLDContext is a context of JSON-LD.
type jsonLDContext struct {
	Context map[string]string `json:"@context" doc:"prefixes"`
}

// exports are the formats of an export.
var exports = map[string]string{"nquads": "application/n-quads", "ntriples": "application/n-triples", "turtle": "text/turtle", "jsonld": typeJSONLD}

type exportIn struct {
	Format string `query:"format" enum:"nquads,ntriples,turtle,jsonld" default:"nquads"`
	Entity string `query:"entity" doc:"only what is said of this entity: itself, its claims, their sentences and articles; the whole graph otherwise"`
	Gzip   string `header:"Accept-Encoding" doc:"gzip for a compressed answer"`
}

// export writes the graph as it is read. It holds a place among queries, and a client that does not take anything for a minute is dropped.
func (a *rest) export() {
	content := map[string]*huma.MediaType{}
	for _, ctype := range exports {
		content[ctype] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
	}
	huma.Register(a.api, huma.Operation{
		OperationID: exportID, Method: http.MethodGet, Path: restPath + "/export", Tags: []string{"graph"},
		Summary: "The graph, or what is said of an entity, as RDF", Errors: []int{422, 500, 503},
		Description: "IRIs are full. An answer that cannot be finished ends with a broken connection.",
		Responses:   map[string]*huma.Response{"200": {Description: "RDF", Content: content}},
	}, func(ctx context.Context, in *exportIn) (*huma.StreamResponse, error) {
		var of []graph.IRI
		if in.Entity != "" {
			x, err := a.reader.Index(ctx)
			if err != nil {
				return nil, a.problem(err)
			}
			e, ok := x.Entity(a.reader.ID("kg:", in.Entity))
			if !ok {
				return nil, a.problem(&api.ParameterError{Name: "entity", Value: in.Entity, Fault: "is no entity of the graph"})
			}
			of = about(x, e)
		}
		release, err := a.s.slot(ctx)
		if err != nil {
			return nil, a.problem(err)
		}
		return &huma.StreamResponse{Body: func(hc huma.Context) {
			defer release()
			r, w := humago.Unwrap(hc)
			w.Header().Set("Content-Type", exports[in.Format])
			w.Header().Set("Vary", "Accept-Encoding")
			if err := a.s.dump(w, r, func(out io.Writer) error {
				if of == nil {
					_, err := a.reader.Store.Export(ctx, out, in.Format)
					return err
				}
				_, err := a.reader.Store.EncodeQuads(out, in.Format, func(yield func(graph.Quad, error) bool) {
					for list := of; len(list) > 0; list = list[1:] {
						for q, err := range a.reader.Store.Quads(ctx, graph.Quad{Subject: graph.Res(list[0])}) {
							if !yield(q, err) || err != nil {
								return
							}
							if q.Predicate.Value == "kgo:argument" { // part of the claim
								list = append(list, graph.IRI(q.Object.Value))
							}
						}
					}
				})
				return err
			}); err != nil {
				a.s.failErr(w, r, err)
			}
		}}, nil
	})
}

// about are the records about an entity: itself, its claims, their sentences and articles, each once.
func about(x *index.Index, e index.Ref) []graph.IRI {
	list := []graph.IRI{x.Entities[e].ID}
	sentences, articles := map[index.Ref]bool{}, map[index.Ref]bool{}
	for _, r := range x.Entities[e].Claims {
		c := &x.Claims[r]
		list = append(list, c.ID)
		if c.Sentence != index.None && !sentences[c.Sentence] {
			sentences[c.Sentence] = true
			list = append(list, x.Sentences[c.Sentence].ID)
		}
		if c.Article != index.None && !articles[c.Article] {
			articles[c.Article] = true
			list = append(list, x.Articles[c.Article].ID)
		}
	}
	slices.Sort(list[1:])
	return list
}

// failProblem answers with an error of the API that no operation made.
func failProblem(w http.ResponseWriter, status int, text string) {
	writeJSON(w, status, "application/problem+json", &huma.ErrorModel{Title: http.StatusText(status), Status: status, Detail: text})
}
