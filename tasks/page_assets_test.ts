import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { makePageAssets } from "./page_assets.ts";

test("makePageAssets() makes the modules that are committed, byte for byte", async () => {
  for (const [path, text] of makePageAssets()) {
    const place = new URL(`../${path}`, import.meta.url);
    assert.ok(
      readFileSync(place, "utf8") === text,
      `${path} is not what its sources make; run \`deno task page-assets\``,
    );
    const { SCRIPT, STYLE } = await import(place.href);
    assert.ok(SCRIPT.startsWith('"use strict";\n(()=>{') && STYLE.includes("body{"));
    assert.doesNotMatch(SCRIPT, /^\s*(?:import|export) |<\/script|<!--/m);
    assert.doesNotMatch(STYLE, /@import|<\/style/);
  }
});
