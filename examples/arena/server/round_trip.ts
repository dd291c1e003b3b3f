/** Round trip of one client, measured by what comes back anyway: the acks of frames. */
export class RoundTrip {
  /** Smoothed, in milliseconds; 0 before the first ack. */
  pingMs = 0;
  readonly #sentMs: Float64Array = new Float64Array(FRAMES);
  readonly #frames: Float64Array = new Float64Array(FRAMES).fill(-1);

  /** Notes when a frame was sent. */
  sent(frame: number, nowMs: number): void {
    this.#frames[frame % FRAMES] = frame;
    this.#sentMs[frame % FRAMES] = nowMs;
  }

  /** Takes in when its ack came; of a frame that was never sent, or long ago, it makes nothing. */
  acked(frame: number, nowMs: number): void {
    if (this.#frames[frame % FRAMES] !== frame) return;
    // A second ack of the frame would tell of another journey.
    this.#frames[frame % FRAMES] = -1;
    const ms = nowMs - this.#sentMs[frame % FRAMES]!;
    this.pingMs += (ms - this.pingMs) * (this.pingMs === 0 ? 1 : 0.1);
  }
}

const FRAMES = 128;
