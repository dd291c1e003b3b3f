/**
 * What each player is sent: the part of the world that is near, as a difference to the newest frame
 * that is known to have arrived, within a budget.
 */
import { decodeAck } from "@hindcast/hindcast";
import { replicationFacts } from "@hindcast/hindcast/report";
import { type Snapshot, ViewPlanner, WorldTracker } from "@hindcast/hindcast/world";
import { RATE_HZ, VIEW_RADIUS } from "../shared/rules.ts";
import { CODEC, toWire, wire } from "../shared/schema.ts";

/** What a player is sent at most, in kilobits a second. */
const BUDGET_KBPS = 256;
/** Frames that may wait for their acks: half a second, the longest round trip that gets every frame. */
const BEHIND_FRAMES_MAX = RATE_HZ / 2;
/** What a packet takes besides itself: the headers of IPv4, TCP with timestamps, and WebSocket. */
const HEADER_BYTES = 20 + 32 + 4;

/** Nothing is ever shown wrong: a packet is against what the player is known to hold. */
const POLICY = "strict";
/** A player sees what is near his pilot. */
const INTEREST = { radius: VIEW_RADIUS, position: ["x", "y"], ownKind: "pilot" };

/** Facts for the recording, so that `hindcast report` needs no option. */
export const REPLICATION_FACTS: Record<string, string> = replicationFacts({
  policy: POLICY,
  codec: CODEC,
  interest: INTEREST,
  budgetKbps: BUDGET_KBPS,
  wire: wire.schema,
  consumers: 16,
  nets: ["none", "4g"],
});

export class Replication {
  readonly #tracker: WorldTracker<number> = new WorldTracker(wire.layout, CODEC, {
    policy: POLICY,
  });
  readonly #planner: ViewPlanner = new ViewPlanner(this.#tracker, {
    interest: INTEREST,
    budgetKbps: BUDGET_KBPS,
    datagramHeaderBytes: HEADER_BYTES,
  });

  /**
   * A player is there, on a new socket: whatever the one before was sent is forgotten, and acks that
   * are still on their way from it are dead.
   *
   * @returns the epoch, which the client has to send along with its acks
   */
  join(player: number): number {
    this.#tracker.reset(player);
    this.#planner.reset(player);
    this.#planner.interest!.own(player, player);
    return this.#tracker.epoch(player);
  }

  /** A player is gone for good. */
  leave(player: number): void {
    this.#tracker.remove(player);
    this.#planner.remove(player);
  }

  /** The next frame, for all. */
  begin(snapshot: Snapshot): void {
    this.#tracker.begin(toWire.convert(snapshot));
    this.#planner.begin(snapshot.timeMs);
  }

  /** Packet of the frame for a player; undefined when his budget allows none now. */
  packet(player: number): Uint8Array | undefined {
    const plan = this.#planner.plan(player);
    if (plan === undefined) return undefined;
    const packet = this.#tracker.append(player, plan.view, plan.omitted);
    this.#planner.spend(player, packet.length + HEADER_BYTES);
    // The tracker writes its next packet into the same memory, and a socket may hold on to it.
    return packet.slice();
  }

  /** Takes in an ack. @returns its frame; undefined for bytes that are none */
  ack(player: number, bytes: Uint8Array): number | undefined {
    const ack = decodeAck(bytes);
    if (ack === undefined) return undefined;
    this.#tracker.ack(player, ack.frame, ack.appliedBits, ack.epoch);
    return ack.frame;
  }

  /**
   * True for a player who does not keep up: his acks tell, where the system's buffers hide what waits.
   * He is sent a frame a second all the same, so that no lost ack silences him.
   */
  isBehind(player: number, frame: number): boolean {
    return this.#tracker.unackedFrames(player) > BEHIND_FRAMES_MAX && frame % RATE_HZ !== 0;
  }

  /** Newest frame that a player is known to hold; undefined before the first ack. */
  ackedFrame(player: number): number | undefined {
    return this.#tracker.ackedFrame(player);
  }
}
