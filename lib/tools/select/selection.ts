import type { EntityId } from "../../core/names/entity_names.ts";
import type { Frame } from "../../core/time/frame.ts";

/** A part of a recording; what is left out takes all. */
export interface Selection {
  /** First frame; events that stand before it are left out. */
  readonly from?: Frame | undefined;
  /** Last frame, included; events that stand after it are left out. */
  readonly to?: Frame | undefined;
  /** Names of kinds. */
  readonly kinds?: readonly string[] | undefined;
  /** Ids of entities; `kind:id` is that of one kind. */
  readonly ids?: readonly EntityId[] | undefined;
  /** Fields, by name in every kind, or as `kind.name` in one. */
  readonly fields?: readonly string[] | undefined;
  /** `only` for events without states, `none` for states without events. */
  readonly events?: "only" | "none" | undefined;
}
