// Loops over values have their own: engines load an imported number anew for each byte.
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const ARRAY = 0x5b;
export const BACKSLASH = 0x5c;
export const ARRAY_END = 0x5d;
export const OBJECT = 0x7b;
export const OBJECT_END = 0x7d;

const TAB = 0x09;
const RETURN = 0x0d;
const SPACE = 0x20;

/** Place of the first byte from another on that is no white space within a line. */
export function skipSpace(bytes: Uint8Array, at: number): number {
  while (bytes[at] === SPACE || bytes[at] === TAB || bytes[at] === RETURN) at++;
  return at;
}

/** True when bytes go on with some. */
export function startsWith(bytes: Uint8Array, at: number, start: Uint8Array): boolean {
  for (let i = 0; i < start.length; i++) if (bytes[at + i] !== start[i]) return false;
  return true;
}
