import type { DefaultPolicies, PoseHistory, ShotDoubts } from "../../../lib/rewind.ts";
import type { FoundShots } from "./read_shots.ts";

/** What looks odd about the inputs, a sentence each, with its remedy. */
export function inputNotes(
  lacking: DefaultPolicies["lacking"],
  doubts: ShotDoubts,
  found: FoundShots,
  unplaced: PoseHistory["unplaced"],
): string[] {
  const count = found.shots.length;
  return [
    ...lacking.map(({ number, shots }) =>
      `${shots} of ${count} shots have no ${number}, so rules of it were not tried; ` +
      `name one with --policy, and leave those shots out with --skip-bad`
    ),
    ...silentNotes(doubts),
    ...interpNotes(doubts, count),
    ...testNotes(doubts),
    ...turnNotes(doubts),
    ...timeNotes(doubts, found),
    ...strangerNotes(found),
    ...[...unplaced].map(([kind, rows]) =>
      `${rows} rows of kind ${JSON.stringify(kind)} have no place, and are no targets there`
    ),
  ];
}

/** What the shot map looks for, and no event has. */
function silentNotes({ silent }: ShotDoubts): string[] {
  if (silent === undefined) return [];
  return [
    `${silent.shots} of ${silent.of} shots have no ${
      JSON.stringify(silent.key)
    }, where the shot map ` +
    `looks for the game's verdict, and count for no accuracy; null, false or -1 is a miss`,
  ];
}

/** Policies that read a delay which no shot has. */
function interpNotes({ withoutInterp }: ShotDoubts, count: number): string[] {
  if (withoutInterp === undefined) return [];
  const { policies, shots } = withoutInterp;
  return [
    `${shots} of ${count} shots have no interp, and ${policies.join(", ")} takes 0 for it; ` +
    `name its key in the shot map (interp=KEY), or say --interp MS`,
  ];
}

/** Tests of the model that let nobody through. */
function testNotes({ nobody }: ShotDoubts): string[] {
  if (nobody === undefined) return [];
  return [
    nobody === "rewound"
      ? `nobody who is a target passes "rewinds" at any shot, so that no policy rewinds anybody; ` +
        `see the values with hindcast at --frame`
      : `nobody but the shooter passes "alive" at any shot, so that there is no target; ` +
        `see the values with hindcast at --frame`,
  ];
}

/** Yaws of another unit, and shapes that do not turn. */
function turnNotes({ radians, unturned }: ShotDoubts): string[] {
  return [
    ...radians.map(({ field, kind, largest }) =>
      `all values of ${JSON.stringify(field)} of kind ${JSON.stringify(kind)} lie within ` +
      `+-${
        Math.round(largest * 1000) / 1000
      }: they look like radians, and are taken for degrees; say ` +
      `"yaw": {"field": ${JSON.stringify(field)}, "unit": "rad"} (or "deg") in a --shapes file`
    ),
    ...unturned.map(({ field, kind }) =>
      `${JSON.stringify(field)} of kind ${
        JSON.stringify(kind)
      } changes, and a shape of it that is ` +
      `not the same all round does not turn; say "turns": true, or false, in its shapes`
    ),
  ];
}

/** Times of another unit or clock. */
function timeNotes(
  { seconds }: ShotDoubts,
  { astray, otherClock, shots }: FoundShots,
): string[] {
  const of = `of ${shots.length} shots`;
  return [
    ...(seconds === undefined ? [] : [
      `${seconds.shots} ${of} have no frame, and times in the first ` +
      `${Math.ceil(seconds.latestMs)} ms of ${Math.round(seconds.lengthMs)} ms: they look like ` +
      `seconds, and are taken for milliseconds; give milliseconds, or the frame`,
    ]),
    ...(otherClock.length === 0 ? [] : [
      `${otherClock.length} ${of}, the first is ${otherClock[0]}, have a time far ` +
      `from that of their frame, as of another clock or unit; they are placed by their frame`,
    ]),
    ...(astray.length === 0 ? [] : [
      `${astray.length} ${of}, the first is ${astray[0]}, have a time that is not ` +
      `that of their frame; they are placed by their time; if the frame is right, leave the time out`,
    ]),
  ];
}

/** Victims of the game that nobody in the recording is. */
function strangerNotes({ shots, strangers }: FoundShots): string[] {
  if (strangers.length === 0) return [];
  return [
    `${strangers.length} of ${shots.length} shots, the first is ${
      strangers[0]
    }, hit whom nobody in ` +
    `the recording is, by the game's verdict; a miss is null, false, -1 or "miss", some hit is true`,
  ];
}
