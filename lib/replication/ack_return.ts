import { frameDistance } from "../core/time/frame.ts";
import { DATAGRAM_HEADER_BYTES } from "./datagrams.ts";
import { earliestArrival } from "./earliest_arrival.ts";
import type { PacketSource } from "./packet_source.ts";
import type { Ack, SimulatedConsumer } from "./simulated_consumer.ts";

/** Bytes on the wire of an ack: newest frame, 32 bits of history, headers. */
export const ACK_WIRE_BYTES: number = 4 + 4 + DATAGRAM_HEADER_BYTES;

/** The way of acks to the server: over each consumer's up link, or so many frames later. */
export class AckReturn {
  readonly #source: PacketSource;
  readonly #lagFrames: number | undefined;
  readonly #free: Ack[] = [];
  readonly #arrivals: Float64Array = new Float64Array(2);
  /** Frames from the first recorded one to the newest; the clock of acks that lag by frames. */
  #elapsedFrames = 0;
  #newestFrame: number | undefined;

  /**
   * Way on which nothing is yet.
   *
   * @param lagFrames frames after which an ack is usable; undefined to go over the link
   */
  constructor(source: PacketSource, lagFrames: number | undefined) {
    this.#source = source;
    this.#lagFrames = lagFrames;
  }

  /** Takes in the next recorded frame. */
  begin(frame: number): void {
    this.#elapsedFrames += frameDistance(frame, this.#newestFrame ?? frame);
    this.#newestFrame = frame;
  }

  /** Sends what a consumer has applied so far. */
  send(consumer: SimulatedConsumer, nowUs: number): void {
    const { frames } = consumer;
    let due: number;
    if (this.#lagFrames === undefined) {
      const copies = consumer.up.transmit(nowUs, ACK_WIRE_BYTES, this.#arrivals);
      if (copies === 0) return;
      due = earliestArrival(this.#arrivals, copies);
    } else {
      const ageFrames = frameDistance(this.#newestFrame!, frames.newest);
      due = this.#elapsedFrames - ageFrames + this.#lagFrames;
    }
    const ack = this.#free.pop() ?? { frame: 0, appliedBits: 0, epoch: 0 };
    ack.frame = frames.newest;
    ack.appliedBits = frames.appliedBits;
    ack.epoch = consumer.epoch;
    consumer.acks.push(due, ack);
  }

  /** Gives the server a consumer's acks that have arrived by now; all of them at time Infinity. */
  deliver(consumer: SimulatedConsumer, nowUs: number): void {
    const isByFrames = this.#lagFrames !== undefined && nowUs !== Infinity;
    const clock = isByFrames ? this.#elapsedFrames : nowUs;
    const { acks } = consumer;
    while (acks.nextUs <= clock && acks.length > 0) {
      const ack = acks.shift();
      this.#source.ack(consumer.index, ack.frame, ack.appliedBits, ack.epoch);
      if (ack.epoch === consumer.epoch) consumer.churn?.noteAck();
      this.#free.push(ack);
    }
  }
}
