import type { PacketCommands, RunSettings } from "../../lib/report.ts";
import { shellPath } from "../terminal/shell_word.ts";
import { rateKbps } from "./audience.ts";
import { commandText } from "../page/command_text.ts";

/** A flag as it was typed, and its value where it has one. */
interface Given {
  readonly flag: string;
  readonly value?: string;
}

/**
 * Flags that make runs, with what tells whether a value of one is that of a run. Of a flag that no
 * value is told of, all values are kept, and the command takes apart a packet of each of their runs.
 */
const RUN_FLAGS: Readonly<Record<string, ((value: string, run: RunSettings) => boolean) | null>> = {
  "--ack": (value, { ack }) => value === ack,
  "--codec": (value, { codec }) => value === codec,
  "--net": (value, { net }) => value === net,
  "--consumers": (value, { consumers }) => Number(value) === consumers,
  "--send-every": (value, { sendEvery }) => Number(value) === sendEvery,
  "--send-rate": (value, { sendRateHz }) => Number(value) === sendRateHz,
  "--keyframe-every": (value, { keyframeEvery }) => isSame(value, keyframeEvery),
  "--mtu": (value, { mtu }) => Number(value) === mtu,
  "--history": (value, { history }) => Number(value) === history,
  "--seed": (value, { seed }) => Number(value) === seed,
  "--wire": (value, { wire }) => wire === null ? value === "none" : isNamed(value, wire),
  "--interest": (value, { interest }) => (value === "none") === (interest === null),
  "--lod": (value, { lod }) => (value === "none") === (lod === null),
  "--budget": (value, { budgetKbps }) =>
    budgetKbps === null ? value === "none" : rateKbps(value) === budgetKbps,
  "--churn": (value, { churn }) => (value === "none") === (churn === null),
  "--own": null,
};

/** Flags without a value that the same runs need. */
const SWITCHES: readonly string[] = ["--ignore-recorded", "--no-damage"];

/** Flags that are refused in a run without interest. */
const OF_INTEREST: readonly string[] = ["--lod", "--own"];

/**
 * Commands that take apart a packet of each run of a report: the one that made it, without what is
 * written and measured, and of repeated flags with the values of that run.
 *
 * @param words words of the command line
 * @param valued flags that take a value
 */
export function packetCommands(
  words: readonly string[],
  valued: ReadonlySet<string>,
  runs: readonly { readonly settings: RunSettings }[],
): PacketCommands {
  const { flags, paths } = parsed(words.slice(words.indexOf("report") + 1), valued);
  return {
    runs: runs.map(({ settings }) => {
      const kept = flags.filter((given) => isOf(given, flags, settings));
      const typed = kept.flatMap(({ flag, value }) => value === undefined ? [flag] : [flag, value]);
      return [
        "hindcast report",
        ...paths.map(shellPath),
        ...typed.length > 0 ? [commandText(typed)] : [],
      ].join(" ");
    }),
    frame: " --frame ",
    consumer: " --consumer ",
  };
}

/** Takes a command line apart as its parser does. */
function parsed(
  words: readonly string[],
  valued: ReadonlySet<string>,
): { flags: Given[]; paths: string[] } {
  const flags: Given[] = [], paths: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === "--") {
      paths.push(...words.slice(i + 1));
      break;
    }
    const equals = word.indexOf("=");
    if (!word.startsWith("-") || word === "-") paths.push(word);
    else if (valued.has(word)) flags.push({ flag: word, value: words[++i] ?? "" });
    else if (equals > 0 && valued.has(word.slice(0, equals))) {
      flags.push({ flag: word.slice(0, equals), value: word.slice(equals + 1) });
    } else flags.push({ flag: word });
  }
  return { flags, paths };
}

function isOf(given: Given, all: readonly Given[], run: RunSettings): boolean {
  const { flag, value } = given;
  if (value === undefined) return SWITCHES.includes(flag);
  if (!Object.hasOwn(RUN_FLAGS, flag)) return false;
  if (run.interest === null && OF_INTEREST.includes(flag)) return false;
  const isRuns = RUN_FLAGS[flag];
  if (isRuns === null || isRuns === undefined) return true;
  const isTold = all.some((other) => other.flag === flag && isRuns(other.value!, run));
  if (isTold) return isRuns(value, run);
  // Every k-th frame and so often a second are one setting.
  return !(flag === "--send-every" && run.sendEvery === null) &&
    !(flag === "--send-rate" && run.sendRateHz === null);
}

/** True where a text is that number, or `none` where there is none. */
function isSame(text: string, number: number | null): boolean {
  return number === null ? text === "none" : Number(text) === number;
}

/** True where a path is of a file of that name. */
function isNamed(path: string, name: string): boolean {
  return path === name || /[/\\]/.test(path[path.length - name.length - 1] ?? "") &&
      path.endsWith(name);
}
