/*
 * Lists that ascend by entity id. Of a list of plain ids the places in `[from, to)` count; such
 * lists are all of one type of array, which keeps these loops fast.
 */

/** First place whose id is not below `id`, searched by halves; `to` when all are below. */
export function seekId(ids: Uint32Array, from: number, to: number, id: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ids[middle]! < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Place of an id; -1 when it is not there. */
export function findId(ids: Uint32Array, from: number, to: number, id: number): number {
  const place = seekId(ids, from, to, id);
  return place < to && ids[place] === id ? place : -1;
}

/**
 * As {@linkcode seekId}, but step by step: for walks along two lists at once, where the place is
 * mostly the first.
 */
export function walkToId(ids: Uint32Array, from: number, to: number, id: number): number {
  let place = from;
  while (place < to && ids[place]! < id) place++;
  return place;
}

/** As {@linkcode walkToId}, along a list of entities. */
export function walkToEntity(
  entities: readonly { readonly id: number }[],
  from: number,
  id: number,
): number {
  let place = from;
  while (place < entities.length && entities[place]!.id < id) place++;
  return place;
}

/** Entities in ascending order of id: the list itself where it is that already. */
export function byAscendingId<T extends { readonly id: number }>(
  entities: readonly T[],
): readonly T[] {
  for (let i = 1; i < entities.length; i++) {
    if (entities[i - 1]!.id > entities[i]!.id) return entities.toSorted((a, b) => a.id - b.id);
  }
  return entities;
}
