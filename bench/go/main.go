// The seed, a Go package for delta snapshots, as its users write it, timed on the states of
// seed_states.ts. For each case it prints a line of JSON: CPU time of an operation in ns, and a hash
// of what consumers hold.
//
//	go run . [-operations N] [append] [crowd] [ring]
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"syscall"
)

const (
	crowd        = 1000
	ringSize     = 128
	hashedFrames = 2048
)

// bench is one case: what is timed, which returns something of its result, and the hash of what it
// comes to.
type bench struct {
	run  func(operations int) int
	hash func() digest
}

var units = makeUnits()

// appendCase appends to one consumer and acks; an operation is a frame.
func appendCase() bench {
	tracker := NewTracker[Unit](UnitEncoder{})
	frame := uint32(0)
	run := func(operations int) int {
		sum := 0
		for i := 0; i < operations; i++ {
			frame++
			sum += len(tracker.Append(7, frame, units[frame%Period]))
			tracker.Ack(7, frame)
		}
		return sum
	}
	return bench{run, func() digest { return hashOf(1) }}
}

// crowdCase appends the same state to many consumers; an operation is a consumer's part of a frame.
func crowdCase() bench {
	tracker := NewTracker[Unit](UnitEncoder{})
	frame := uint32(0)
	run := func(operations int) int {
		sum := 0
		for i := 0; i < operations; i += crowd {
			frame++
			state := units[frame%Period]
			for c := uint64(0); c < crowd; c++ {
				sum += len(tracker.Append(c, frame, state))
				tracker.Ack(c, frame)
			}
		}
		return sum
	}
	return bench{run, func() digest { return hashOf(crowd) }}
}

// hashOf returns the hash of what the last of some consumers holds, frame after frame.
func hashOf(consumers uint64) digest {
	tracker := NewTracker[Unit](UnitEncoder{})
	var held Unit
	d := newDigest()
	for frame := uint32(1); frame <= hashedFrames; frame++ {
		for c := uint64(0); c < consumers; c++ {
			packet := tracker.Append(c, frame, units[frame%Period])
			tracker.Ack(c, frame)
			if c < consumers-1 {
				continue
			}
			var err error
			if held, err = Apply[Unit](UnitEncoder{}, packet, held); err != nil {
				panic(err)
			}
			d.addUnit(&held)
		}
	}
	return d
}

// ringCase looks up states of frames around those that a ring holds; one in eight is not there.
func ringCase() bench {
	ring := NewRing[Unit](ringSize)
	for frame := uint32(0); frame < Period; frame++ {
		ring.Push(frame, units[frame])
	}
	r := roller(1)
	asked := make([]uint32, Period)
	for i := range asked {
		asked[i] = Period - 1 - uint32(r.roll(ringSize+ringSize/8))
	}
	run := func(operations int) int {
		sum := 0
		for i := 0; i < operations; i++ {
			if unit, ok := ring.At(asked[i%Period]); ok {
				sum += int(unit.X + unit.Flags)
			}
		}
		return sum
	}
	hash := func() digest {
		d := newDigest()
		for _, frame := range asked {
			unit, ok := ring.At(frame)
			if ok {
				d.addUnit(&unit)
			} else {
				d.add(frame)
			}
		}
		return d
	}
	return bench{run, hash}
}

// cpuNs is the CPU time of this process, of the collector's threads as well.
func cpuNs() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}

var cases = map[string]func() bench{"append": appendCase, "crowd": crowdCase, "ring": ringCase}

func main() {
	operations := flag.Int("operations", 2_000_000, "operations that are timed")
	flag.Parse()
	names := flag.Args()
	if len(names) == 0 {
		names = []string{"append", "crowd", "ring"}
	}
	for _, name := range names {
		make, ok := cases[name]
		if !ok {
			fmt.Fprintf(os.Stderr, "no case %q\n", name)
			os.Exit(2)
		}
		b := make()
		sum := b.run(*operations / 10)
		start := cpuNs()
		sum += b.run(*operations)
		ns := float64(cpuNs()-start) / float64(*operations)
		line := map[string]any{"case": name, "ns": ns, "sum": sum, "hash": fmt.Sprintf("%08x", b.hash())}
		if err := json.NewEncoder(os.Stdout).Encode(line); err != nil {
			panic(err)
		}
	}
}
