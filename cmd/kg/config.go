package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"kg/graph"
	"kg/internal/article"
	"kg/internal/resolve"
	"kg/internal/web"
)

// configFile is read from the working folder where it is there.
const configFile = "config.yaml"

// envPrefix begins the environment variable of every setting: store.path is KG_STORE_PATH.
const envPrefix = "KG"

// Config holds all settings. A field's key tag is its name in config.yaml; allowed lists the values that a string may
// have, which may be empty where the tag empty is there; min is the least number. A secret is never printed.
type Config struct {
	BaseIRI   string `key:"base_iri"`
	SchemaDir string `key:"schema_dir" empty:"yes"`
	Store     struct {
		Path    string `key:"path"`
		Backend string `key:"backend" allowed:"kg bbolt memory"`
		Text    bool   `key:"text"`
	} `key:"store"`
	Build struct {
		Workers    int           `key:"workers" min:"0"`
		Language   string        `key:"language"`
		MaxArticle Bytes         `key:"max_article" min:"1"`
		WebTimeout time.Duration `key:"web_timeout" min:"1"`
		UserAgent  string        `key:"user_agent"`
		// MinConfidence is the least confidence of a claim.
		MinConfidence float64 `key:"min_confidence" min:"0" max:"1"`
		// Gazetteers are files of names that go before all others.
		Gazetteers []string `key:"gazetteers"`
	} `key:"build"`
	Query struct {
		Limit   int           `key:"limit" min:"-1"`
		Timeout time.Duration `key:"timeout" min:"1"`
	} `key:"query"`
	Serve struct {
		Listen    string   `key:"listen"`
		Write     bool     `key:"write"`
		Token     string   `key:"token" empty:"yes" secret:"yes"`
		TokenFile string   `key:"token_file" empty:"yes"`
		Private   bool     `key:"private"`
		Cert      string   `key:"cert" empty:"yes"`
		Key       string   `key:"key" empty:"yes"`
		Metrics   string   `key:"metrics" allowed:"local all off"`
		Origins   []string `key:"origins"`
		Hosts     []string `key:"hosts"`
		MaxBody   Bytes    `key:"max_body" min:"1"`
	} `key:"serve"`
	Log struct {
		Level  string `key:"level" allowed:"error warn info debug"`
		Format string `key:"format" allowed:"text json"`
	} `key:"log"`
	// origins tells for each key where its value comes from: "default", a file, a variable or a flag.
	origins map[string]string
}

// Bytes is a size; 10MB reads as 10 << 20.
type Bytes int64

func (b Bytes) String() string {
	for _, u := range byteUnits {
		if b != 0 && int64(b)%u.size == 0 {
			return strconv.FormatInt(int64(b)/u.size, 10) + u.name
		}
	}
	return strconv.FormatInt(int64(b), 10)
}

var byteUnits = []struct {
	name string
	size int64
}{{"GB", 1 << 30}, {"MB", 1 << 20}, {"kB", 1 << 10}}

// defaultConfig is what holds where nothing else is said; config.yaml says the same.
func defaultConfig() *Config {
	c := &Config{BaseIRI: graph.DefaultBaseIRI, origins: map[string]string{}}
	c.Store.Path = "kg.db"
	c.Store.Backend = "kg"
	c.Store.Text = true
	c.Build.Language = "en"
	c.Build.MaxArticle = article.DefaultMaxBytes
	c.Build.WebTimeout = 30 * time.Second
	c.Build.UserAgent = "kg"
	c.Build.MinConfidence = resolve.DefaultMinConfidence
	c.Build.Gazetteers = []string{}
	c.Query.Limit = graph.DefaultLimit
	c.Query.Timeout = graph.DefaultTimeout
	c.Serve.Listen = web.DefaultAddr
	c.Serve.MaxBody = 16 << 20
	c.Serve.Metrics = string(web.MetricsLocal)
	c.Serve.Origins = []string{}
	c.Serve.Hosts = []string{}
	c.Log.Level = "info"
	c.Log.Format = "text"
	return c
}

// setting is one key of a Config.
type setting struct {
	key   string
	field reflect.StructField
	value reflect.Value
}

// env is the name of the environment variable that sets it.
func (s setting) env() string {
	return envPrefix + "_" + strings.ToUpper(strings.ReplaceAll(s.key, ".", "_"))
}

// settings lists every key of c in the order of the struct.
func (c *Config) settings() []setting {
	var list []setting
	var walk func(prefix string, v reflect.Value)
	walk = func(prefix string, v reflect.Value) {
		for i := range v.NumField() {
			f := v.Type().Field(i)
			name := f.Tag.Get("key")
			switch {
			case name == "":
			case f.Type.Kind() == reflect.Struct:
				walk(prefix+name+".", v.Field(i))
			default:
				list = append(list, setting{prefix + name, f, v.Field(i)})
			}
		}
	}
	walk("", reflect.ValueOf(c).Elem())
	return list
}

