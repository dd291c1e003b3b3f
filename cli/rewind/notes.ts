import type {
  HitModel,
  MomentOptions,
  PolicySummary,
  PoseHistory,
  RewindPolicy,
  Shot,
  ShotMap,
} from "../../mod.ts";
import type { FoundShots } from "./shots.ts";

/** What looks odd about shots and poses, a sentence each, with its remedy. */
export async function inputNotes(
  history: PoseHistory,
  model: HitModel,
  { astray, events, otherClock, shots }: FoundShots,
): Promise<string[]> {
  const { doubtfulYaws, idleYaws } = await import("../../mod.ts");
  const notes = doubtfulYaws(history, model).map(({ field, kind, largest }) =>
    `all values of ${JSON.stringify(field)} of kind ${JSON.stringify(kind)} lie within ` +
    `+-${
      Math.round(largest * 1000) / 1000
    }: they look like radians, and are taken for degrees; say ` +
    `"yaw": {"field": ${JSON.stringify(field)}, "unit": "rad"} (or "deg") in a --shapes file`
  );
  for (const { field, kind } of idleYaws(history, model)) {
    notes.push(
      `${JSON.stringify(field)} of kind ${
        JSON.stringify(kind)
      } changes, and a shape of it that is ` +
        `not the same all round does not turn; say "turns": true, or false, in its shapes`,
    );
  }
  notes.push(...earlyNotes(history, events, shots));
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

/** How often the length of a recording holds the time of its last shot when that looks like seconds. */
const MS_PER_SECOND = 1000;

/** Shots that are placed by times which look like seconds. */
function earlyNotes(
  history: PoseHistory,
  events: FoundShots["events"],
  shots: readonly Shot[],
): string[] {
  const timed = shots.filter(({ index }) =>
    events[index] !== undefined && events[index]!.frame === undefined
  );
  if (timed.length === 0) return [];
  const startMs = history.timeMsAt(0);
  const lengthMs = history.timeMsAt(history.length - 1) - startMs;
  const latestMs = timed.reduce((latest, { timeMs }) => Math.max(latest, timeMs), 0) - startMs;
  if (latestMs * MS_PER_SECOND > lengthMs * 1.1) return [];
  return [
    `${timed.length} of ${shots.length} shots have no frame, and times in the first ` +
    `${Math.ceil(latestMs)} ms of ${Math.round(lengthMs)} ms: they look like seconds, and are ` +
    `taken for milliseconds; give milliseconds, or the frame`,
  ];
}

/** What the shot map looks for, and no event has. */
export function verdictNotes(map: ShotMap | undefined, { events, shots }: FoundShots): string[] {
  if (map?.verdict === undefined) return [];
  const read = shots.filter(({ index }) => events[index] !== undefined);
  const silent = read.filter(({ verdict }) => verdict === undefined).length;
  if (silent === 0) return [];
  return [
    `${silent} of ${read.length} shots have no ${
      JSON.stringify(map.verdict)
    }, where the shot map ` +
    `looks for the game's verdict, and count for no accuracy; null, false or -1 is a miss`,
  ];
}

/** Policies that read a delay which no shot has. */
export function interpNotes(policies: readonly RewindPolicy[], shots: readonly Shot[]): string[] {
  const names = policies.filter(({ needs }) => needs.includes("interp")).map(({ name }) => name);
  const without = shots.filter(({ numbers }) => !numbers.has("interp")).length;
  if (names.length === 0 || without === 0) return [];
  return [
    `${without} of ${shots.length} shots have no interp, and ${names.join(", ")} takes 0 for it; ` +
    `name its key in the shot map (interp=KEY), or say --interp MS`,
  ];
}

/** Tests of the model that let nobody through. */
export async function testNotes(
  history: PoseHistory,
  model: HitModel,
  { shots }: FoundShots,
  options: MomentOptions,
): Promise<string[]> {
  const { passedTests } = await import("../../mod.ts");
  const tested = model.kinds.some(({ alive, rewinds = [] }) => alive.length + rewinds.length > 0);
  if (!tested || shots.length === 0) return [];
  const { hasRewound, hasTargets } = passedTests(history, shots, model, options);
  if (hasRewound) return [];
  return [
    hasTargets
      ? `nobody who is a target passes "rewinds" at any shot, so that no policy rewinds anybody; ` +
        `see the values with hindcast at --frame`
      : `nobody but the shooter passes "alive" at any shot, so that there is no target; ` +
        `see the values with hindcast at --frame`,
  ];
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
