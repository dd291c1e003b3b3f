package main

import (
	"bytes"
	"encoding/binary"
	"io"
)

// Unit is a state of twelve fields.
type Unit struct {
	X, Y, Z, Yaw, Pitch, Roll         int32
	HP, Ammo, Team, Anim, Item, Flags int32
}

// UnitEncoder encodes units as one writes it by hand.
type UnitEncoder struct{}

// Diff returns the fields that differ.
func (UnitEncoder) Diff(state, baseline Unit) uint64 {
	var mask uint64
	if state.X != baseline.X {
		mask |= 1 << 0
	}
	if state.Y != baseline.Y {
		mask |= 1 << 1
	}
	if state.Z != baseline.Z {
		mask |= 1 << 2
	}
	if state.Yaw != baseline.Yaw {
		mask |= 1 << 3
	}
	if state.Pitch != baseline.Pitch {
		mask |= 1 << 4
	}
	if state.Roll != baseline.Roll {
		mask |= 1 << 5
	}
	if state.HP != baseline.HP {
		mask |= 1 << 6
	}
	if state.Ammo != baseline.Ammo {
		mask |= 1 << 7
	}
	if state.Team != baseline.Team {
		mask |= 1 << 8
	}
	if state.Anim != baseline.Anim {
		mask |= 1 << 9
	}
	if state.Item != baseline.Item {
		mask |= 1 << 10
	}
	if state.Flags != baseline.Flags {
		mask |= 1 << 11
	}
	return mask
}

// Encode writes the masked fields, little-endian, 4 bytes each.
func (UnitEncoder) Encode(state Unit, mask uint64, out *bytes.Buffer) {
	if mask&(1<<0) != 0 {
		putInt32(out, state.X)
	}
	if mask&(1<<1) != 0 {
		putInt32(out, state.Y)
	}
	if mask&(1<<2) != 0 {
		putInt32(out, state.Z)
	}
	if mask&(1<<3) != 0 {
		putInt32(out, state.Yaw)
	}
	if mask&(1<<4) != 0 {
		putInt32(out, state.Pitch)
	}
	if mask&(1<<5) != 0 {
		putInt32(out, state.Roll)
	}
	if mask&(1<<6) != 0 {
		putInt32(out, state.HP)
	}
	if mask&(1<<7) != 0 {
		putInt32(out, state.Ammo)
	}
	if mask&(1<<8) != 0 {
		putInt32(out, state.Team)
	}
	if mask&(1<<9) != 0 {
		putInt32(out, state.Anim)
	}
	if mask&(1<<10) != 0 {
		putInt32(out, state.Item)
	}
	if mask&(1<<11) != 0 {
		putInt32(out, state.Flags)
	}
}

// Decode mirrors Encode.
func (UnitEncoder) Decode(in *bytes.Reader, mask uint64, baseline Unit) (Unit, error) {
	state := baseline
	fields := [...]*int32{
		&state.X, &state.Y, &state.Z, &state.Yaw, &state.Pitch, &state.Roll,
		&state.HP, &state.Ammo, &state.Team, &state.Anim, &state.Item, &state.Flags,
	}
	for i, field := range fields {
		if mask&(1<<i) == 0 {
			continue
		}
		var word [4]byte
		if _, err := io.ReadFull(in, word[:]); err != nil {
			return state, err
		}
		*field = int32(binary.LittleEndian.Uint32(word[:]))
	}
	return state, nil
}

func putInt32(out *bytes.Buffer, value int32) {
	var word [4]byte
	binary.LittleEndian.PutUint32(word[:], uint32(value))
	out.Write(word[:])
}
