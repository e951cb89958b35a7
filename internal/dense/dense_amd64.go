package dense

import "golang.org/x/sys/cpu"

// accelerated says whether the kernels may be used. Tests clear it.
var accelerated = cpu.X86.HasAVX2 && cpu.X86.HasFMA

// The products of one row and two panels, two rows and one panel, three rows and one panel. cols and stride are the distances of rows
// of dst and x. Each number is the sum in order of inputs, in one accumulator, so that all give the same to the last bit.
//
//go:noescape
func mul1x64(dst, x, w *float32, k int)

//go:noescape
func mul2x32(dst, x, w *float32, k, cols, stride int)

//go:noescape
func mul3x32(dst, x, w *float32, k, cols, stride int)

// gates8 is Gates for n > 0 cells, a multiple of 8.
//
//go:noescape
func gates8(z, in, c, h *float32, n int)
