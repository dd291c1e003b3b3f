package main

import "bytes"

// Encoder turns states of type S into bytes; a user writes one per state type.
type Encoder[S any] interface {
	// Diff returns the fields of state that differ from baseline, one bit each.
	Diff(state, baseline S) uint64
	// Encode writes the masked fields.
	Encode(state S, mask uint64, out *bytes.Buffer)
	// Decode reads the masked fields; the others are the baseline's.
	Decode(in *bytes.Reader, mask uint64, baseline S) (S, error)
}
