import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import { inflateSync } from "node:zlib";
import { palettePng } from "./palette_png.ts";

/** Colours of the pixels of a PNG with a palette, as `#rrggbb`. */
function pixelsOf(png: Uint8Array): string[] {
  const bytes = Buffer.from(png);
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length; at += bytes.readUInt32BE(at) + 12) {
    const name = bytes.toString("latin1", at + 4, at + 8);
    chunks.set(name, bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
  }
  const width = chunks.get("IHDR")!.readUInt32BE(0);
  const palette = chunks.get("PLTE")!.toString("hex").match(/.{6}/g)!;
  const rows = [...inflateSync(chunks.get("IDAT")!)];
  return rows.filter((_, i) => i % (width + 1) !== 0).map((index) => `#${palette[index]}`);
}

test("palettePng() keeps up to 256 colours as they are", () => {
  const rgba = Uint8Array.from([1, 2, 3, 255, 250, 251, 252, 255, 1, 2, 3, 255, 9, 9, 9, 255]);
  const png = palettePng(rgba, 2, 2);
  assert.deepEqual(pixelsOf(png), ["#010203", "#fafbfc", "#010203", "#090909"]);
  // An empty chunk IEND has the sum that every PNG ends with.
  assert.equal(Buffer.from(png).toString("hex").slice(-24), "0000000049454e44ae426082");
});

test("palettePng() gives a colour beyond 256 the nearest one", () => {
  const rgba = Uint8Array.from(
    { length: 4 * 1024 },
    (_, i) => i % 4 === 3 ? 255 : i % 4 === 0 ? (i >> 2) & 255 : 10 * (i >> 10),
  );
  const shown = pixelsOf(palettePng(rgba, 64, 16));
  assert.ok(new Set(shown).size <= 256);
  shown.forEach((color, i) => {
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
    const off = Math.hypot(r! - rgba[4 * i]!, g! - rgba[4 * i + 1]!, b! - rgba[4 * i + 2]!);
    assert.ok(off < 25, `${color} for pixel ${i} is ${off} off`);
  });
});