// flagKeys names the setting that a flag sets, on whichever command it stands.
var flagKeys = map[string]string{
	"store": "store.path", "backend": "store.backend", "base-iri": "base_iri", "schema": "schema_dir",
	"log-level": "log.level", "log-format": "log.format",
	"workers": "build.workers", "language": "build.language", "max-article": "build.max_article",
	"min-confidence": "build.min_confidence",
	"limit":          "query.limit", "timeout": "query.timeout",
	"listen": "serve.listen", "write": "serve.write", "host": "serve.hosts", "token-file": "serve.token_file", "private": "serve.private",
}

// setsKey says whether the flag of cmd is that of flagKeys. How much of a list kg entity, claim and event show has nothing to do with queries.
func setsKey(cmd *cobra.Command, flag string) bool {
	return flag != "limit" || !cmd.HasParent() || !slices.Contains([]string{"entity", "claim", "event"}, cmd.Parent().Name())
}

// loadConfig reads file, environment and the flags of cmd, in rising order of weight. file is "" for config.yaml of the
// working folder, if it is there. Errors name the place, the key, the value and what would be right.
func loadConfig(cmd *cobra.Command, file string) (*Config, error) {
	c := defaultConfig()
	settings := c.settings()
	v := viper.New()
	place := file
	if file == "" {
		if _, err := os.Stat(configFile); err == nil {
			place = configFile
		}
	}
	if place != "" {
		v.SetConfigFile(place)
		v.SetConfigType("yaml")
		if err := v.ReadInConfig(); err != nil {
			return nil, fmt.Errorf("%s: %w", place, plainPath(err))
		}
		if err := knownKeys(v, place, settings); err != nil {
			return nil, err
		}
	}
	for _, s := range settings {
		if v.IsSet(s.key) { // variables and flags are not bound yet
			c.origins[s.key] = place
		}
		if err := v.BindEnv(s.key, s.env()); err != nil {
			return nil, err
		}
		if os.Getenv(s.env()) != "" {
			c.origins[s.key] = s.env()
		}
	}
	for name, key := range flagKeys {
		if f := cmd.Flags().Lookup(name); f != nil && f.Changed && setsKey(cmd, name) {
			if err := v.BindPFlag(key, f); err != nil {
				return nil, err
			}
			c.origins[key] = "--" + name
		}
	}
	for _, s := range settings {
		origin, ok := c.origins[s.key]
		if !ok {
			c.origins[s.key] = "default"
			continue
		}
		if err := s.set(v.Get(s.key)); err != nil {
			return nil, usageError{fmt.Errorf("%s: %s: %w", origin, s.key, err)}
		}
	}
	if c.Serve.Token != "" && c.Serve.TokenFile != "" {
		return nil, usageError{fmt.Errorf("serve.token (%s) and serve.token_file (%s) are both set; one of them will do",
			c.origins["serve.token"], c.origins["serve.token_file"])}
	}
	if (c.Serve.Cert == "") != (c.Serve.Key == "") {
		return nil, usageError{fmt.Errorf("serve.cert (%s) and serve.key (%s) go together", c.origins["serve.cert"], c.origins["serve.key"])}
	}
	if !strings.Contains(c.BaseIRI, ":") || strings.ContainsAny(c.BaseIRI, "<>\"{}|\\^` ") || !strings.HasSuffix(c.BaseIRI, "/") && !strings.HasSuffix(c.BaseIRI, "#") {
		return nil, usageError{fmt.Errorf("%s: base_iri: %q is not an IRI that ends in / or #", c.origins["base_iri"], c.BaseIRI)}
	}
	return c, nil
}

// knownKeys refuses a key of the file that is none, and names the one that was probably meant.
func knownKeys(v *viper.Viper, place string, settings []setting) error {
	var keys, sections []string
	for _, s := range settings {
		keys = append(keys, s.key)
		if section, _, ok := strings.Cut(s.key, "."); ok && !slices.Contains(sections, section) {
			sections = append(sections, section)
		}
	}
	given := v.AllKeys()
	slices.Sort(given)
	for _, k := range given {
		switch {
		case slices.Contains(keys, k):
		case slices.Contains(sections, k):
			if v.Get(k) != nil { // a section with nothing in it is fine
				return usageError{fmt.Errorf("%s: %s holds settings of its own, such as %s", place, k, keys[slices.IndexFunc(keys, func(key string) bool { return strings.HasPrefix(key, k+".") })])}
			}
		default:
			return usageError{fmt.Errorf("%s: unknown key %s; did you mean %s?", place, k, nearest(k, keys))}
		}
	}
	return nil
}

// nearest is the name in names with the fewest letters to change from s; the part after the dot decides where s has none.
func nearest(s string, names []string) string {
	best, score := "", math.MaxInt
	for _, n := range names {
		d := editDistance(s, n)
		if _, last, ok := strings.Cut(n, "."); ok && !strings.Contains(s, ".") {
			d = min(d, editDistance(s, last)+1)
		}
		if d < score {
			best, score = n, d
		}
	}
	return best
}

// editDistance counts the letters to insert, delete or replace between a and b.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}

