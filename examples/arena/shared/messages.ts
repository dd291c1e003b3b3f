/**
 * What goes over the socket besides packets and acks, which are binary: JSON texts. The server and
 * the client import this file.
 */
import type { Schema } from "@hindcast/hindcast";
import type { TruthFrame } from "./schema.ts";

/** The first message to a client, and the one that a new epoch begins with. */
export interface Hello {
  readonly type: "hello";
  /** What the packets hold; a client that was built with another one is told by their hash. */
  readonly schema: Schema;
  readonly codec: string;
  readonly rateHz: number;
  /** To be sent along with every ack. */
  readonly epoch: number;
  /** The client's pilot. */
  readonly id: number;
  /** With it the client gets the same pilot again when it connects anew. */
  readonly token: string;
}

/** What the server decided on a shot. */
export interface ShotAnswer {
  readonly type: "shot";
  readonly shooter: number;
  readonly victim: number | null;
  readonly from: readonly [x: number, y: number];
  /** Where the ray met the victim; or where it ends. */
  readonly to: readonly [x: number, y: number];
  /** Where the victim stood at the time that the server went back to. */
  readonly at: readonly [x: number, y: number] | null;
  /** How far the server went back. */
  readonly rewoundMs: number;
  readonly isKill: boolean;
}

/** The whole truth at a frame, for clients that ask for it; a game would send it to nobody. */
export type TruthMessage = TruthFrame & { readonly type: "truth" };

export type ServerMessage = Hello | ShotAnswer | TruthMessage;

/** The two frames that a client drew between, and how far it was from one to the other. */
export interface Stamp {
  readonly src: number;
  readonly dst: number;
  readonly fraction: number;
}

export type ClientMessage =
  | { readonly type: "steer"; readonly x: number; readonly y: number; readonly fire: boolean }
  | { readonly type: "shot"; readonly aim: readonly [x: number, y: number]; readonly stamp: Stamp };

/**
 * Message of a client; undefined for anything that is none. Nothing in it is believed yet but its
 * form: numbers are numbers that can be computed with, and that is all.
 */
export function readClientMessage(text: string): ClientMessage | undefined {
  let message: Record<string, unknown>;
  try {
    message = Object(JSON.parse(text));
  } catch {
    return undefined;
  }
  if (message.type === "steer") {
    const { x, y, fire } = message;
    return isNumber(x) && isNumber(y) && typeof fire === "boolean"
      ? { type: "steer", x, y, fire }
      : undefined;
  }
  if (message.type !== "shot" || !Array.isArray(message.aim)) return undefined;
  const [x, y] = message.aim;
  const { src, dst, fraction } = Object(message.stamp);
  if (![x, y, src, dst, fraction].every(isNumber)) return undefined;
  return { type: "shot", aim: [x, y], stamp: { src, dst, fraction } };
}

/** Larger than any place or frame, and far from where a square of it is infinite. */
const NUMBER_MAX = 2 ** 32;

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Math.abs(value) <= NUMBER_MAX;
}
