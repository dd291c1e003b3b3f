import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createLink } from "./create_link.ts";
import { ForeseenLink } from "./foreseen_link.ts";
import { anyLink } from "./link_specs_test_helper.ts";
import { createRandoms } from "./random.ts";

test("ForeseenLink.carry() gives what the link gives packet by packet, whatever was foreseen", () => {
  const lines = 3;
  const step = fc.oneof(fc.constant("foresee" as const), fc.nat(lines - 1), fc.nat(lines - 1));
  fc.assert(fc.property(anyLink, fc.nat(), fc.array(step), (spec, seed, steps) => {
    const plain = createLink(spec, createRandoms(seed, lines, "up"), lines);
    const link = createLink(spec, createRandoms(seed, lines, "up"), lines);
    const foreseen = new ForeseenLink(link, lines);
    steps.forEach((line, i) => {
      if (line === "foresee") foreseen.foresee();
      else assert.equal(foreseen.carry(i * 900, 100, line), plain.carry(i * 900, 100, line));
    });
    // Those that are foreseen and were not sent are counted already.
    const { sent, lost, dropped, duplicated } = link.stats;
    assert.ok(sent - plain.stats.sent >= 0 && sent - plain.stats.sent <= lines);
    assert.ok(lost - plain.stats.lost <= sent - plain.stats.sent);
    assert.deepEqual([dropped, duplicated], [plain.stats.dropped, plain.stats.duplicated]);
  }));
});
