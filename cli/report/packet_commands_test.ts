import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunSettings } from "../../lib/report.ts";
import { packetCommands } from "./packet_commands.ts";

const VALUED = new Set(
  ["--ack", "--net", "--send-every", "--send-rate", "--interest", "--lod", "--own", "--html"]
    .concat(["--wire", "--consumers", "--freeze", "--csv", "--keyframe-every", "--budget"]),
);

const RUN = {
  ...{ ack: "strict", codec: "varint", net: "4g", consumers: 20, sendEvery: 1, sendRateHz: null },
  ...{ keyframeEvery: null, mtu: 1200, history: 32, seed: 1, wire: null, interest: null },
  ...{ lod: null, budgetKbps: null, churn: null },
} as RunSettings;

/** Command of a run for frame 70 and consumer 3. */
function commandOf(text: string, run: Partial<RunSettings> = {}): string {
  const commands = packetCommands(text.split(" "), VALUED, [{ settings: { ...RUN, ...run } }]);
  return `${commands.runs[0]}${commands.frame}70${commands.consumer}3`;
}

test("packetCommands() leaves out what is written and measured", () => {
  assert.equal(
    commandOf("report a.mcap --consumers 20 --html a.html --csv=- --json --freeze 100 --no-damage"),
    "hindcast report a.mcap --consumers 20 --no-damage --frame 70 --consumer 3",
  );
});

test("packetCommands() keeps of repeated flags the values of each run", () => {
  const words =
    "report a.mcap --ack strict --net 4g --ack=append --net lan --send-every 2 --send-rate 20";
  assert.equal(
    commandOf(words, { ack: "append", sendEvery: 2 }),
    "hindcast report a.mcap --net 4g --ack append --send-every 2 --frame 70 --consumer 3",
  );
  assert.equal(
    commandOf(words, { sendEvery: null, sendRateHz: 20 }),
    "hindcast report a.mcap --ack strict --net 4g --send-rate 20 --frame 70 --consumer 3",
  );
});

test("packetCommands() keeps all values of a flag where it cannot tell which is meant", () => {
  const words =
    "report a.mcap --interest radius=8@x --interest radius=9@x --net x.json --net y.json";
  const interest = { radius: 8, position: ["x"], ownKind: "player" };
  assert.equal(
    commandOf(words, { interest, net: "z" }),
    "hindcast report a.mcap --interest radius=8@x --interest radius=9@x --net x.json --net y.json " +
      "--frame 70 --consumer 3",
  );
});

test("packetCommands() gives a run without interest no flag that needs one", () => {
  const words =
    "report a.mcap --interest none --interest radius=8@x --lod near=3:all --own player --budget none";
  assert.equal(
    commandOf(words),
    "hindcast report a.mcap --interest none --budget none --frame 70 --consumer 3",
  );
});

test("packetCommands() takes no value and no path for a flag", () => {
  const words = ["report", "--net", "--html", "--", "-it's.mcap"];
  const { runs } = packetCommands(words, VALUED, [{ settings: { ...RUN, net: "--html" } }]);
  assert.equal(runs[0], "hindcast report './-it'\\''s.mcap' --net --html");
});

test("packetCommands() tells files by their whole names, and budgets by their rates", () => {
  assert.equal(
    commandOf("report a.mcap --wire wires/x-wire.json --wire wires/wire.json", {
      wire: "wire.json",
    }),
    "hindcast report a.mcap --wire wires/wire.json --frame 70 --consumer 3",
  );
  assert.equal(
    commandOf("report a.mcap --wire a/wire.json --wire b/wire.json", { wire: "b/wire.json" }),
    "hindcast report a.mcap --wire b/wire.json --frame 70 --consumer 3",
  );
  assert.equal(
    commandOf("report a.mcap --budget 256kbps --budget none --budget 2mbps", { budgetKbps: 2000 }),
    "hindcast report a.mcap --budget 2mbps --frame 70 --consumer 3",
  );
});
