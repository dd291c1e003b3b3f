/**
 * Chunk of a live source that says: what came before it is all there is for now. A reading ends the
 * frame at hand there, and hands on the events that wait.
 */
export const ALL_SO_FAR: Uint8Array<ArrayBuffer> = new Uint8Array(0);

/** Chunk of a live source that says: what of events waited at the one before is to be handed on. */
export const EVENTS_SO_FAR: Uint8Array<ArrayBuffer> = new Uint8Array(0);

/** True for a chunk that is no bytes, but says something of those before it. */
export function isLiveMark(chunk: Uint8Array): boolean {
  return chunk === ALL_SO_FAR || chunk === EVENTS_SO_FAR;
}
