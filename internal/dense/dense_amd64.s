#include "textflag.h"

// 32 numbers from p on, and to p on; the biases of the first row as those of another.
#define LOAD(p, a, b, c, d) \
	VMOVUPS (p), a   \
	VMOVUPS 32(p), b \
	VMOVUPS 64(p), c \
	VMOVUPS 96(p), d

#define STORE(p, a, b, c, d) \
	VMOVUPS a, (p)   \
	VMOVUPS b, 32(p) \
	VMOVUPS c, 64(p) \
	VMOVUPS d, 96(p)

#define COPY(a, b, c, d) \
	VMOVAPS Y0, a \
	VMOVAPS Y1, b \
	VMOVAPS Y2, c \
	VMOVAPS Y3, d

// func mul1x64(dst, x, w *float32, k int)
// Y0 to Y7 are the columns; the bias comes first.
TEXT ·mul1x64(SB), NOSPLIT, $0-32
	MOVQ dst+0(FP), DI
	MOVQ x+8(FP), AX
	MOVQ w+16(FP), DX
	MOVQ k+24(FP), CX
	LEAQ 1(CX), R9
	SHLQ $7, R9 // bytes of a panel
	LOAD(DX, Y0, Y1, Y2, Y3)
	VMOVUPS (DX)(R9*1), Y4
	VMOVUPS 32(DX)(R9*1), Y5
	VMOVUPS 64(DX)(R9*1), Y6
	VMOVUPS 96(DX)(R9*1), Y7

one:
	ADDQ $128, DX
	VBROADCASTSS (AX), Y8
	VFMADD231PS (DX), Y8, Y0
	VFMADD231PS 32(DX), Y8, Y1
	VFMADD231PS 64(DX), Y8, Y2
	VFMADD231PS 96(DX), Y8, Y3
	VFMADD231PS (DX)(R9*1), Y8, Y4
	VFMADD231PS 32(DX)(R9*1), Y8, Y5
	VFMADD231PS 64(DX)(R9*1), Y8, Y6
	VFMADD231PS 96(DX)(R9*1), Y8, Y7
	ADDQ $4, AX
	DECQ CX
	JNZ  one

	STORE(DI, Y0, Y1, Y2, Y3)
	VMOVUPS Y4, 128(DI)
	VMOVUPS Y5, 160(DI)
	VMOVUPS Y6, 192(DI)
	VMOVUPS Y7, 224(DI)
	VZEROUPPER
	RET

// func mul2x32(dst, x, w *float32, k, cols, stride int)
// Y0 to Y3 are the columns of the first row, Y4 to Y7 those of the second.
TEXT ·mul2x32(SB), NOSPLIT, $0-48
	MOVQ dst+0(FP), DI
	MOVQ x+8(FP), AX
	MOVQ w+16(FP), DX
	MOVQ k+24(FP), CX
	MOVQ cols+32(FP), SI
	MOVQ stride+40(FP), BX
	LOAD(DX, Y0, Y1, Y2, Y3)
	COPY(Y4, Y5, Y6, Y7)

two:
	ADDQ $128, DX
	VBROADCASTSS (AX), Y13
	VBROADCASTSS (AX)(BX*4), Y14
	VMOVUPS (DX), Y12
	VFMADD231PS Y12, Y13, Y0
	VFMADD231PS Y12, Y14, Y4
	VMOVUPS 32(DX), Y12
	VFMADD231PS Y12, Y13, Y1
	VFMADD231PS Y12, Y14, Y5
	VMOVUPS 64(DX), Y12
	VFMADD231PS Y12, Y13, Y2
	VFMADD231PS Y12, Y14, Y6
	VMOVUPS 96(DX), Y12
	VFMADD231PS Y12, Y13, Y3
	VFMADD231PS Y12, Y14, Y7
	ADDQ $4, AX
	DECQ CX
	JNZ  two

	STORE(DI, Y0, Y1, Y2, Y3)
	LEAQ (DI)(SI*4), DI
	STORE(DI, Y4, Y5, Y6, Y7)
	VZEROUPPER
	RET

// func mul3x32(dst, x, w *float32, k, cols, stride int)
// Y0 to Y3 are the columns of the first row, Y4 to Y7 those of the second, Y8 to Y11 those of the third.
TEXT ·mul3x32(SB), NOSPLIT, $0-48
	MOVQ dst+0(FP), DI
	MOVQ x+8(FP), AX
	MOVQ w+16(FP), DX
	MOVQ k+24(FP), CX
	MOVQ cols+32(FP), SI
	MOVQ stride+40(FP), BX
	LEAQ (AX)(BX*8), R8 // third row
	LOAD(DX, Y0, Y1, Y2, Y3)
	COPY(Y4, Y5, Y6, Y7)
	COPY(Y8, Y9, Y10, Y11)

three:
	ADDQ $128, DX
	VBROADCASTSS (AX), Y13
	VBROADCASTSS (AX)(BX*4), Y14
	VBROADCASTSS (R8), Y15
	VMOVUPS (DX), Y12
	VFMADD231PS Y12, Y13, Y0
	VFMADD231PS Y12, Y14, Y4
	VFMADD231PS Y12, Y15, Y8
	VMOVUPS 32(DX), Y12
	VFMADD231PS Y12, Y13, Y1
	VFMADD231PS Y12, Y14, Y5
	VFMADD231PS Y12, Y15, Y9
	VMOVUPS 64(DX), Y12
	VFMADD231PS Y12, Y13, Y2
	VFMADD231PS Y12, Y14, Y6
	VFMADD231PS Y12, Y15, Y10
	VMOVUPS 96(DX), Y12
	VFMADD231PS Y12, Y13, Y3
	VFMADD231PS Y12, Y14, Y7
	VFMADD231PS Y12, Y15, Y11
	ADDQ $4, AX
	ADDQ $4, R8
	DECQ CX
	JNZ  three

	STORE(DI, Y0, Y1, Y2, Y3)
	LEAQ (DI)(SI*4), DI
	STORE(DI, Y4, Y5, Y6, Y7)
	LEAQ (DI)(SI*4), DI
	STORE(DI, Y8, Y9, Y10, Y11)
	VZEROUPPER
	RET

