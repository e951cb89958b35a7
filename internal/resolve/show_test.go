package resolve

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"kg/graph"
	"kg/internal/article"
	"kg/internal/extract"
	"kg/internal/nlp"
	"kg/schema"
)

// TestShow prints claims of the inputs in KG_SHOW for reading: all of them, or KG_SHOW_N drawn by KG_SHOW_SEED.
func TestShow(t *testing.T) {
	inputs := strings.Fields(os.Getenv("KG_SHOW"))
	if len(inputs) == 0 {
		t.Skip("KG_SHOW names no input")
	}
	limit, _ := strconv.Atoi(os.Getenv("KG_SHOW_ARTICLES"))
	n, _ := strconv.Atoi(os.Getenv("KG_SHOW_N"))
	seed, _ := strconv.Atoi(os.Getenv("KG_SHOW_SEED"))
	sch, err := schema.Load("")
	if err != nil {
		t.Fatal(err)
	}
	ann, err := nlp.NewAnnotator(nlp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := New(Options{Schema: sch})
	var lines []string
	reasons := map[string]int{}
	open := map[string]int{}
	props, claims, articles := 0, 0, 0
	var spent time.Duration
	for item := range article.Read(context.Background(), inputs, article.Options{}) {
		if item.Article == nil {
			continue
		}
		if articles++; limit > 0 && articles > limit {
			break
		}
		doc := ann.Annotate(item.Article.Text)
		pp := extract.Propositions(doc)
		begin := time.Now()
		rec, dropped := r.Resolve(item.Article, doc, pp)
		spent += time.Since(begin)
		props += len(pp)
		claims += len(rec.Claims)
		labels := map[graph.IRI]graph.Entity{}
		for _, e := range rec.Entities {
			labels[e.ID] = e
		}
		texts := map[graph.IRI]string{}
		for _, x := range rec.Sentences {
			texts[x.ID] = x.Text
		}
		for i := range rec.Claims {
			c := &rec.Claims[i]
			if strings.HasPrefix(string(c.Predicate), "kgo:open/") {
				open[string(c.Predicate)]++
			}
			lines = append(lines, fmt.Sprintf("%s\n    %s", showClaim(c, labels), strings.Join(strings.Fields(texts[c.Sentence]), " ")))
		}
		for _, d := range dropped {
			reasons[d.Reason]++
			if os.Getenv("KG_SHOW_DROPPED") != "" {
				p := &pp[d.Prop]
				tr := &doc.Sentences[p.Sent]
				var args []string
				for _, a := range p.Args {
					var w []string
					for _, k := range a.Words {
						w = append(w, tr.Words[k].Form)
					}
					args = append(args, string(a.Role)+":"+a.Case+"="+strings.Join(w, " "))
				}
				lines = append(lines, fmt.Sprintf("DROP %s: %s %s %s", d.Reason, p.Rule, p.Lemma, strings.Join(args, " | ")))
			}
		}
	}
	if n > 0 {
		rnd := rand.New(rand.NewPCG(uint64(seed), 1))
		rnd.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		lines = lines[:min(n, len(lines))]
	}
	for _, l := range lines {
		fmt.Println(l)
	}
	fmt.Printf("%d articles, %d propositions, %d claims, %v a proposition\n", articles, props, claims, spent/time.Duration(max(props, 1)))
	for _, m := range []map[string]int{reasons, open} {
		var keys []string
		for k := range m {
			keys = append(keys, k)
		}
		sort.Slice(keys, func(i, j int) bool { return m[keys[i]] > m[keys[j]] })
		for _, k := range keys[:min(25, len(keys))] {
			fmt.Printf("%6d %s\n", m[k], k)
		}
	}
}

func showClaim(c *graph.Claim, labels map[graph.IRI]graph.Entity) string {
	name := func(id graph.IRI) string {
		e := labels[id]
		if len(e.Types) == 0 {
			return string(id) + ":MISSING"
		}
		return fmt.Sprintf("%s:%s", id, local(e.Types[0]))
	}
	obj := name(c.Object.Entity)
	if c.Object.Entity == "" {
		obj = strconv.Quote(c.Object.Literal)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s%s %s", name(c.Subject), c.Predicate, c.Polarity, c.Modality, obj)
	if c.AttributedTo != "" {
		fmt.Fprintf(&b, " by=%s", c.AttributedTo)
	}
	if c.Time != "" {
		fmt.Fprintf(&b, " time=%s", c.Time)
	}
	if c.Place != "" {
		fmt.Fprintf(&b, " place=%s", c.Place)
	}
	for _, a := range c.Arguments {
		fmt.Fprintf(&b, " [%s %s %q %s]", a.Role, a.Case, a.Text, a.Entity)
	}
	fmt.Fprintf(&b, " (%s %.2f)", c.Rule, c.Confidence)
	return b.String()
}
