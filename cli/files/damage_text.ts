import type {
  DamageFault,
  LostFrames,
  RecordingDamage,
  RecordingReader,
} from "../../lib/recording.ts";

/** Places at which frames are lost that one line names. */
export const PLACES_MAX = 3;

/** What of a recording is not read, in one line, and what to do about it. */
export function damageText(subject: string, reader: RecordingReader): string {
  const lost = lostTexts(reader.damage!);
  const isEmpty = reader.frameCount === 0 && reader.eventCounts.size === 0;
  const remedy = isEmpty
    ? "let the recorder write, or record again"
    : `hindcast recover saves ${lost.length > 0 ? "the rest" : "it"} as a whole file`;
  return `${subject} ${sentenceOf(reader, lost)}; ${remedy}`;
}

function sentenceOf(reader: RecordingReader, lost: readonly string[]): string {
  const { faults, hasAllData, isCut, unfinishedBytes } = reader.damage!;
  const { firstFrame, lastFrame } = reader;
  if (isCut) {
    const read = firstFrame === undefined
      ? "no frame is"
      : `frames ${firstFrame} to ${lastFrame} are`;
    if (hasAllData && lost.length === 0) {
      return "was cut in its index, and no frame and no event of it is lost";
    }
    const rest = unfinishedBytes === 1
      ? "1 byte of an unfinished block is left out"
      : `${unfinishedBytes} bytes of an unfinished block are left out`;
    const what = [`${read} read`, ...(unfinishedBytes === 0 ? [] : [rest]), ...lost];
    return `was cut or is still being written: ${what.join(", ")}`;
  }
  if (lost.length > 0) return `is damaged: ${lost.join(", ")}`;
  const [fault] = faults;
  const why = fault && ` (${fault.section} at byte ${fault.offset}: ${fault.problem})`;
  return `is damaged${why ?? ""}, and no frame and no event of it is lost`;
}

/** What is lost, a text each. */
export function lostTexts(damage: RecordingDamage): string[] {
  const sections = new Set(damage.faults.map(({ section }) => section));
  const next = damage.faults.find(({ section }) => section === "recording");
  return [
    ...frameTexts(damage),
    ...eventTexts(damage),
    ...idTexts(damage),
    ...(sections.has("unchecked chunk") ? ["values may be others than were recorded"] : []),
    ...(next === undefined
      ? []
      : [`another recording begins at byte ${next.offset} and is not read`]),
    ...(sections.has("metadata hindcast") ? ["what it says of its source is lost"] : []),
  ];
}

import { counted } from "../terminal/counted.ts";

/** Places of lost frames that are told one by one: that a file was cut is told as such. */
export function toldPlaces({ hasAllData, isCut, lost }: RecordingDamage): readonly LostFrames[] {
  const isEnd = (place: LostFrames) => place.known === undefined && place.before === undefined;
  return isCut && !hasAllData ? lost.filter((place) => !isEnd(place)) : lost;
}

function frameTexts(damage: RecordingDamage): string[] {
  const { lostFrames } = damage;
  const lost = toldPlaces(damage);
  if (lost.length === 0) return [];
  const places = lost.slice(0, PLACES_MAX).map(placeText);
  const more = lost.length > PLACES_MAX ? [counted(lost.length - PLACES_MAX, "more place")] : [];
  const where = [...places, ...more].join(", ");
  if (lostFrames === undefined) return [`frames are lost (${where})`];
  return [`${lostFrames} ${lostFrames === 1 ? "frame is" : "frames are"} lost (${where})`];
}

/** Where frames are lost: which, or between which. */
export function placeText({ known, after, before }: LostFrames): string {
  if (known !== undefined) {
    return known.from === known.to ? `${known.from}` : `${known.from} to ${known.to}`;
  }
  if (after === undefined) return before === undefined ? "all" : `before ${before}`;
  return before === undefined ? `after ${after}` : `between ${after} and ${before}`;
}

function eventTexts({ lostEvents, isCut, faultCount }: RecordingDamage): string[] {
  if (lostEvents === undefined) return isCut && faultCount === 0 ? [] : ["events may be lost"];
  if (lostEvents === 0) return [];
  return [`${lostEvents} ${lostEvents === 1 ? "event is" : "events are"} lost`];
}

function idTexts({ faults, lostIds }: RecordingDamage): string[] {
  if (lostIds > 0) return [`ids of ${lostIds} ${lostIds === 1 ? "entity" : "entities"} are lost`];
  return faults.some(({ section }) => section === "names") ? ["ids of entities may be lost"] : [];
}

/** What commands print in JSON of what is not read. */
export interface DamageJson {
  readonly [member: string]: unknown;
  readonly faults: readonly DamageFault[];
  readonly faultCount: number;
}

/** What of a recording is not read, as commands print it in JSON. */
export function damageJson(damage: RecordingDamage): DamageJson {
  return {
    cut: damage.isCut,
    hasAllData: damage.hasAllData,
    unfinishedBytes: damage.unfinishedBytes,
    leftOutBytes: damage.leftOutBytes,
    lostFrames: damage.lostFrames ?? null,
    lost: damage.lost.map(({ known, after, before }) => ({
      ...(known ?? {}),
      after: after ?? null,
      before: before ?? null,
    })),
    lostEvents: damage.lostEvents ?? null,
    lostIds: damage.lostIds,
    faults: damage.faults,
    faultCount: damage.faultCount,
  };
}
