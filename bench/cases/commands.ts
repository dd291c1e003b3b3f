/** Commands as whole processes: what they take beyond the runtime that runs them. */
import type { BenchCase } from "../harness/bench_case.ts";
import { BARE, command, HINDCAST } from "../harness/command.ts";
import { duelFiles, linesOf } from "../states/duel_files.ts";

const SHOTS = ["--shots", "lg_shot", "--shot-map", "quakeworld"];
const SWEEP = ["--policy", "none", "--policy", "ping-13", "--sweep", "0..150"];

/** Start-up of short commands, and shots. */
export const COMMAND_CASES: readonly BenchCase[] = [
  {
    name: "start",
    title: "short commands on the duel, against a script that does nothing",
    unit: "ns a process",
    reach: [
      { candidate: "--help", ratioMax: 2.8 },
      { candidate: "at", ratioMax: 4.5 },
      { candidate: "info", ratioMax: 5 },
    ],
    async prepare(setting) {
      const { folder, recording, states } = await duelFiles(setting);
      const lines = linesOf(states);
      const frame = String(JSON.parse(lines[lines.length >> 1]!).f);
      const hindcast = (name: string, ...args: string[]) =>
        command({ name, args: [HINDCAST, ...args], folder });
      return {
        candidates: [
          command({ name: "bare runtime", args: [BARE], folder }),
          hindcast("--help", "--help"),
          hindcast("at", "at", recording, "--frame", frame),
          hindcast("info", "info", recording),
        ],
        steps: 1,
      };
    },
  },
  {
    name: "rewind",
    title: "every shot of the duel under two policies and a sweep of 151, less the bare start",
    unit: "ns a shot",
    async prepare(setting) {
      const { folder, recording, events } = await duelFiles(setting);
      const shots = linesOf(events).filter((line) => JSON.parse(line).ev === "lg_shot").length;
      const args = [HINDCAST, "rewind", recording, ...SHOTS, ...SWEEP];
      if (shots === 0) throw new Error("the input that was named has no shots");
      return {
        candidates: [command({ name: "rewind", args, folder }, { parts: shots })],
        lessEach: command({ name: "bare runtime", args: [BARE], folder }),
        steps: 1,
      };
    },
  },
];
