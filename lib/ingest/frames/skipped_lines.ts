import type { EntityId, ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import { ENTITY_ID_LENGTH_MAX, EntityNames } from "../../core/names/entity_names.ts";
import { lastIndex } from "../../core/time/bisect.ts";
import { isFrame } from "../../core/time/frame.ts";
import type { EntityState, StateFrame } from "../../core/state/state.ts";
import type { Density } from "../input/density.ts";
import type { FrameLoss } from "./frame_loss.ts";

/** Frames, and entities of them, that are remembered until the frame comes. */
const PENDING_MAX = 4096;

interface Pending {
  /** Entities that a skipped row named, by the texts of their ids. */
  readonly ids: Map<string, EntityId>;
  /** True when a skipped line of the frame named no entity. */
  isUnknown: boolean;
}

type Told = ReadonlyMap<string, EntityId>;

/** Tells what frames lack because of the lines that were skipped, once the frames are complete. */
export class SkippedLines {
  readonly #isSparse: boolean;
  #names: ReadonlyEntityNames;
  readonly #onLoss: (loss: FrameLoss) => void;
  readonly #pending = new Map<number, Pending>();
  #pendingSize = 0;
  #firstPending = Infinity;
  /** The last frame that came out, and its distance to the one before. */
  #before: StateFrame | undefined;
  #step = 0;
  /** Lines that named no frame to come, and the frame at which they stood. */
  #strays = 0;
  #straysAt = 0;
  /** Frames in which an entity of such a line may be missing. */
  #suspects = 0;
  #suspect: { before: StateFrame; frame: StateFrame; told: Told } | undefined;

  /** None yet. @param names says which entities have an id */
  constructor(
    density: Density,
    onLoss: (loss: FrameLoss) => void,
    names: ReadonlyEntityNames = NUMBERS,
  ) {
    this.#names = names;
    this.#isSparse = density === "sparse";
    this.#onLoss = onLoss;
  }

  /**
   * Remembers a line that was skipped.
   *
   * @param frame what it has as its frame
   * @param id what it has as its entity
   * @param current frame that is being read, undefined before the first
   */
  skip(frame: unknown, id: unknown, current: number | undefined): void {
    const isToCome = isFrame(frame) && frame > (this.#before?.frame ?? -1);
    if (isToCome && this.#pendingSize < PENDING_MAX) {
      const pending = this.#pending.get(frame) ?? { ids: new Map(), isUnknown: false };
      const size = pending.ids.size;
      const isText = typeof id === "string" && id.length <= ENTITY_ID_LENGTH_MAX;
      if (isFrame(id) || isText) pending.ids.set(String(id), id);
      else pending.isUnknown = true;
      this.#pendingSize += pending.ids.size - size + (this.#pending.has(frame) ? 0 : 1);
      this.#pending.set(frame, pending);
      this.#firstPending = Math.min(this.#firstPending, frame);
    } else if (current !== undefined) {
      this.#strays = this.#straysAt === current ? this.#strays + 1 : 1;
      this.#straysAt = current;
      // It was of the frame that is being read, or of the next.
      this.#suspects = 2;
    }
  }

  /** Tells what is lost up to a frame that comes out now. */
  complete(frame: StateFrame): void {
    const before = this.#before;
    if (this.#suspect !== undefined) this.#tellSuspect(this.#suspect, frame);
    this.#suspect = undefined;
    if (before !== undefined && this.#strays > 0 && before.frame === this.#straysAt) {
      this.#tellGap(before.frame, frame.frame);
    }
    let told: Told = NONE;
    let isSuspect = this.#suspects > 0 && frame.frame >= this.#straysAt;
    if (isSuspect) this.#suspects--;
    if (this.#firstPending <= frame.frame) {
      this.#tellMissing(frame.frame);
      const pending = this.#take(frame.frame);
      if (pending !== undefined) {
        told = pending.ids;
        for (const id of told.values()) this.#tellEntity(id, frame);
        if (pending.isUnknown) this.#tellKept(frame);
        isSuspect ||= pending.isUnknown;
      }
      this.#firstPending = Infinity;
      for (const next of this.#pending.keys()) {
        this.#firstPending = Math.min(this.#firstPending, next);
      }
    }
    if (isSuspect && before !== undefined && !this.#isSparse) {
      this.#suspect = { before, frame, told };
    }
    this.#step = before === undefined ? 0 : frame.frame - before.frame;
    this.#before = frame;
  }

  /**
   * Tells what is lost behind the last frame, of a session or of all.
   *
   * @param names says which entities have an id in the next session
   */
  end(names: ReadonlyEntityNames = this.#names): void {
    this.#tellMissing(Infinity);
    this.#names = names;
    this.#firstPending = Infinity;
    this.#before = undefined;
    this.#suspect = undefined;
    this.#suspects = this.#strays = this.#step = 0;
  }

  /** Frames before another that never came. */
  #tellMissing(end: number): void {
    const missing = [...this.#pending.keys()].filter((frame) => frame < end);
    for (const frame of missing.sort((a, b) => a - b)) {
      const pending = this.#take(frame)!;
      // In sparse input a frame between two others exists all the same.
      const before = this.#isSparse && end < Infinity ? this.#before : undefined;
      if (before === undefined) this.#onLoss({ frame, id: undefined, keptFrame: undefined });
      else this.#tellQuiet(frame, pending, before);
    }
  }

  #tellQuiet(frame: number, { ids, isUnknown }: Pending, before: StateFrame): void {
    for (const id of ids.values()) {
      const isThere = this.#find(before, id) !== undefined;
      this.#onLoss({ frame, id, keptFrame: isThere ? before.frame : undefined });
    }
    if (isUnknown) this.#onLoss({ frame, id: undefined, keptFrame: before.frame });
  }

  #take(frame: number): Pending | undefined {
    const pending = this.#pending.get(frame);
    if (pending === undefined) return undefined;
    this.#pending.delete(frame);
    this.#pendingSize -= pending.ids.size + 1;
    return pending;
  }

  #tellEntity(id: EntityId, at: StateFrame): void {
    const { frame } = at;
    const state = this.#find(at, id);
    if (state === undefined) this.#onLoss({ frame, id, keptFrame: undefined });
    else if (this.#isSparse && this.#before && this.#find(this.#before, id) === state) {
      this.#onLoss({ frame, id, keptFrame: this.#before.frame });
    }
  }

  /** State of one of the entities that have an id. */
  #find({ entities }: StateFrame, id: EntityId): EntityState | undefined {
    for (const entity of this.#names.entitiesOf(id)) {
      const state = find(entities, entity);
      if (state !== undefined) return state;
    }
    return undefined;
  }

  /** A whole frame that is there all the same, since sparse frames hold what was before. */
  #tellKept({ frame, entities }: StateFrame): void {
    const before = this.#before;
    if (!this.#isSparse || before === undefined) return;
    const isSame = entities.length === before.entities.length &&
      entities.every((state, i) => state === before.entities[i]);
    if (isSame) this.#onLoss({ frame, id: undefined, keptFrame: before.frame });
  }

  /** Frames that an even step leads to, and that no more lines than were skipped could hold. */
  #tellGap(from: number, to: number): void {
    const steps = (to - from) / this.#step;
    const isGap = Number.isInteger(steps) && steps <= this.#strays + 1 && !this.#isSparse;
    this.#strays = 0;
    if (!isGap) return;
    for (let frame = from + this.#step; frame < to; frame += this.#step) {
      if (this.#pending.has(frame)) continue;
      this.#onLoss({ frame, id: undefined, keptFrame: undefined });
    }
  }

  /** Entities that are there before and after, but not in a frame whose line was skipped. */
  #tellSuspect(
    { before, frame, told }: { before: StateFrame; frame: StateFrame; told: Told },
    after: StateFrame,
  ): void {
    for (const { id: entity } of before.entities) {
      const id = this.#names.idOf(entity);
      if (told.has(String(id)) || find(frame.entities, entity) !== undefined) continue;
      if (find(after.entities, entity) === undefined) continue;
      this.#onLoss({ frame: frame.frame, id, keptFrame: undefined });
    }
  }
}

const NONE: Told = new Map();
const NUMBERS = new EntityNames();

/** State of an entity in a list that ascends by id. */
function find(entities: readonly EntityState[], id: number): EntityState | undefined {
  const state = entities[lastIndex(0, entities.length - 1, (i) => entities[i]!.id <= id)];
  return state?.id === id ? state : undefined;
}
