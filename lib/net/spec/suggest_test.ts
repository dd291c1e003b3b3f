import assert from "node:assert/strict";
import { test } from "node:test";
import { suggest } from "./suggest.ts";

test("suggest() finds the nearest name and nothing far", () => {
  const names = ["delay", "jitter", "loss", "4g", "wifi-lossy"];
  const cases: [string, string | undefined][] = [
    ["dealy", "delay"],
    ["los", "loss"],
    ["LOSS", "loss"],
    ["wifi_lossy", "wifi-lossy"],
    ["4gg", "4g"],
    ["bandwidth", undefined],
    ["x".repeat(1000), undefined],
  ];
  for (const [word, expected] of cases) assert.equal(suggest(word, names), expected, word);
});
