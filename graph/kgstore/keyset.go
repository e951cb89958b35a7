package kgstore

// keySet is a Bloom filter of the keys that a writer has put into the dictionary: of a key that it does not have nobody needs to look there.
// Each key has four bits in one line of 512, which is one look into memory. Of 4 million keys it passes fewer than one in a hundred wrongly.
type keySet [1 << 17][8]uint64

// line is where a key with this hash has its bits; nine bits of the hash from the lowest on say which is the first of them.
func (m *keySet) line(hash uint64) *[8]uint64 { return &m[hash>>(64-17)] }

func (m *keySet) add(hash uint64) {
	line := m.line(hash)
	for range 4 {
		line[hash>>6&7] |= 1 << (hash & 63)
		hash >>= 9
	}
}

func (m *keySet) has(hash uint64) bool {
	line := m.line(hash)
	for range 4 {
		if line[hash>>6&7]&(1<<(hash&63)) == 0 {
			return false
		}
		hash >>= 9
	}
	return true
}
