"""A bidirectional LSTM layer whose products are in bfloat16; its gradients by weights are one product over all steps."""

import torch

kind = torch.bfloat16  # of the factors of all products


def bfloat(x):
    return x.to(kind)


class Run(torch.autograd.Function):
    """One direction. x: rows of all steps, the longest sentences first in each; sizes: rows of each step."""

    @staticmethod
    def forward(ctx, x, wi, wh, bias, sizes, reverse):
        H = wh.shape[1]
        offsets, at = [], 0
        for n in sizes:
            offsets.append(at)
            at += n
        x16, wi16, wh16 = bfloat(x), bfloat(wi), bfloat(wh)
        z = (x16 @ wi16.t()).float().add_(bias)
        C, O, Tc = x.new_empty(at, H), x.new_empty(at, H), x.new_empty(at, H)
        wt = wh16.t()
        h = c = None
        steps = range(len(sizes) - 1, -1, -1) if reverse else range(len(sizes))
        for t in steps:
            a, n = offsets[t], sizes[t]
            zt = z[a : a + n]
            if h is not None:
                k = min(n, h.shape[0])
                zt[:k] += (bfloat(h[:k]) @ wt)
            zt[:, : 2 * H].sigmoid_()
            zt[:, 2 * H : 3 * H].tanh_()
            zt[:, 3 * H :].sigmoid_()
            ct = torch.mul(zt[:, :H], zt[:, 2 * H : 3 * H], out=C[a : a + n])
            if c is not None:
                ct[:k].addcmul_(zt[:k, H : 2 * H], c[:k])
            tc = torch.tanh(ct, out=Tc[a : a + n])
            h, c = torch.mul(zt[:, 3 * H :], tc, out=O[a : a + n]), ct
        ctx.save_for_backward(x16, wi16, wh16, z, C, O, Tc)
        ctx.sizes, ctx.offsets, ctx.reverse = sizes, offsets, reverse
        return O

    @staticmethod
    def backward(ctx, dO):
        x16, wi16, wh16, z, C, O, Tc = ctx.saved_tensors
        sizes, offsets, H = ctx.sizes, ctx.offsets, wh16.shape[1]
        T = len(sizes)
        dP = torch.empty_like(z)
        P = torch.zeros_like(O)  # the state before each row
        dh = dc = None
        steps = range(T) if ctx.reverse else range(T - 1, -1, -1)
        for t in steps:
            a, n = offsets[t], sizes[t]
            g = dO[a : a + n].clone()
            if dh is not None:
                k = min(n, dh.shape[0])
                g[:k] += dh[:k]
            i, f, u, o = (z[a : a + n, j * H : (j + 1) * H] for j in range(4))
            tc = Tc[a : a + n]
            d = g * o
            d.addcmul_(d * tc, tc, value=-1)
            if dc is not None:
                d[:k] += dc[:k]
            p = dP[a : a + n]
            # derivatives of the gates
            q = t + 1 if ctx.reverse else t - 1
            if 0 <= q < T:
                m = min(n, sizes[q])
                b = offsets[q]
                P[a : a + m] = O[b : b + m]
                pf = p[:, H : 2 * H]
                pf[m:] = 0
                torch.mul(d[:m], C[b : b + m], out=pf[:m])
                ff = f[:m]
                pf[:m].mul_(ff * (1 - ff))
            else:
                m = 0
                p[:, H : 2 * H] = 0
            torch.mul(d * u, i * (1 - i), out=p[:, :H])
            torch.mul(d * i, 1 - u * u, out=p[:, 2 * H : 3 * H])
            torch.mul(g * tc, o * (1 - o), out=p[:, 3 * H :])
            if m:
                dc = d[:m] * f[:m]
                dh = bfloat(p[:m]) @ wh16
            else:
                dc = dh = None
        d16 = bfloat(dP)
        dt = d16.t()
        return (d16 @ wi16).float(), (dt @ x16).float(), (dt @ bfloat(P)).float(), dP.sum(0), None, None


def lstm(x, lengths, forward, backward):
    """x: sentences × words × inputs. forward and backward: weight_ih, weight_hh, bias."""
    p = torch.nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
    sizes = p.batch_sizes.tolist()
    o = torch.cat([Run.apply(p.data, *forward, sizes, False), Run.apply(p.data, *backward, sizes, True)], -1)
    o = torch.nn.utils.rnn.PackedSequence(o, p.batch_sizes, p.sorted_indices, p.unsorted_indices)
    return torch.nn.utils.rnn.pad_packed_sequence(o, batch_first=True)[0]
