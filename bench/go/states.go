package main

// Period is the number of states after which they come round again.
const Period = 1024

// roller draws words of a fixed sequence, the same as in seed_states.ts.
type roller uint32

// roll returns a number from 0 to sides - 1.
func (r *roller) roll(sides uint32) int32 {
	*r = *r*1664525 + 1013904223
	return int32((uint64(*r) * uint64(sides)) >> 32)
}

// makeUnits returns the states of one unit: each frame one field in ten moves by -20 to 20.
func makeUnits() []Unit {
	r := roller(1)
	var words [12]int32
	for i := range words {
		words[i] = r.roll(1000)
	}
	units := make([]Unit, Period)
	for frame := range units {
		for i := range words {
			if r.roll(10) == 0 {
				words[i] += r.roll(41) - 20
			}
		}
		units[frame] = unitOf(words)
	}
	return units
}

func unitOf(w [12]int32) Unit {
	return Unit{w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8], w[9], w[10], w[11]}
}

func (u *Unit) words() [12]int32 {
	return [12]int32{
		u.X, u.Y, u.Z, u.Yaw, u.Pitch, u.Roll, u.HP, u.Ammo, u.Team, u.Anim, u.Item, u.Flags,
	}
}

// digest is an FNV-1a hash of words.
type digest uint32

func newDigest() digest { return 0x811c9dc5 }

func (d *digest) add(word uint32) {
	for i := 0; i < 4; i++ {
		*d = (*d ^ digest(word&0xff)) * 0x01000193
		word >>= 8
	}
}

func (d *digest) addUnit(unit *Unit) {
	for _, word := range unit.words() {
		d.add(uint32(word))
	}
}
