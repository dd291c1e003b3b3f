/**
 * Lag compensation: a shot is decided on the frames that the shooter saw when he fired, which the
 * server keeps in a ring.
 */
import { Ring } from "@hindcast/hindcast";
import type { Snapshot, StateEvent } from "@hindcast/hindcast/world";
import {
  type LiveShot,
  parseHitModel,
  parseRewindPolicy,
  rayInDirection,
  rewind,
  rewindFacts,
  shotEvent,
} from "@hindcast/hindcast/rewind";
import type { ShotAnswer, Stamp } from "../shared/messages.ts";
import { INTERP_MS, PILOT_RADIUS, RATE_HZ, SHOT_RANGE } from "../shared/rules.ts";
import type { TruthFrame } from "../shared/schema.ts";

/** Frames that a shot can go back to. */
const RING_FRAMES = RATE_HZ;
/** What can be hit. */
const model = parseHitModel([`pilot=sphere:${PILOT_RADIUS}`]);
/**
 * The client says what it drew, two frames and how far it was between them: only that is exact when
 * packets are lost. Nobody is rewound by more than 300 ms, whatever a client says.
 */
const policy = parseRewindPolicy("stamped:300");

/** Facts for the recording, so that `hindcast rewind` needs no option. */
export const REWIND_FACTS = rewindFacts({ model, policy, ringFrames: RING_FRAMES });

/** A shot that somebody wants to fire. */
export interface ShotOrder {
  /** Pilot that shoots. */
  readonly shooter: number;
  /** Where he aimed at. */
  readonly aim: readonly [x: number, y: number];
  /** What he saw then; undefined when he is not believed, and so not rewound. */
  readonly stamp: Stamp | undefined;
  /** His round trip, as the server measured it. */
  readonly pingMs: number;
}

/** What became of it: for who is told, and for the recording. */
export interface ShotVerdict {
  readonly told: Omit<ShotAnswer, "type" | "isKill">;
  readonly event: StateEvent;
}

export class Shots {
  /** The newest frames; who reads them must not change them. */
  readonly ring: Ring<Snapshot> = new Ring(RING_FRAMES);

  /** Keeps a frame. @returns the snapshot that it takes the place of, whose memory is free again */
  push(snapshot: Snapshot): Snapshot | undefined {
    return this.ring.push(snapshot.frame, snapshot);
  }

  /** Decides a shot at the newest frame; undefined when there is none, since the shooter is dead. */
  decide({ shooter, aim, stamp, pingMs }: ShotOrder): ShotVerdict | undefined {
    const newest = this.ring.newest!;
    const from = placeOf(this.ring.get(newest)!, shooter);
    if (from === undefined) return undefined;
    const [x, y] = [aim[0] - from[0], aim[1] - from[1]];
    if (x === 0 && y === 0) return undefined;
    // From where the server has him, whatever his client drew, through the point that he aimed at.
    const ray = rayInDirection([...from, 0], [x, y, 0], SHOT_RANGE);
    const { src, dst, fraction } = stamp ?? { src: newest - 1, dst: newest, fraction: 1 };
    const shot: LiveShot = {
      shooter,
      ray,
      numbers: new Map([
        ["stamp.src", src],
        ["stamp.dst", dst],
        ["stamp.fraction", fraction],
        ["ping", pingMs],
        ["interp", INTERP_MS],
      ]),
    };
    const answer = rewind(this.ring, policy, shot, { model });
    const length = Math.min(answer.distanceUnits, SHOT_RANGE);
    const { position, usedMs, victim } = answer;
    const told: ShotVerdict["told"] = {
      shooter,
      victim,
      from,
      to: [from[0] + ray.direction[0] * length, from[1] + ray.direction[1] * length],
      at: position === undefined ? null : [position[0], position[1]],
      rewoundMs: usedMs,
    };
    return { told, event: shotEvent(shot, answer) };
  }
}

function placeOf(snapshot: Snapshot, id: number): readonly [x: number, y: number] | undefined {
  const position = snapshot.find(id);
  if (position < 0) return undefined;
  const { fields } = snapshot.entity(position) as TruthFrame["entities"][number];
  return [fields.x, fields.y];
}
