import type { Frame } from "../../core/time/frame.ts";
import type { Ring } from "../../core/time/ring.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { type EntityIds, PLAIN_IDS } from "../ids/entity_ids.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { KindFields } from "./kind_fields.ts";
import type { Pose, PoseSource } from "../shape/pose.ts";

/**
 * The poses in a server's ring of snapshots, read in place.
 *
 * {@linkcode RingPoses.refresh} lists the frames that the ring holds; call it after a push and
 * before a query. Beyond its first use it allocates nothing.
 */
export class RingPoses implements PoseSource {
  /** What can be hit. */
  readonly model: HitModel;
  /** Ids that the game gives to entities. */
  readonly ids: EntityIds;
  readonly #ring: Ring<Snapshot>;
  readonly #snapshots: Snapshot[] = [];
  #length = 0;
  #layout: SnapshotLayout | undefined;
  #fields: KindFields | undefined;

  /** View of a ring. */
  constructor(ring: Ring<Snapshot>, model: HitModel, ids: EntityIds = PLAIN_IDS) {
    this.#ring = ring;
    this.model = model;
    this.ids = ids;
    this.refresh();
  }

  /** Frames in the ring at the last refresh. */
  get length(): number {
    return this.#length;
  }

  /** Lists the frames of the ring anew. */
  refresh(): this {
    const { newest, oldest } = this.#ring;
    this.#length = 0;
    if (newest === undefined || oldest === undefined) return this;
    const count = ((newest - oldest) | 0) + 1;
    for (let i = 0; i < count; i++) {
      const snapshot = this.#ring.get((oldest + i) >>> 0);
      if (snapshot !== undefined) this.#snapshots[this.#length++] = snapshot;
    }
    return this;
  }

  /** Frame at an index. */
  frameAt(index: number): Frame {
    return this.#snapshots[index]!.frame;
  }

  /** Time of the frame at an index. */
  timeMsAt(index: number): number {
    return this.#snapshots[index]!.timeMs;
  }

  /** Entities of that frame. */
  countAt(index: number): number {
    return this.#snapshots[index]!.count;
  }

  /** Entity at a position of that frame. */
  idAt(index: number, position: number): number {
    return this.#snapshots[index]!.ids[position]!;
  }

  /** Position of an entity in that frame, or -1. */
  find(index: number, id: number): number {
    return this.#snapshots[index]!.find(id);
  }

  /** Fills `out` with the pose at a position of that frame. */
  readPose(index: number, position: number, out: Pose): void {
    const snapshot = this.#snapshots[index]!;
    if (snapshot.layout !== this.#layout) {
      this.#fields = new KindFields(snapshot.layout, this.model, this.ids);
      this.#layout = snapshot.layout;
    }
    this.#fields!.readPose(snapshot, position, out);
  }
}