// Constants of the exponential, after Cephes (Moshier 1989): limits, 1/ln 2, ln 2 in two parts, the polynomial.
DATA consts<>+0(SB)/4, $40.0
DATA consts<>+4(SB)/4, $-40.0
DATA consts<>+8(SB)/4, $1.44269504088896341
DATA consts<>+12(SB)/4, $0.693359375
DATA consts<>+16(SB)/4, $-2.12194440e-4
DATA consts<>+20(SB)/4, $1.9875691500e-4
DATA consts<>+24(SB)/4, $1.3981999507e-3
DATA consts<>+28(SB)/4, $8.3334519073e-3
DATA consts<>+32(SB)/4, $4.1665795894e-2
DATA consts<>+36(SB)/4, $1.6666665459e-1
DATA consts<>+40(SB)/4, $5.0000001201e-1
DATA consts<>+44(SB)/4, $1.0
DATA consts<>+48(SB)/4, $-2.0
GLOBL consts<>(SB), RODATA|NOPTR, $52

// EXP sets X to exp(X), by way of T and N: 2 to the power N times exp(X - N ln 2). Y15 is 1.
#define EXP(X, T, N) \
	VBROADCASTSS consts<>+0(SB), T   \
	VMINPS       T, X, X             \
	VBROADCASTSS consts<>+4(SB), T   \
	VMAXPS       T, X, X             \
	VBROADCASTSS consts<>+8(SB), T   \
	VMULPS       T, X, T             \
	VCVTPS2DQ    T, N                \
	VCVTDQ2PS    N, T                \
	VFNMADD231PS Y14, T, X           \
	VFNMADD231PS Y13, T, X           \
	VMOVAPS      Y12, T              \
	VFMADD213PS  Y11, X, T           \
	VFMADD213PS  Y10, X, T           \
	VFMADD213PS  Y9, X, T            \
	VFMADD213PS  Y8, X, T            \
	VFMADD213PS  Y7, X, T            \
	VFMADD213PS  Y15, X, T           \
	VFMADD213PS  Y15, X, T           \
	VPSLLD       $23, N, N           \
	VPADDD       N, T, X

// func gates8(z, in, c, h *float32, n int)
TEXT ·gates8(SB), NOSPLIT, $0-40
	MOVQ z+0(FP), AX
	MOVQ in+8(FP), BX
	MOVQ c+16(FP), DI
	MOVQ h+24(FP), SI
	MOVQ n+32(FP), CX
	MOVQ CX, R8
	SHLQ $2, R8            // bytes of a gate
	LEAQ (R8)(R8*2), R9
	VBROADCASTSS consts<>+12(SB), Y14
	VBROADCASTSS consts<>+16(SB), Y13
	VBROADCASTSS consts<>+20(SB), Y12
	VBROADCASTSS consts<>+24(SB), Y11
	VBROADCASTSS consts<>+28(SB), Y10
	VBROADCASTSS consts<>+32(SB), Y9
	VBROADCASTSS consts<>+36(SB), Y8
	VBROADCASTSS consts<>+40(SB), Y7
	VBROADCASTSS consts<>+44(SB), Y15

cells:
	// forget: Y0 = c / (1+e)
	VMOVUPS (AX)(R8*1), Y1
	VADDPS  (BX)(R8*1), Y1, Y1
	EXP(Y1, Y2, Y3)
	VADDPS  Y15, Y1, Y1
	VMOVUPS (DI), Y0
	VDIVPS  Y1, Y0, Y0

	// input and cell: Y0 += (1-e) / ((1+e)(1+e'))
	VMOVUPS (AX), Y1
	VADDPS  (BX), Y1, Y1
	EXP(Y1, Y2, Y3)
	VADDPS  Y15, Y1, Y1
	VMOVUPS (AX)(R8*2), Y4
	VADDPS  (BX)(R8*2), Y4, Y4
	EXP(Y4, Y5, Y6)
	VSUBPS  Y4, Y15, Y5
	VADDPS  Y15, Y4, Y4
	VMULPS  Y1, Y4, Y4
	VDIVPS  Y4, Y5, Y5
	VADDPS  Y5, Y0, Y0
	VMOVUPS Y0, (DI)

	// output: h = (1-e) / ((1+e)(1+e'))
	VMOVUPS (AX)(R9*1), Y1
	VADDPS  (BX)(R9*1), Y1, Y1
	EXP(Y1, Y2, Y3)
	VADDPS  Y15, Y1, Y1
	VBROADCASTSS consts<>+48(SB), Y4
	VMULPS  Y0, Y4, Y4
	EXP(Y4, Y5, Y6)
	VSUBPS  Y4, Y15, Y5
	VADDPS  Y15, Y4, Y4
	VMULPS  Y1, Y4, Y4
	VDIVPS  Y4, Y5, Y5
	VMOVUPS Y5, (SI)

	ADDQ $32, AX
	ADDQ $32, BX
	ADDQ $32, DI
	ADDQ $32, SI
	SUBQ $8, CX
	JNZ  cells
	VZEROUPPER
	RET
