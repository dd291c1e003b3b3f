/**
 * Running 64-bit checksum of 32-bit words, the same on every runtime: two lanes of MurmurHash3's
 * step (Appleby, public domain) over words that its finalizer has mixed. So a change of a few high
 * bits, such as the signs of two numbers, reaches all bits of both lanes. It shows equality, it does
 * not resist forgery.
 */
export class Checksum {
  /** First lane, a signed word. */
  a: number = 0x9747b28c | 0;
  /** Second lane, a signed word. */
  b: number = 0x3c6ef372;

  /** Adds a 32-bit word. */
  word(value: number): void {
    let k = value ^ (value >>> 16);
    k = Math.imul(k, 0x85ebca6b);
    k ^= k >>> 13;
    k = Math.imul(k, 0xc2b2ae35);
    k ^= k >>> 16;
    const a = this.a ^ k;
    const b = this.b ^ k;
    this.a = (Math.imul((a << 13) | (a >>> 19), 5) + 0xe6546b64) | 0;
    this.b = (Math.imul((b << 15) | (b >>> 17), 0x9e3779b1) + 0x7f4a7c15) | 0;
  }

  /** Adds the two words of another checksum. */
  add(other: Checksum): void {
    this.word(other.a);
    this.word(other.b);
  }

  /** Sixteen hexadecimal digits. */
  toString(): string {
    const hex = (lane: number) => (lane >>> 0).toString(16).padStart(8, "0");
    return hex(this.a) + hex(this.b);
  }
}