// set gives the setting a value from a file (any YAML type), a variable or a flag (strings).
func (s setting) set(raw any) error {
	text := strings.TrimSpace(fmt.Sprint(raw))
	if raw == nil {
		text = ""
	}
	least := math.Inf(-1)
	if m := s.field.Tag.Get("min"); m != "" {
		least, _ = strconv.ParseFloat(m, 64)
	}
	switch p := s.value.Addr().Interface().(type) {
	case *string:
		if _, scalar := raw.(string); !scalar && raw != nil && reflect.TypeOf(raw).Kind() > reflect.Complex128 {
			return fmt.Errorf("%v is not a text", raw)
		}
		if allowed := strings.Fields(s.field.Tag.Get("allowed")); len(allowed) > 0 && !slices.Contains(allowed, text) {
			return fmt.Errorf("%q is not one of %s", text, strings.Join(allowed, ", "))
		}
		if s.field.Tag.Get("empty") == "" && text == "" {
			return errors.New("must not be empty")
		}
		*p = text
	case *bool:
		b, err := strconv.ParseBool(text)
		if err != nil {
			return fmt.Errorf("%q is not true or false", text)
		}
		*p = b
	case *int:
		n, err := strconv.Atoi(text)
		if err != nil || float64(n) < least {
			return fmt.Errorf("%q is not a whole number from %v on", text, least)
		}
		*p = n
	case *float64:
		most, _ := strconv.ParseFloat(s.field.Tag.Get("max"), 64)
		n, err := strconv.ParseFloat(text, 64)
		if err != nil || !(n >= least && n <= most) {
			return fmt.Errorf("%q is not a number from %v to %v", text, least, most)
		}
		*p = n
	case *Bytes:
		n, err := parseBytes(text)
		if err != nil || float64(n) < least {
			return fmt.Errorf("%q is not a size such as 500kB, 10MB or 1GB", text)
		}
		*p = n
	case *time.Duration:
		d, err := time.ParseDuration(text)
		if err != nil || float64(d) < least {
			return fmt.Errorf("%q is not a time such as 500ms, 30s or 2m", text)
		}
		*p = d
	case *[]string:
		switch list := raw.(type) {
		case []any:
			*p = []string{}
			for _, e := range list {
				*p = append(*p, fmt.Sprint(e))
			}
		case []string:
			*p = list
		default:
			*p = strings.FieldsFunc(strings.Trim(text, "[]"), func(r rune) bool { return r == ',' || r == ' ' })
		}
	default:
		panic(fmt.Sprintf("setting %s has a type that kg does not read", s.key))
	}
	return nil
}

// parseBytes reads a size: a number with kB, MB or GB (also as KB, KiB, k …), or without for bytes.
func parseBytes(s string) (Bytes, error) {
	digits := strings.TrimRight(s, "kKmMgGiIbB ")
	unit := strings.ToLower(strings.TrimSpace(s[len(digits):]))
	n, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
	if err != nil || math.IsNaN(n) {
		return 0, fmt.Errorf("not a number: %q", s)
	}
	switch strings.TrimSuffix(strings.TrimSuffix(unit, "b"), "i") {
	case "":
	case "k":
		n *= 1 << 10
	case "m":
		n *= 1 << 20
	case "g":
		n *= 1 << 30
	default:
		return 0, fmt.Errorf("unknown unit %q", unit)
	}
	if n < 0 || n > 1<<50 {
		return 0, fmt.Errorf("out of range: %q", s)
	}
	return Bytes(n), nil
}

// strangeVariables lists the environment variables that look like settings and are none. KG_DATA is where evaluation data
// lies, KG_TOOLS where tests find a reference scorer.
func strangeVariables() (names []string) {
	known := []string{"KG_DATA", "KG_TOOLS"}
	for _, s := range defaultConfig().settings() {
		known = append(known, s.env())
	}
	for _, pair := range os.Environ() {
		if name, value, _ := strings.Cut(pair, "="); value != "" && strings.HasPrefix(name, envPrefix+"_") && !slices.Contains(known, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func nearestVariable(name string) string {
	var known []string
	for _, s := range defaultConfig().settings() {
		known = append(known, s.env())
	}
	return nearest(name, known)
}

// print lists the settings with their origins.
func (c *Config) print(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	for _, s := range c.settings() {
		value := fmt.Sprint(s.value.Interface())
		switch {
		case value == "":
			value = `""`
		case s.field.Tag.Get("secret") != "":
			value = "(not shown)"
		}
		fmt.Fprintf(tw, "%s\t%s\t(%s)\n", s.key, value, c.origins[s.key])
	}
	return tw.Flush()
}

func newConfigCommand(app *app) *cobra.Command {
	return &cobra.Command{
		Use:   "config",
		Short: "Print the settings in force and where each comes from",
		Long: "Config prints every setting with its value and where that comes from: a default, config.yaml of the working folder (or\n" +
			"the file given by --config), an environment variable (store.path is KG_STORE_PATH) or a flag.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return app.config.print(cmd.OutOrStdout()) },
	}
}
