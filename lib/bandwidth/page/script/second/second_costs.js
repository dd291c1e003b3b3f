import { visibleText } from "../../../../core/visible_text.ts";

const PARTS = {
  ip: "IP headers",
  udp: "UDP headers",
  pieces: "headers of pieces above the MTU",
  packet: "packet headers",
  entity: "entity ids and kinds",
  mask: "masks",
  tables: "enum tables, at a join",
};
/** Parts that each second of a run lists, with the bits of those that it does not. */
export function partLists(moments) {
  return moments.map(({ parts, restBits }) => ({ items: parts, restBits }));
}

/** Entities that each second of a run lists; what others take is not known, and counts as nothing. */
export function entityLists(moments) {
  return moments.map(({ entities }) => ({ items: entities, restBits: 0 }));
}

/**
 * The same, of entities that are left out the most that they can have taken: half of those listed are
 * the dearest of all.
 */
export function entityListsAtMost(moments) {
  return moments.map(({ entities, entityCount }) => ({
    items: entities,
    restBits: 0,
    unlistedBits: entityCount === undefined || entityCount > entities.length
      ? entities[Math.ceil(entities.length / 2) - 1]?.bits ?? 0
      : 0,
  }));
}

/** What tells an entity from others. */
export function entityKey({ id, kind }) {
  return JSON.stringify([kind, id]);
}

/** Kind and id of an entity, as shown. */
export function entityName({ id, kind }) {
  return visibleText([kind, id === "" ? '""' : String(id)].filter((word) => word !== "").join(" "));
}

/** Name of a part, as shown; no two parts have one. */
export function partName({ field, kind, part }) {
  return part === "field" ? visibleText(`${kind}.${field}`) : PARTS[part] ?? visibleText(part);
}
