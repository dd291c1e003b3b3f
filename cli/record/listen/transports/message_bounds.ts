const FIN = 0x80;
const MASK = 0x80;
/** Opcodes from here on are of control frames, which may stand amid a message. */
const CONTROL = 8;

/** Follows the bytes of a WebSocket, to say whether they end amid a message (RFC 6455, 5.2). */
export class MessageBounds {
  /** Bytes of the head of the frame at hand; none between two frames. */
  #head: number[] = [];
  /** Bytes of its payload that have not come. */
  #left = 0;
  /** True between the frames of a message. */
  #isFragmented = false;

  /** True when a message has begun that has no end yet. */
  get isAmid(): boolean {
    const [first] = this.#head;
    return this.#isFragmented || (first !== undefined && !isControl(first));
  }

  /** Takes the next bytes. */
  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      if (this.#left > 0) {
        const count = Math.min(this.#left, bytes.length - at);
        this.#left -= count;
        at += count;
      } else {
        this.#head.push(bytes[at++]!);
        if (this.#head.length < headLength(this.#head)) continue;
        this.#left = payloadLength(this.#head);
      }
      if (this.#left === 0) this.#endFrame();
    }
  }

  #endFrame(): void {
    const first = this.#head[0]!;
    if (!isControl(first)) this.#isFragmented = (first & FIN) === 0;
    this.#head = [];
  }
}

function isControl(first: number): boolean {
  return (first & 0x0f) >= CONTROL;
}

/** Bytes of a head, as far as those that came say. */
function headLength([, second]: readonly number[]): number {
  if (second === undefined) return 2;
  const length = second & 0x7f;
  return 2 + (length === 127 ? 8 : length === 126 ? 2 : 0) + ((second & MASK) === 0 ? 0 : 4);
}

function payloadLength(head: readonly number[]): number {
  const length = head[1]! & 0x7f;
  if (length < 126) return length;
  return head.slice(2, length === 126 ? 4 : 10).reduce((sum, byte) => sum * 256 + byte, 0);
}
