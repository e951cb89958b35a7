package kgstore

// place is a change, by its number, with the position that it is sorted by.
type place struct {
	id uint64
	at uint32
}

// places are those of n changes as they stand.
func places(n int) []place {
	list := make([]place, n)
	for i := range list {
		list[i].at = uint32(i)
	}
	return list
}

// arrange sorts places by positions of their changes, of which the last counts most. It is stable: what was sorted by others before is
// so still among equals. A radix sort, byte by byte and of those only that differ: it takes an eighth of the time of comparing changes.
func arrange(list []place, changes []change, positions ...int) []place {
	spare := make([]place, len(list))
	for _, pos := range positions {
		some, all := uint64(0), ^uint64(0)
		for i := range list {
			id := changes[list[i].at].q[pos]
			list[i].id = id
			some, all = some|id, all&id
		}
		differ := some &^ all
		for shift := 0; shift < 64; shift += 8 {
			if byte(differ>>shift) == 0 {
				continue
			}
			var next [256]int // where the next place with this byte goes
			for i := range list {
				next[byte(list[i].id>>shift)]++
			}
			begin := 0
			for b, n := range next {
				next[b] = begin
				begin += n
			}
			for _, p := range list {
				b := byte(p.id >> shift)
				spare[next[b]] = p
				next[b]++
			}
			list, spare = spare, list
		}
	}
	return list
}
