import process from "node:process";
import type { Command, CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Verification } from "../lib/recording.ts";
import { verifyRecording } from "../lib/recording/verify/verify_recording.ts";
import { EXIT } from "./exit_code.ts";
import { damageJson, lostTexts } from "./files/damage_text.ts";
import { openSource } from "./files/open_recording.ts";
import { counted } from "./terminal/counted.ts";
import { fittedText } from "./terminal/fitted_text.ts";
import { jsonText } from "./terminal/json_text.ts";
import { outputBar } from "./terminal/output_bar.ts";
import { ClosedPipe, print, printLines, Progress, visible } from "./terminal/terminal.ts";

interface VerifyOptions {
  readonly json?: true;
}

/** `hindcast verify`: whether all of a recording is as it was written. */
export function verifyCommand(command: Command): CommandUnknownOpts {
  return command
    .argument("<recording>", "MCAP file that hindcast record wrote")
    .option("--json", "print JSON")
    .addHelpText("after", EXAMPLES)
    .action(verify);
}

const EXAMPLES = `
Checks every CRC, record, length and index, decodes every block and event, and compares what the
recorder counted with what is there. Exit code 0 when all of it is whole, 3 when it is damaged, 1 when
it is no recording or nothing in it can be read.

Examples:
  hindcast verify match.mcap                    lists what is at fault, the worst first
  hindcast verify match.mcap --json             for scripts
  hindcast recover match.mcap -o whole.mcap     saves what is whole`;

async function verify(path: string, { json }: VerifyOptions): Promise<void> {
  const source = openSource(path);
  const progress = new Progress();
  let onFrame: (() => void) | undefined;
  const found = await verifyRecording(source, {
    onBytes: outputBar(progress, [], "checking", source.size, "bytes"),
    onFrame: (frames) => (onFrame ??= outputBar(progress, [], "decoding", frames))(),
  }).finally(() => progress.clear());
  process.exitCode = exitCodeOf(found);
  try {
    await (json ? print(jsonText(jsonOf(path, found)) + "\n") : printLines(lines(path, found)));
  } catch (error) {
    // Who has read enough still gets the exit code.
    if (!(error instanceof ClosedPipe)) throw error;
  }
}

/** Exit code for what was found: nothing that can be read is no recording. */
function exitCodeOf({ isWhole, frames, events }: Verification): number {
  if (isWhole) return EXIT.done;
  return frames === 0 && events === 0 ? EXIT.fault : EXIT.gate;
}

function jsonOf(path: string, found: Verification): object {
  const { damage, isWhole, rewrittenBy, ...rest } = found;
  // All faults stand above, those that cost nothing among them.
  const { faultCount: _, faults: __, ...lost } = damage === undefined ? {} : damageJson(damage);
  return {
    path,
    whole: isWhole,
    rewrittenBy: rewrittenBy ?? null,
    ...rest,
    damage: damage === undefined ? null : lost,
  };
}

/** Faults that are listed; JSON has more. */
const LISTED_MAX = 20;

function lines(path: string, found: Verification): string[] {
  const { blocks, events, faultCount, faults, frames, isWhole, rewrittenBy } = found;
  const by = rewrittenBy === undefined ? "" : `, rewritten by ${visible(rewrittenBy)}`;
  const holds = `${counted(frames, "frame")} in ${counted(blocks, "block")}, ${
    counted(events, "event")
  }`;
  const keep = visible(path);
  if (isWhole) return fittedText(`${keep}: whole${by}: ${holds}`, { keep });
  const count = Math.max(1, faultCount);
  const listed = faults.slice(0, LISTED_MAX).flatMap(({ section, offset, problem }) =>
    fittedText(visible(`${section} at byte ${offset}: ${problem}`), { indent: "  " })
  );
  const more = faultCount - faults.slice(0, LISTED_MAX).length;
  return [
    ...fittedText(`${keep}: damaged${by}: ${counted(count, "fault")}`, { keep }),
    ...listed,
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...fittedText(savedLine(found, holds)),
  ];
}

/** What `recover` saves. */
function savedLine({ damage, events, faults, frames }: Verification, holds: string): string {
  if (frames === 0 && events === 0) return "it has no frame and no event that recover could save";
  const isMadeSo = damage === undefined && faults.some(({ cost }) => cost === "frames");
  if (isMadeSo) {
    return "its CRCs are those of these bytes: it was written like this, and recover cannot mend it";
  }
  const lost = damage === undefined ? [] : lostTexts(damage);
  const rest = lost.length === 0 ? "" : `; ${lost.join(", ")}`;
  return `hindcast recover saves ${holds}${rest}`;
}
