/**
 * The bottleneck of each line of a link: packets leave it one after the other, and few fit into its
 * queue.
 */
export interface Capacity {
  /**
   * When a packet has left the bottleneck, or -1 if the queue was full.
   *
   * @param sendUs when it comes to the queue, whole microseconds, never before the packet before it
   * @param wireBytes its size with headers, above 0
   * @param line on which; the first unless given
   * @throws {RangeError} if `sendUs` goes back
   */
  departUs(sendUs: number, wireBytes: number, line?: number): number;
}
