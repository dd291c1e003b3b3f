import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { BandwidthReport } from "../../lib/report.ts";
import {
  hindcast,
  hindcastJson,
  inFolder,
  recordShort,
  SHORT_STATES,
  testdata,
} from "../run_cli_test_helper.ts";

/** Bytes of a count as a zigzag varint. */
function varintBytes(k: number): number {
  let bytes = 1;
  for (let rest = k < 0 ? -2 * k - 1 : 2 * k; rest > 127; rest = Math.floor(rest / 128)) bytes++;
  return bytes;
}

/**
 * Changes and bits of the players' x, sent as patches whose counts stand alone, frame by frame, of
 * the nearest whole step, a half going up.
 */
function sentOfX(step: number): { changes: number; bits: number } {
  const held = new Map<number, number>();
  let [changes, bits] = [0, 0];
  for (const line of readFileSync(testdata(SHORT_STATES), "utf8").trim().split("\n")) {
    const { id, kind, x } = JSON.parse(line);
    if (kind !== "player") continue;
    const k = Math.floor(x / step + 0.5);
    if (held.get(id) === k) continue;
    held.set(id, k);
    changes++;
    bits += 8 * varintBytes(k);
  }
  return { changes, bits };
}

test("report --wire sends x in steps of 1, 4 and 16 units, and in no power of 2, bit by bit", {
  timeout: 60_000,
}, () =>
  inFolder(async (folder) => {
    const path = await recordShort(folder);
    const wire = join(folder, "wire.json");
    const fixed = ["--net", "none", "--ack", "append", "--codec", "varint", "--consumers", "1"];
    const costs: number[] = [];
    for (const step of [1, 4, 16, 2.5, 0.3, 100]) {
      const fields = [{ name: "x", type: "fixed", step }];
      writeFileSync(wire, JSON.stringify({ kinds: [{ name: "player", fields }] }));
      const words = ["report", path, "--json", "--wire", wire, ...fixed];
      const { runs: [run] } = await hindcastJson<BandwidthReport>(words);
      assert.equal(run!.verified, true);
      assert.equal(run!.divergence.wrongFieldFrames, 0);
      assert.deepEqual(run!.fields.map(({ kind, field }) => [kind, field]), [["player", "x"]]);
      const { changes, bits } = run!.fields[0]!;
      assert.deepEqual({ changes, bits }, sentOfX(step), `${step}`);
      costs.push(bits);
    }
    assert.ok(costs[0]! > costs[1]! && costs[1]! > costs[2]!);
  }));

test("report --wire refuses a step that is none, by kind, field and what is allowed", {
  timeout: 60_000,
}, () =>
  inFolder(async (cwd) => {
    await recordShort(cwd);
    for (const [step, said] of [["0", "0"], ["-4", "-4"], ["1e999", "Infinity"]] as const) {
      const fields = `[{"name":"x","type":"fixed","step":${step}}]`;
      writeFileSync(join(cwd, "wire.json"), `{"kinds":[{"name":"player","fields":${fields}}]}`);
      const words = ["report", "short.mcap", "--wire", "wire.json"];
      const { code, stdout, stderr } = await hindcast(words, { cwd });
      assert.deepEqual([code, stdout], [1, ""]);
      const place = String.raw`wire\.json:1:72: at kinds\[0\]\.fields\[0\]\.step`;
      const fault = `the step of field "x" of kind "player" is ${said}; expected a positive number`;
      assert.match(stderr, new RegExp(`^hindcast: [^\\n]*${place} ${fault}[^\\n]*\\n$`));
    }
  }));
