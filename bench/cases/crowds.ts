/** A frame of a world for many consumers, who share packets or have views of their own. */
import { type View, ViewPlanner, type WorldTracker } from "../../lib/world.ts";
import type { BenchCase, Candidate } from "../harness/bench_case.ts";
import { ResultHash } from "../harness/result_hash.ts";
import { stepping, timed } from "../harness/timed.ts";
import { ackLate, snapshotAt, worldReceiver, worldTracker } from "../states/world_streams.ts";
import { ENTITIES } from "../states/worlds.ts";

/** Consumers of the case that looks at views. */
const CROWD = 50;
const HASHED_FRAMES = 20;

/** Sends one frame to consumers and tells each packet. */
type SendFrame = (frame: number, onPacket: (consumer: number, packet: Uint8Array) => void) => void;

/** Which entity a consumer is shown. */
type Shows = (consumer: number, id: number) => boolean;

/** Candidate whose steps are frames, each divided by its consumers. */
function frames(name: string, consumers: number, open: () => SendFrame): Candidate {
  const send = open();
  let frame = 0;
  let bytes = 0;
  const count = (_consumer: number, packet: Uint8Array) => void (bytes += packet.length);
  const step = () => {
    bytes = 0;
    send(frame++, count);
    return bytes;
  };
  return timed(name, stepping(step), { parts: consumers, result: heldByFirst(open()) });
}

/** Hash of what the first consumer holds after each frame. */
function heldByFirst(send: SendFrame): string {
  const receiver = worldReceiver();
  const hash = new ResultHash();
  for (let frame = 0; frame < HASHED_FRAMES; frame++) {
    send(frame, (consumer, packet) => {
      if (consumer > 0) return;
      const received = receiver.receive(packet);
      if (received.outcome !== "decoded") throw new Error(`${received.outcome} at ${frame}`);
      hash.text(JSON.stringify(received.state.toFrame().entities));
    });
  }
  return String(hash);
}

/** All consumers see the whole world, of one tracker or each of its own. */
function shared(consumers: number, trackers: number): SendFrame {
  const all = Array.from({ length: trackers }, worldTracker);
  return (frame, onPacket) => {
    for (const tracker of all) tracker.begin(snapshotAt(frame));
    for (let c = 0; c < consumers; c++) {
      const tracker = all[c % trackers]!;
      onPacket(c, tracker.append(c));
      ackLate(tracker, c, frame);
    }
  };
}

/** Consumers have views that are made anew each frame. */
function shown(shows: Shows): SendFrame {
  const tracker: WorldTracker<number> = worldTracker();
  const views: View[] = Array.from({ length: CROWD }, () => tracker.view());
  return (frame, onPacket) => {
    const world = tracker.begin(snapshotAt(frame));
    for (let c = 0; c < CROWD; c++) {
      const view = views[c]!;
      view.clear(frame, 0);
      for (let k = 0; k < world.count; k++) if (shows(c, world.ids[k]!)) view.show(world, k);
      onPacket(c, tracker.append(c, view));
      ackLate(tracker, c, frame);
    }
  };
}

/** Views are computed by distance. */
function planned(radius: number): SendFrame {
  const tracker = worldTracker();
  const interest = { radius, position: ["x", "y", "z"], ownKind: "unit" };
  const planner = new ViewPlanner(tracker, { interest });
  return (frame, onPacket) => {
    tracker.begin(snapshotAt(frame));
    planner.begin(frame * 50);
    for (let c = 0; c < CROWD; c++) {
      const plan = planner.plan(c)!;
      onPacket(c, tracker.append(c, plan.view, plan.omitted));
      ackLate(tracker, c, frame);
    }
  };
}

const everything: Shows = () => true;

/** A half of the world, another for each consumer. */
const halves: Shows = (consumer, id) =>
  (Math.imul(consumer * ENTITIES + id + 1, 0x9e3779b1) >>> 16 & 1) === 1;

const WORLD = `a frame of ${ENTITIES} units x 12 fields`;

/** The whole world for more and more consumers; views. */
export const CROWD_CASES: readonly BenchCase[] = [
  {
    name: "shared",
    title: `${WORLD} for consumers who all see it, acks 3 to 8 late, one in twenty lost`,
    unit: "ns a consumer",
    prepare: () => ({
      candidates: [
        ...[1, 10, 100, 1000, 10_000].map((consumers) =>
          frames(`${consumers} of one tracker`, consumers, () => shared(consumers, 1))
        ),
        frames("100 with a tracker each", 100, () => shared(100, 100)),
      ],
    }),
  },
  {
    name: "views",
    title: `${WORLD} for ${CROWD} consumers`,
    unit: "ns a consumer",
    prepare: () => ({
      mayDiffer: true,
      candidates: [
        frames("no views", CROWD, () => shared(CROWD, 1)),
        frames("views of everything", CROWD, () => shown(everything)),
        frames("ViewPlanner, all in reach", CROWD, () => planned(Infinity)),
        frames("ViewPlanner, some in reach", CROWD, () => planned(400)),
        frames("views of halves", CROWD, () => shown(halves)),
      ],
    }),
  },
];
