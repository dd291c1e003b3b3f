package main

// slot holds one state and the frame that it belongs to.
type slot[S any] struct {
	frame    uint32
	isFilled bool
	state    S
}

// Ring keeps the states of the last frames; frames compare as sequence numbers.
type Ring[S any] struct {
	slots  []slot[S]
	newest uint32
}

// NewRing returns an empty ring for that many frames.
func NewRing[S any](size int) *Ring[S] {
	return &Ring[S]{slots: make([]slot[S], size)}
}

// Push keeps the state of a frame over that of the frame in the same slot.
func (r *Ring[S]) Push(frame uint32, state S) {
	s := &r.slots[frame%uint32(len(r.slots))]
	s.frame = frame
	s.isFilled = true
	s.state = state
	r.newest = frame
}

// At returns the state of exactly that frame; false when the ring does not hold it.
func (r *Ring[S]) At(frame uint32) (S, bool) {
	s := &r.slots[frame%uint32(len(r.slots))]
	if !s.isFilled || s.frame != frame {
		var none S
		return none, false
	}
	return s.state, true
}
