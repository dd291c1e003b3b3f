import { Receiver } from "../../mod.ts";
import { Snapshot, SnapshotLayout, WorldReader, WorldTracker } from "../../lib/world.ts";
import type { Unit } from "../states/unit.ts";
import { PERIOD, type World } from "../states/worlds.ts";
import { UNIT_WORLD } from "./unit_worlds.ts";
import type { Wire, WireEnds } from "./wire.ts";

/** How a world tracker is used. */
export interface HindcastUse {
  /** How many frames late each ack comes, 1 and above. */
  readonly lateFrames: number;
  /** True when frames come as objects, and are put into a snapshot first. */
  readonly isFilled?: boolean;
  /** True when the far end makes objects of what it holds. */
  readonly makesObjects?: boolean;
}

/** A `WorldTracker` and a `Receiver` of snapshots, of units unless another world is given. */
export function hindcastWire(name: string, use: HindcastUse, world: World = UNIT_WORLD): Wire {
  return {
    name,
    buys: "varint differences to an acked state, which any consumer that acked it may share; " +
      "whole again after every loss",
    open: () => openEnds(use, world),
  };
}

function openEnds(use: HindcastUse, { schema, frames }: World): WireEnds {
  const { lateFrames, isFilled, makesObjects } = use;
  const layout = new SnapshotLayout(schema);
  const tracker = new WorldTracker<number>(layout, "varint", { schemaHash: false });
  const receiver = new Receiver(new WorldReader(layout, "varint"), { schemaHash: false });
  const snapshots = frames.map((frame) => Snapshot.of(layout, frame));
  const filled = new Snapshot(layout);
  let held = snapshots[0]!;
  return {
    send(frame) {
      const at = frame % PERIOD;
      const snapshot = isFilled ? Snapshot.fill(filled, frames[at]!) : snapshots[at]!;
      snapshot.frame = frame;
      tracker.begin(snapshot);
      const packet = tracker.append(0);
      tracker.ack(0, frame + 1 - lateFrames);
      return packet;
    },
    receive(packet, frame) {
      // The frame is the packet's own number, which goes on while its bytes come round again.
      for (let i = 0; i < 4; i++) packet[1 + i] = frame >>> (8 * i);
      const received = receiver.receive(packet);
      if (received.outcome !== "decoded") throw new Error(`${received.outcome} at ${frame}`);
      held = received.state;
      return makesObjects ? held.toFrame().entities.length : held.words[0]!;
    },
    held: () => held.toFrame().entities.map(({ fields }) => fields as unknown as Unit),
  };
}
