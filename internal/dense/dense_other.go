//go:build !amd64

package dense

var accelerated = false // there are no kernels

func mul1x64(dst, x, w *float32, k int)               { panic("dense: no kernel") }
func mul2x32(dst, x, w *float32, k, cols, stride int) { panic("dense: no kernel") }
func mul3x32(dst, x, w *float32, k, cols, stride int) { panic("dense: no kernel") }
func gates8(z, in, c, h *float32, n int)              { panic("dense: no kernel") }
