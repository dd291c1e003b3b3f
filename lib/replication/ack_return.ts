import { frameDistance } from "../core/time/frame.ts";
import type { SimulatedConsumers } from "./simulated_consumers.ts";
import { DATAGRAM_HEADER_BYTES } from "./packet/datagrams.ts";
import type { PacketSource } from "./packet_source.ts";

/** Bytes on the wire of an ack: newest frame, 32 bits of history, headers. */
export const ACK_WIRE_BYTES: number = 4 + 4 + DATAGRAM_HEADER_BYTES;

/** The way of acks to the server: over each consumer's up link, or so many frames later. */
export class AckReturn {
  readonly #consumers: SimulatedConsumers;
  readonly #source: PacketSource;
  readonly #lagFrames: number | undefined;
  /** Frames from the first recorded one to the newest; the clock of acks that lag by frames. */
  #elapsedFrames = 0;
  #newestFrame: number | undefined;

  /**
   * Way on which nothing is yet.
   *
   * @param lagFrames frames after which an ack is usable; undefined to go over the link
   */
  constructor(consumers: SimulatedConsumers, source: PacketSource, lagFrames: number | undefined) {
    this.#consumers = consumers;
    this.#source = source;
    this.#lagFrames = lagFrames;
  }

  /** Takes in the next recorded frame. */
  begin(frame: number): void {
    this.#elapsedFrames += frameDistance(frame, this.#newestFrame ?? frame);
    this.#newestFrame = frame;
  }

  /** Lets a consumer acknowledge the frame that it has just applied, and those before it. */
  send(consumer: number, frame: number, nowUs: number): void {
    const { up, acks, appliedBits, epochs } = this.#consumers;
    let due: number;
    if (this.#lagFrames === undefined) {
      due = up.carry(nowUs, ACK_WIRE_BYTES, consumer);
      if (due < 0) return;
    } else {
      const ageFrames = frameDistance(this.#newestFrame!, frame);
      due = this.#elapsedFrames - ageFrames + this.#lagFrames;
    }
    const at = acks.push(consumer, due);
    const { words } = acks;
    words[at] = frame;
    words[at + 1] = appliedBits[consumer]!;
    words[at + 2] = epochs[consumer]!;
  }

  /** Gives the server a consumer's acks that have arrived by now; all of them at time Infinity. */
  deliver(consumer: number, nowUs: number): void {
    const isByFrames = this.#lagFrames !== undefined && nowUs !== Infinity;
    const clock = isByFrames ? this.#elapsedFrames : nowUs;
    const { acks, epochs, churn } = this.#consumers;
    while (acks.nextUs[consumer]! <= clock && acks.length(consumer) > 0) {
      const at = acks.shift(consumer);
      const { words } = acks;
      const epoch = words[at + 2]!;
      this.#source.ack(consumer, words[at]! >>> 0, words[at + 1]!, epoch);
      if (epoch === epochs[consumer]) churn?.noteAck(consumer);
    }
  }
}
