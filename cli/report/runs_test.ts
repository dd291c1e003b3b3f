import assert from "node:assert/strict";
import { test } from "node:test";
import { Command } from "@commander-js/extra-typings";
import { FIGURE_DEFAULTS, namedRuns, type RunOptions } from "../../lib/report.ts";
import { optionsOfReport } from "./options.ts";
import { assertPlan, planOf } from "./runs.ts";

const FILES: Readonly<Record<string, string>> = {
  "half.json": '{"kinds":[{"name":"ship","fields":[{"name":"x","type":"u8"}]}]}',
  "a/wire.json": '{"kinds":[{"name":"car","fields":[]}]}',
  "b/wire.json": '{"kinds":[{"name":"ship","fields":[]}]}',
  "none": "never read",
};

function runsOf(words: string): readonly RunOptions[] {
  const command = optionsOfReport(new Command().exitOverride().configureOutput({ writeErr() {} }));
  command.parse(["a.mcap", ...words.split(" ").filter((word) => word !== "")], { from: "user" });
  const plan = planOf(command.opts(), { readText: (path) => FILES[path]!, server: "none" });
  assertPlan(plan);
  return plan.runs;
}

function namesOf(words: string): string[] {
  return namedRuns(runsOf(words), FIGURE_DEFAULTS).map(({ name }) =>
    name.replace("strict varint none", "").trim()
  );
}

test("planOf() makes one run with the defaults where nothing is said", () => {
  const [run, ...others] = runsOf("");
  assert.deepEqual(others, []);
  assert.deepEqual(
    [run!.policy, run!.codec, run!.net.name, run!.consumers, run!.sendEveryFrames, run!.mtuBytes],
    ["strict", "varint", "none", 1, 1, 1200],
  );
  assert.deepEqual([run!.historyFrames, run!.seed, run!.wire, run!.interest], [
    64,
    1,
    undefined,
    undefined,
  ]);
});

test("planOf() makes a run of each value of each option that may repeat", () => {
  const pairs: readonly (readonly [words: string, names: readonly string[]])[] = [
    ["--consumers 1 --consumers 3", ["consumers=1", "consumers=3"]],
    ["--seed 4 --seed 0", ["seed=4", "seed=0"]],
    ["--mtu 900 --mtu 1400", ["mtu=900", "mtu=1400"]],
    ["--history 64 --history 128", ["history=64", "history=128"]],
    ["--keyframe-every none --keyframe-every 9", ["", "keyframe-every=9"]],
    ["--interest none --interest radius=8@x", ["", "interest=8@x"]],
    ["--budget none --budget 256kbps --budget 2mbps", ["", "budget=256kbps", "budget=2000kbps"]],
    ["--churn none --churn join=1s", ["", "churn=join=1s"]],
    ["--wire none --wire half.json", ["", "wire=half.json"]],
  ];
  for (const [words, names] of pairs) assert.deepEqual(namesOf(words), names);
});

test("planOf() takes frames between packets and rates as one setting, frames first", () => {
  assert.deepEqual(namesOf("--send-rate 20 --send-every 1 --send-rate 7.5 --send-every 3"), [
    "send-every=1",
    "send-every=3",
    "send-rate=20",
    "send-rate=7.5",
  ]);
});

test("planOf() makes every combination, policy slowest and seed fastest", () => {
  const words = [
    "--seed 1 --seed 2 --ack strict --ack nack --history 8 --history 9",
    "--codec mask --codec varint --net none --net acklag=2",
  ].join(" ");
  const expected: string[] = [];
  for (const ack of ["strict", "nack"]) {
    for (const codec of ["mask", "varint"]) {
      for (const net of ["none", "acklag=2"]) {
        for (const history of [8, 9]) {
          for (const seed of [1, 2]) {
            expected.push(`${ack} ${codec} ${net} history=${history} seed=${seed}`);
          }
        }
      }
    }
  }
  const names = namedRuns(runsOf(words), FIGURE_DEFAULTS).map(({ name }) => name);
  assert.deepEqual(names, expected);
});

test("planOf() gives levels of detail to runs with an interest, one run where there is none", () => {
  const levels = "--lod none --lod near=3:all,far=8:x";
  assert.deepEqual(namesOf(`--interest none --interest radius=8@x ${levels}`), [
    "",
    "interest=8@x",
    "interest=8@x lod=near=3:all,far=8:x",
  ]);
  assert.throws(() => runsOf("--interest none --lod near=3:all"), /need interest/);
  assert.throws(() => runsOf("--lod near=3:all"), /need interest/);
});

test("planOf() calls wire schemas by their files, with folders where two share a name", () => {
  assert.deepEqual(namesOf("--wire a/wire.json --wire half.json"), [
    "wire=wire.json",
    "wire=half.json",
  ]);
  assert.deepEqual(namesOf("--wire a/wire.json --wire half.json --wire b/wire.json"), [
    "wire=a/wire.json",
    "wire=half.json",
    "wire=b/wire.json",
  ]);
  assert.throws(() => runsOf("--wire server"), /holds no wire schema of its server/);
});

test("planOf() refuses more than 512 runs before it makes them", () => {
  const seeds = (count: number) => Array.from({ length: count }, (_, i) => `--seed ${i}`).join(" ");
  assert.equal(runsOf(seeds(512)).length, 512);
  assert.throws(() => runsOf(seeds(513)), /make 513 runs, at most 512 go in one report/);
  const many = ["consumers", "history", "seed", "send-every", "keyframe-every"].map((option) =>
    Array.from({ length: 200 }, () => `--${option} 1`).join(" ")
  );
  assert.throws(() => runsOf(many.join(" ")), /make 320000000000 runs/);
});
