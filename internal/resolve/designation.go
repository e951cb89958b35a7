package resolve

import "strings"

// designated is what a type of weapon or vehicle is by the letters before its number ("F-16", "T-72", "AK-47"), no type where they are
// none of arms, or letters that other things have too ("A-10", "M-25").
func (t *tree) designated(words []int) string {
	first := words[0]
	if first > 2 && t.Words[first-3].Head >= first && t.Words[first-2].Form == "-" {
		first -= 3 // "F-16 | Fighting Falcons", where the name is taken to begin behind the number
	}
	for k := first; k+2 <= words[len(words)-1]; k++ {
		letters, hyphen, number := &t.Words[k], &t.Words[k+1], &t.Words[k+2]
		if hyphen.Form != "-" || letters.End != hyphen.Begin || hyphen.End != number.Begin || number.Form[0] < '1' || number.Form[0] > '9' {
			continue
		}
		if typ := arsenal[letters.Form]; typ != "" {
			return typ
		}
		return arsenal[letters.Form+"-"+strings.TrimRight(number.Form, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")]
	}
	return ""
}

// arsenal is what the letters of designations stand for; letters that stand for other things too only with their numbers.
var arsenal = func() map[string]string {
	out := map[string]string{}
	for typ, letters := range map[string]string{
		"MilitaryVehicle": `F F/A FA MQ RQ AH UH CH MH SH HH KC EA EC RC CV Su SU MiG MIG Mig Mi Tu Il Yak Ka JF
			B-1 B-2 B-17 B-24 B-25 B-29 B-52 A-10 C-5 C-17 C-130 C-141 U-2 P-3 P-8 V-22 T-34 T-54 T-55 T-62 T-64 T-72 T-80 T-90 T-14
			M-1 M-60 BMP-1 BMP-2 BMP-3 BTR-60 BTR-70 BTR-80 BTR-90 M-113`,
		"Weapon": `AK RPG SA SS AIM AGM GBU S-75 S-125 S-200 S-300 S-400 S-500 M-16 M-4 AR-15 AT-3 AT-4 AT-5 AT-14 SCUD-B V-1`,
	} {
		for l := range strings.FieldsSeq(letters) {
			out[l] = typ
		}
	}
	return out
}()

// model is what a thing called by the name of its type is: "two Black Hawks", "a Kalashnikov", "RAF Tornado GR4s"; no type where word
// head ends no such name, or one that people, winds and firms bear too and nothing tells that it is one of arms.
func (t *tree) model(head int) string {
	mark := false // a letter and number behind the name
	k := head
	if w := t.Words[k].Form; k > 0 && strings.ContainsAny(w, "0123456789") && w[0] >= 'A' && w[0] <= 'Z' && t.Words[k-1].End < t.Words[k].Begin {
		mark, k = true, k-1
	}
	w := t.Words[k].Form
	name := strings.TrimSuffix(w, "s")
	plural := name != w || mark && strings.HasSuffix(t.Words[head].Form, "s")
	if k > 0 {
		if typ := models[t.Words[k-1].Form+" "+name]; typ != "" && (plural || mark || k > 1 && t.lemma(k-2) == "a") {
			return typ
		}
	}
	switch typ := models[name]; {
	case typ != "" && (plural || mark || k > 0 && t.lemma(k-1) == "a"):
		return typ
	case homonyms[name] && (mark || plural && k > 0 && (t.Words[k-1].Form == "RAF" || t.Words[k-1].Form == "Force" || t.Words[k-1].Form == "Navy")):
		return "MilitaryVehicle"
	}
	return ""
}

// models are names of types of arms that hardly anything else has.
var models = func() map[string]string {
	out := map[string]string{}
	for typ, names := range map[string]string{
		"MilitaryVehicle": `Black Hawk|Blackhawk|Chinook|Sea King|Rafale|Eurofighter|Humvee|MiG|Sukhoi|Tupolev|Globemaster|Stratofortress|Super Hornet|
			Fighting Falcon|Strike Eagle|Global Hawk|Super Etendard|Bayraktar`,
		"Weapon": `Kalashnikov|Scud|Silkworm|Exocet|Katyusha|Hellfire|Paveway|Sidewinder|Tomahawk`,
	} {
		for name := range strings.SplitSeq(names, "|") {
			out[strings.TrimSpace(name)] = typ
		}
	}
	return out
}()

// homonyms are names of types of aircraft that other things have too.
var homonyms = set("Tornado Typhoon Apache Hercules Reaper Predator Harrier Phantom Mirage Hornet Lynx Puma Merlin Sentinel Voyager Raptor")
