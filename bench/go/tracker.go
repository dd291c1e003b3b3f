package main

import (
	"bytes"
	"encoding/binary"
)

// entry is what a tracker remembers of one consumer.
type entry[S any] struct {
	baseline S
	isKnown  bool
	frame    uint32
	acked    uint32
	out      bytes.Buffer
}

// Tracker turns states into packets, one stream for each consumer, each packet against the state
// that was appended last.
type Tracker[S any] struct {
	encoder   Encoder[S]
	consumers map[uint64]*entry[S]
}

// NewTracker returns a tracker without consumers.
func NewTracker[S any](encoder Encoder[S]) *Tracker[S] {
	return &Tracker[S]{encoder: encoder, consumers: make(map[uint64]*entry[S])}
}

// Append returns the packet that brings a consumer to a state: frame, mask, changed fields. The
// bytes are valid until the next Append for the same consumer.
func (t *Tracker[S]) Append(consumer uint64, frame uint32, state S) []byte {
	e, ok := t.consumers[consumer]
	if !ok {
		e = &entry[S]{}
		t.consumers[consumer] = e
	}
	mask := ^uint64(0)
	if e.isKnown {
		mask = t.encoder.Diff(state, e.baseline)
	}
	e.out.Reset()
	var header [4 + binary.MaxVarintLen64]byte
	binary.LittleEndian.PutUint32(header[:], frame)
	n := binary.PutUvarint(header[4:], mask)
	e.out.Write(header[:4+n])
	t.encoder.Encode(state, mask, &e.out)
	e.baseline = state
	e.isKnown = true
	e.frame = frame
	return e.out.Bytes()
}

// Ack notes that a consumer applied a frame; a late ack changes nothing.
func (t *Tracker[S]) Ack(consumer uint64, frame uint32) bool {
	e, ok := t.consumers[consumer]
	if !ok || int32(frame-e.acked) <= 0 || int32(e.frame-frame) < 0 {
		return false
	}
	e.acked = frame
	return true
}

// Reset forgets what a consumer holds: its next packet is whole.
func (t *Tracker[S]) Reset(consumer uint64) {
	if e, ok := t.consumers[consumer]; ok {
		e.isKnown = false
		e.acked = 0
	}
}

// Apply reads a packet of Append, for a consumer that holds a state.
func Apply[S any](encoder Encoder[S], packet []byte, held S) (S, error) {
	in := bytes.NewReader(packet[4:])
	mask, err := binary.ReadUvarint(in)
	if err != nil {
		return held, err
	}
	return encoder.Decode(in, mask, held)
}
