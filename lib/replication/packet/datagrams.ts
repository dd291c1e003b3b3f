/** Bytes of an IPv4 header without options. */
export const IP_HEADER_BYTES = 20;

/** Bytes of a UDP header. */
export const UDP_HEADER_BYTES = 8;

/** Bytes of IPv4 and UDP headers that every datagram adds. */
export const DATAGRAM_HEADER_BYTES: number = IP_HEADER_BYTES + UDP_HEADER_BYTES;

/**
 * Bytes that each datagram of a packet above the MTU adds to say which part of it is which: packet
 * number, index of the datagram, and how many there are.
 */
export const PIECE_HEADER_BYTES = 4;

/** Datagrams that carry a payload when none may hold more than `mtuBytes`. */
export function datagramCount(payloadBytes: number, mtuBytes: number): number {
  if (payloadBytes <= mtuBytes) return 1;
  return Math.ceil(payloadBytes / (mtuBytes - PIECE_HEADER_BYTES));
}

/** Bytes on the wire of a payload, headers of all its datagrams included. */
export function wireBytesOf(payloadBytes: number, mtuBytes: number): number {
  const datagrams = datagramCount(payloadBytes, mtuBytes);
  return payloadBytes + datagrams * DATAGRAM_HEADER_BYTES +
    (datagrams > 1 ? datagrams * PIECE_HEADER_BYTES : 0);
}

/**
 * Bytes on the wire of one datagram of a payload; all but the last of several are full.
 *
 * @param index of the datagram, below {@linkcode datagramCount}
 */
export function datagramBytes(payloadBytes: number, index: number, mtuBytes: number): number {
  if (payloadBytes <= mtuBytes) return payloadBytes + DATAGRAM_HEADER_BYTES;
  const room = mtuBytes - PIECE_HEADER_BYTES;
  const part = Math.min(room, payloadBytes - index * room);
  return part + PIECE_HEADER_BYTES + DATAGRAM_HEADER_BYTES;
}
