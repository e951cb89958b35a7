package kgstore

// recent is a cache of what was used of late, in two generations: when the new one has limit entries the old one goes.
type recent[K comparable, V any] struct {
	new, old map[K]V
}

func (r *recent[K, V]) get(k K, limit int) (v V, ok bool) {
	if v, ok = r.new[k]; ok {
		return v, true
	}
	if v, ok = r.old[k]; ok {
		r.put(k, v, limit)
	}
	return v, ok
}

func (r *recent[K, V]) put(k K, v V, limit int) {
	if r.new == nil || len(r.new) >= limit {
		r.old, r.new = r.new, make(map[K]V, min(limit, 2*len(r.new)))
	}
	r.new[k] = v
}

func (r *recent[K, V]) drop(k K) {
	delete(r.new, k)
	delete(r.old, k)
}
