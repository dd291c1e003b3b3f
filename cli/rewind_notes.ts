import type { HitModel, PolicySummary, PoseHistory } from "../mod.ts";
import type { FoundShots } from "./rewind_shots.ts";

/** What looks odd about shots and poses, a sentence each, with its remedy. */
export async function inputNotes(
  history: PoseHistory,
  model: HitModel,
  { astray, otherClock, shots }: FoundShots,
): Promise<string[]> {
  const { doubtfulYaws } = await import("../mod.ts");
  const notes = doubtfulYaws(history, model).map(({ field, kind, largest }) =>
    `all values of ${JSON.stringify(field)} of kind ${JSON.stringify(kind)} lie within ` +
    `+-${
      Math.round(largest * 1000) / 1000
    }: they look like radians, and are taken for degrees; say ` +
    `"yaw": {"field": ${JSON.stringify(field)}, "unit": "rad"} (or "deg") in a --shapes file`
  );
  if (otherClock.length > 0) {
    notes.push(
      `${otherClock.length} of ${shots.length} shots, the first is ${
        otherClock[0]
      }, have a time far ` +
        `from that of their frame, as of another clock or unit; they are placed by their frame`,
    );
  }
  if (astray.length > 0) {
    notes.push(
      `${astray.length} of ${shots.length} shots, the first is ${
        astray[0]
      }, have a time that is not ` +
        `that of their frame; they are placed by their time; if the frame is right, leave the time out`,
    );
  }
  return notes;
}

/** What the judged shots say about the recording and the model. */
export function resultNotes(policies: readonly PolicySummary[]): string[] {
  return [...holeNotes(policies), ...targetNotes(policies)];
}

/** Policies that hit what hardly is a target. */
function targetNotes(policies: readonly PolicySummary[]): string[] {
  const most = Math.max(0, ...policies.map(({ rules }) => rules["not-a-target"] ?? 0));
  if (most === 0) return [];
  return [
    `up to ${most} shots of a policy would agree with the game if who is hit were not a target: the ` +
    `ray starts inside of it, or another entity stands at the same place; say who is a target with ` +
    `--alive`,
  ];
}

/** Policies whose poses lie where nothing was recorded. */
function holeNotes(policies: readonly PolicySummary[]): string[] {
  const inHoles = policies.filter((summary) => summary.inHoles > 0)
    .map((summary) => `${summary.inHoles} under ${summary.policy}`);
  if (inHoles.length === 0) return [];
  return [
    `shots whose pose lies in a hole of the recording, where nobody knows: ${
      inHoles.join(", ")
    }; ` +
    `--explain says which frames are missing`,
  ];
}
