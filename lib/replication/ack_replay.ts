import { createLink } from "../net/link/create_link.ts";
import type { Link } from "../net/link/link.ts";
import { createRandoms } from "../net/link/random.ts";
import { frameDistance } from "../core/time/frame.ts";
import { ACK_WIRE_BYTES } from "./ack_return.ts";
import type { RunOptions } from "./run_options.ts";

/** An ack on its way to the server. */
export interface AckOnItsWay {
  /** When it comes, microseconds; undefined where it counts by frames. */
  readonly arrivalUs: number | undefined;
  /** The same on the clock of {@linkcode AckReplay.isBack}. */
  readonly due: number;
}

/**
 * The way of one consumer's acks to the server, drawn once more from the seed of its run: the loops
 * tell nobody of acks, of which there are as many as packets.
 */
export class AckReplay {
  readonly #up: Link;
  readonly #consumer: number;
  readonly #lagFrames: number | undefined;
  /** Frames from the first recorded one to the newest; the clock of acks that lag by frames. */
  #elapsedFrames = 0;
  #newestFrame: number | undefined;
  /** Time of the recording at which the clock of the link is 0, as in the run. */
  #originUs = 0;

  /** Way on which nothing is yet. */
  constructor({ net, seed }: RunOptions, consumer: number) {
    const lines = consumer + 1;
    this.#up = createLink(net.up, createRandoms(seed, lines, "up"), lines);
    this.#consumer = consumer;
    this.#lagFrames = net.ackLagFrames;
  }

  /** Takes in the next recorded frame, before the run does. */
  begin(frame: number, nowUs: number): void {
    if (this.#newestFrame === undefined) this.#originUs = Math.min(0, nowUs);
    this.#elapsedFrames += frameDistance(frame, this.#newestFrame ?? frame);
    this.#newestFrame = frame;
  }

  /** Sends the ack of a frame that was applied just then; undefined when it is lost. */
  send(frame: number, nowUs: number): AckOnItsWay | undefined {
    if (this.#lagFrames !== undefined) {
      const ageFrames = frameDistance(this.#newestFrame!, frame);
      return { arrivalUs: undefined, due: this.#elapsedFrames - ageFrames + this.#lagFrames };
    }
    const sendUs = nowUs - this.#originUs;
    const carriedUs = this.#up.carry(sendUs, ACK_WIRE_BYTES, this.#consumer);
    if (carriedUs < 0) return undefined;
    const arrivalUs = carriedUs + this.#originUs;
    return { arrivalUs, due: arrivalUs };
  }

  /** True when an ack has come by a time at the newest frame. */
  isBack({ due }: AckOnItsWay, nowUs: number): boolean {
    return due <= (this.#lagFrames === undefined ? nowUs : this.#elapsedFrames);
  }
}
