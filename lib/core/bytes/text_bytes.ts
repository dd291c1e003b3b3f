/*
 * Texts as UTF-8. A JavaScript text may hold halves of surrogate pairs, which UTF-8 has no bytes
 * for: they are written as the three bytes that their code unit would take (WTF-8), so that every
 * text comes back as it was.
 */

const encoder = new TextEncoder();
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Bytes of a text. */
export function encodeText(text: string): Uint8Array {
  return text.isWellFormed() ? encoder.encode(text) : encodeUnits(text);
}

/** Text of bytes that {@linkcode encodeText} wrote; undefined for any others. */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return decodeUnits(bytes);
  }
}

function encodeUnits(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code < 0xd800 || code > 0xdfff) bytes.push(...encoder.encode(character));
    else bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
  }
  return Uint8Array.from(bytes);
}

/** Splits at the three-byte forms of lone halves, between which UTF-8 has to stand. */
function decodeUnits(bytes: Uint8Array): string | undefined {
  let text = "";
  let start = 0;
  try {
    for (let at = 0; at + 2 < bytes.length; at++) {
      const isHalf = bytes[at] === 0xed && bytes[at + 1]! >= 0xa0 && bytes[at + 1]! <= 0xbf &&
        bytes[at + 2]! >= 0x80 && bytes[at + 2]! <= 0xbf;
      if (!isHalf) continue;
      text += strict.decode(bytes.subarray(start, at));
      text += String.fromCharCode(
        0xd000 | ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f),
      );
      start = at + 3;
      at += 2;
    }
    text += strict.decode(bytes.subarray(start));
  } catch {
    return undefined;
  }
  // Two halves side by side make a pair, which has four bytes of its own.
  return sameBytes(encodeText(text), bytes) ? text : undefined;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
