import { zlibSync } from "fflate";

const COLORS_MAX = 256;
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * A picture as PNG of at most 256 colours, a byte a pixel: pages are flat, and edges of letters need
 * few shades. Each of the other colours becomes the nearest one.
 *
 * @param rgba four bytes a pixel, rows from the top
 */
export function palettePng(rgba: Uint8Array, width: number, height: number): Uint8Array {
  const palette = paletteOf(rgba);
  const nearest = new Map<number, number>();
  const rows = new Uint8Array((width + 1) * height);
  for (let i = 0; i < width * height; i++) {
    const color = colorAt(rgba, i);
    let index = nearest.get(color);
    if (index === undefined) nearest.set(color, index = nearestIn(palette, color));
    // A row begins with its filter: none.
    rows[i + Math.floor(i / width) + 1] = index;
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 3, 0, 0, 0], 8);
  const parts = [
    ...[Uint8Array.from(SIGNATURE), chunk("IHDR", header)],
    chunk("PLTE", Uint8Array.from(palette.flatMap((color) => [...partsOf(color)]))),
    ...[chunk("IDAT", zlibSync(rows, { level: 9 })), chunk("IEND", new Uint8Array())],
  ];
  const png = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => (png.set(part, at), at + part.length), 0);
  return png;
}

/** The most frequent colours, but none that is hardly another than a more frequent one. */
function paletteOf(rgba: Uint8Array): number[] {
  const counts = new Map<number, number>();
  for (let i = 0; i < rgba.length / 4; i++) {
    const color = colorAt(rgba, i);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([color]) => color);
  if (ranked.length <= COLORS_MAX) return ranked;
  const palette: number[] = [];
  // Wider apart first, so that rare colours have their place; then what is left is filled.
  for (const apart of [600, 150, 0]) {
    for (const color of ranked) {
      if (palette.length === COLORS_MAX) return palette;
      if (palette.every((other) => distance(other, color) > apart)) palette.push(color);
    }
  }
  return palette;
}

function nearestIn(palette: readonly number[], color: number): number {
  let best = 0;
  for (let i = 1; i < palette.length; i++) {
    if (distance(palette[i]!, color) < distance(palette[best]!, color)) best = i;
  }
  return best;
}

function colorAt(rgba: Uint8Array, pixel: number): number {
  return rgba[4 * pixel]! << 16 | rgba[4 * pixel + 1]! << 8 | rgba[4 * pixel + 2]!;
}

function partsOf(color: number): [number, number, number] {
  return [color >> 16, color >> 8 & 255, color & 255];
}

/** Square of how far two colours are apart. */
function distance(one: number, other: number): number {
  const r = (one >> 16) - (other >> 16);
  const g = (one >> 8 & 255) - (other >> 8 & 255);
  const b = (one & 255) - (other & 255);
  return r * r + g * g + b * b;
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(name), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc >>> 1 ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
