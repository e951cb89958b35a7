package settle

import (
	"strconv"
	"strings"
)

// amount is a number of things as a phrase gives it.
type amount struct {
	least, most float64 // alike for an exact number; least alone for "at least 12", where most is huge
	unit        string  // what is counted, "people"; empty where the phrase has nothing but the number
	rest        string  // all that follows the number: "tonnes of tin metal"
}

const huge = 1e300

var cardinals = map[string]float64{"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
	"eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
	"seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
	"seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12}

var powers = map[string]float64{"hundred": 1e2, "thousand": 1e3, "million": 1e6, "mln": 1e6, "billion": 1e9, "bln": 1e9,
	"trillion": 1e12}

// vague words make the number before or behind them none that could be wrong by a few.
var vague = map[string]bool{"about": true, "around": true, "some": true, "nearly": true, "almost": true, "approximately": true,
	"roughly": true, "dozens": true, "hundreds": true, "thousands": true, "tens": true, "scores": true, "several": true,
	"many": true, "few": true, "estimated": true}

// amountOf reads the first number of a phrase and the noun that it counts; ok is false where there is none, or one that is vague
// ("about 40", "dozens").
func amountOf(phrase string) (a amount, ok bool) {
	fields := strings.Fields(strings.ToLower(phrase))
	bound := 0 // -1 "up to", 1 "at least"
	for i := 0; i < len(fields); i++ {
		f := strings.Trim(fields[i], ",.;:()\"'")
		if vague[f] {
			return amount{}, false
		}
		switch {
		case f == "least" || f == "over" || f == "than" && i > 0 && fields[i-1] == "more":
			bound = 1
		case f == "most" && i > 0 && fields[i-1] == "at" || f == "to" && i > 0 && fields[i-1] == "up" || f == "than" && i > 0 &&
			(fields[i-1] == "fewer" || fields[i-1] == "less"):
			bound = -1
		}
		n, number := cardinal(f)
		if !number {
			continue
		}
		for i+1 < len(fields) {
			f := strings.Trim(fields[i+1], ",.;:()\"'")
			if p, ok := powers[f]; ok {
				n *= p
			} else if m, ok := cardinals[f]; ok && n >= 100 && m < 100 {
				n += m
			} else if f != "and" {
				break
			}
			i++
		}
		a = amount{least: n, most: n}
		switch bound {
		case 1:
			a.most = huge
		case -1:
			a.least = 0
		}
		a.rest = strings.Join(fields[i+1:], " ")
		for i++; i < len(fields); i++ {
			f := strings.Trim(fields[i], ",.;:()\"'")
			if f == "or" || f == "to" || strings.ContainsAny(f, "0123456789") {
				return amount{}, false // "10 to 12 people", "12 or 13"
			}
			if preposition[f] || f == "" {
				break
			}
			a.unit = f
		}
		return a, true
	}
	return amount{}, false
}

// preposition ends what a number counts and the noun of a label; other words that do so are among them: "12 people in the town who".
var preposition = map[string]bool{"between": true, "to": true, "about": true, "over": true, "of": true, "in": true, "on": true,
	"at": true, "for": true, "from": true, "with": true, "by": true, "who": true, "which": true, "that": true, "and": true,
	"as": true, "a": true, "an": true, "the": true, "per": true, "into": true, "aboard": true, "since": true, "after": true,
	"before": true, "during": true, "under": true, "including": true, "when": true, "while": true, "against": true}

func cardinal(f string) (float64, bool) {
	if n, ok := cardinals[f]; ok {
		return n, true
	}
	if tens, ones, ok := strings.Cut(f, "-"); ok && cardinals[tens] >= 20 && cardinals[ones] > 0 && cardinals[ones] < 10 {
		return cardinals[tens] + cardinals[ones], true
	}
	if f == "" || f[0] < '0' || f[0] > '9' {
		return 0, false
	}
	n, err := strconv.ParseFloat(strings.ReplaceAll(f, ",", ""), 64)
	return n, err == nil && n < huge
}

// differ says whether two amounts cannot both be right.
func (a amount) differ(b amount) bool { return a.most < b.least || b.most < a.least }
