package nlp

import (
	"hash/maphash"
	"strings"
	"sync"
)

// wordCache keeps what the first layer gets from a word type, for the word types seen last. It is safe for concurrent use;
// since a value depends on its word alone, what is cached never shows in the results.
type wordCache struct {
	seed   maphash.Seed
	shards [32]cacheShard
}

// cacheShard holds two generations: when the young one is full it becomes the old one and the old one goes. A word that is
// found in the old one moves to the young one, so that frequent words stay.
type cacheShard struct {
	mu         sync.RWMutex
	limit      int
	young, old map[string][]float32
}

func newWordCache(words int) *wordCache {
	c := &wordCache{seed: maphash.MakeSeed()}
	for i := range c.shards {
		c.shards[i].limit = max(1, words/len(c.shards)/2)
		c.shards[i].young = map[string][]float32{}
	}
	return c
}

// maxCachedWord is the length in bytes from which on words (long URLs, debris) are not worth keeping.
const maxCachedWord = 40

// get returns the value of word, nil where it is not known. It must not be written to.
func (c *wordCache) get(word string) []float32 {
	if len(word) >= maxCachedWord {
		return nil
	}
	s := c.shard(word)
	s.mu.RLock()
	v, young := s.young[word]
	if !young {
		v = s.old[word]
	}
	s.mu.RUnlock()
	if !young && v != nil {
		c.put(word, v)
	}
	return v
}

// put keeps the value of word.
func (c *wordCache) put(word string, v []float32) {
	if len(word) >= maxCachedWord {
		return
	}
	s := c.shard(word)
	s.mu.Lock()
	if len(s.young) >= s.limit {
		s.old, s.young = s.young, make(map[string][]float32, s.limit)
	}
	s.young[strings.Clone(word)] = v // word is a piece of a whole article, which must not live on for it
	s.mu.Unlock()
}

func (c *wordCache) shard(word string) *cacheShard {
	return &c.shards[maphash.String(c.seed, word)%uint64(len(c.shards))]
}
