/** A world of 64 units to one consumer: hindcast and its peers. */
import type { BenchCase, Candidate } from "../harness/bench_case.ts";
import { ResultHash } from "../harness/result_hash.ts";
import { stepping, timed } from "../harness/timed.ts";
import { addUnit } from "../states/seed_states.ts";
import { actorWorld, ENTITIES, PERIOD } from "../states/worlds.ts";
import type { Unit } from "../states/unit.ts";
import { COLYSEUS_WIRE } from "../wires/colyseus_wire.ts";
import { hindcastWire } from "../wires/hindcast_wire.ts";
import { javascriptPortWire } from "../wires/javascript_port.ts";
import { JSON_WIRE } from "../wires/json_wire.ts";
import { MSGPACKR_WIRE } from "../wires/msgpackr_wire.ts";
import type { Wire, WireEnds } from "../wires/wire.ts";

const LATE_FRAMES = 6;
const READY = hindcastWire("hindcast, acks 6 late", { lateFrames: LATE_FRAMES });
const PEERS = [COLYSEUS_WIRE, MSGPACKR_WIRE, JSON_WIRE];

const SENDERS: readonly Wire[] = [
  READY,
  hindcastWire("hindcast, acks 6 late, of objects", { lateFrames: LATE_FRAMES, isFilled: true }),
  hindcastWire("hindcast, acks 1 late, of objects", { lateFrames: 1, isFilled: true }),
  javascriptPortWire(LATE_FRAMES),
  ...PEERS,
];

const RECEIVERS: readonly Wire[] = [
  READY,
  hindcastWire("hindcast, acks 6 late, to objects", {
    lateFrames: LATE_FRAMES,
    makesObjects: true,
  }),
  hindcastWire("hindcast, acks 1 late, to objects", { lateFrames: 1, makesObjects: true }),
  ...PEERS,
];

/** What came over a wire: packets of two periods, the hash of what was held after each. */
interface Passage {
  readonly ends: WireEnds;
  readonly packets: readonly Uint8Array[];
  readonly result: string;
  readonly bytes: number;
}

function addState(hash: ResultHash, state: object): void {
  if ("roll" in state) addUnit(hash, state as Unit);
  else hash.text(JSON.stringify(state));
}

/** Brings two periods over: the second goes on from its own end as it does from the first. */
function bringOver(wire: Wire): Passage {
  const ends = wire.open();
  const hash = new ResultHash();
  const packets: Uint8Array[] = [];
  let bytes = 0;
  for (let frame = 0; frame < 2 * PERIOD; frame++) {
    const packet = ends.send(frame).slice();
    packets.push(packet);
    if (frame >= PERIOD) bytes += packet.length;
    ends.receive(packet, frame);
    for (const state of ends.held()) addState(hash, state);
  }
  return { ends, packets, result: String(hash), bytes: bytes / PERIOD };
}

function sender(wire: Wire): Candidate {
  const { ends, result, bytes } = bringOver(wire);
  let frame = 2 * PERIOD;
  const step = () => ends.send(frame++).length;
  return timed(wire.name, stepping(step), { parts: ENTITIES, result, bytes, buys: wire.buys });
}

function receiver(wire: Wire): Candidate {
  const { ends, packets, result, bytes } = bringOver(wire);
  let frame = 2 * PERIOD;
  const step = () => ends.receive(packets[PERIOD + frame % PERIOD]!, frame++);
  return timed(wire.name, stepping(step), { parts: ENTITIES, result, bytes, buys: wire.buys });
}

/** The same with other fields, which units cannot be held against. */
function actors(): Candidate[] {
  const use = { lateFrames: LATE_FRAMES };
  const world = actorWorld();
  return [
    sender(hindcastWire("hindcast, acks 6 late", use, world)),
    sender(hindcastWire("hindcast, acks 6 late, of objects", { ...use, isFilled: true }, world)),
    receiver(hindcastWire("hindcast receives", use, world)),
    receiver(
      hindcastWire("hindcast receives, to objects", { ...use, makesObjects: true }, world),
    ),
  ];
}

const WORLD = `${ENTITIES} units x 12 i32 fields, one in twenty changes`;

/** Both directions. */
export const WIRE_CASES: readonly BenchCase[] = [
  {
    name: "encode",
    title: `a packet of ${WORLD}`,
    unit: "ns an entity",
    reach: [{ candidate: READY.name, figureMax: 33 }],
    prepare: () => ({ candidates: SENDERS.map(sender) }),
  },
  {
    name: "decode",
    title: `receiving ${WORLD}`,
    unit: "ns an entity",
    reach: [{ candidate: READY.name, figureMax: 30 }],
    prepare: () => ({ candidates: RECEIVERS.map(receiver) }),
  },
  {
    name: "mixed",
    title: `both of ${ENTITIES} actors x 12 fields: f32, fixed, u8, enum, bool, optional u16`,
    unit: "ns an entity",
    prepare: () => ({ candidates: actors() }),
  },
];
