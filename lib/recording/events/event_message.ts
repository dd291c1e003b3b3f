import { shownValue } from "../../core/shown_value.ts";
import { isFrame } from "../../core/time/frame.ts";
import type { StateEvent } from "../../core/state/state.ts";
import {
  exactJsonText,
  HALF_PAIR,
  jsonForm,
  parseJson,
  wellFormed,
} from "../container/json_text.ts";

/*
 * A message of the event topic: `{"events":[...]}`, the events of one frame in their order. An
 * event stands there as it came in when its members ev, f and t say its name, frame and time;
 * else, and whenever it has a member `data`, it is wrapped: {"ev", "f"?, "t"?, "data": {...}}.
 */

/** JSON schema of the event topic, so that any MCAP viewer shows the events. */
export const EVENT_SCHEMA: string = JSON.stringify({
  title: "hindcast.Events",
  type: "object",
  required: ["events"],
  properties: {
    events: {
      type: "array",
      description: "events of one frame, in their order",
      items: {
        type: "object",
        required: ["ev"],
        properties: {
          ev: { type: "string", description: "name" },
          f: { type: "integer", description: "frame" },
          t: { type: "number", description: "time in ms" },
        },
        additionalProperties: true,
      },
    },
  },
});

/**
 * JSON text of one event.
 *
 * @throws {RangeError} for a frame or time that is none
 * @throws {TypeError} when it has no name, its data is no object or holds what JSON cannot
 */
export function eventText(event: StateEvent): string {
  assertEvent(event);
  const { frame, timeMs } = event;
  // The metadata counts events by their names, as UTF-8 has them.
  const name = wellFormed(event.name);
  const told = `Cannot record event ${shownValue(name)}: its`;
  const data = jsonForm(event.data);
  if (!isObject(data)) {
    throw new TypeError(`${told} data is ${shownValue(data)}, expected an object`);
  }
  const isForm = typeof data["toJSON"] !== "function";
  if (frame !== undefined && !isFrame(frame)) {
    throw new RangeError(`${told} frame is ${shownValue(frame)}, expected an u32`);
  }
  if (timeMs !== undefined && !Number.isFinite(timeMs)) {
    throw new RangeError(`${told} time is ${shownValue(timeMs)}, expected ms`);
  }
  const isBare = isForm && own(data, "ev") === name && Object.is(own(data, "f"), frame) &&
    Object.is(own(data, "t"), timeMs) && !Object.hasOwn(data, "data");
  const text = exactJsonText(data, `${told} data`);
  if (isBare) return text;
  if (!isForm && !text.startsWith("{")) throw new TypeError(`${told} data is no object as JSON`);
  const f = frame === undefined ? "" : `,"f":${frame}`;
  const t = timeMs === undefined ? "" : `,"t":${exactJsonText(timeMs)}`;
  return `{"ev":${JSON.stringify(name)}${f}${t},"data":${text}}`;
}

/** Refuses what is no event, whatever its data. @throws {TypeError} */
export function assertEvent(event: StateEvent): void {
  if (typeof event === "object" && event !== null && typeof event.name === "string") return;
  const what = typeof event === "object" && event !== null
    ? `its name is ${shownValue((event as StateEvent).name)}, expected a text`
    : `it is ${shownValue(event)}, expected { name, frame, timeMs, data }`;
  throw new TypeError(`Cannot record an event: ${what}`);
}

/**
 * As {@linkcode assertEvent}, and refuses a name that UTF-8 has no bytes for and members that would
 * not be recorded.
 *
 * @throws {TypeError}
 */
export function assertWholeEvent(event: StateEvent): void {
  assertEvent(event);
  for (const key in event) {
    if (MEMBERS.has(key)) continue;
    throw new TypeError(
      `Cannot record event ${shownValue(event.name)}: it has a member ${
        shownValue(key)
      }, expected ${[...MEMBERS].join(", ")}; what it says goes into data`,
    );
  }
  if (event.name.isWellFormed()) return;
  throw new TypeError(
    `Cannot record event ${shownValue(event.name)}: its name is no Unicode: ${HALF_PAIR}`,
  );
}

const MEMBERS: ReadonlySet<string> = new Set(["name", "frame", "timeMs", "data"]);

/** Message of several event texts. */
export function eventMessage(texts: readonly string[]): string {
  return `{"events":[${texts.join(",")}]}`;
}

/** Events of a message. @throws {RangeError} when it is no such message */
export function readEventMessage(bytes: Uint8Array): StateEvent[] {
  const message = parseJson(bytes);
  const events = isObject(message) ? own(message, "events") : undefined;
  if (!Array.isArray(events)) throw new RangeError("it has no list of events");
  return events.map(readEvent);
}

function readEvent(value: unknown): StateEvent {
  if (!isObject(value)) throw new RangeError("an event is no object");
  const name = own(value, "ev");
  const frame = own(value, "f");
  const timeMs = own(value, "t");
  const data = Object.hasOwn(value, "data") ? own(value, "data") : value;
  if (typeof name !== "string") throw new RangeError("an event has no name");
  if (frame !== undefined && !isFrame(frame)) throw new RangeError(`frame of an event is ${frame}`);
  if (timeMs !== undefined && typeof timeMs !== "number") {
    throw new RangeError(`time of an event is ${timeMs}`);
  }
  if (!isObject(data)) throw new RangeError("the data of an event is no object");
  return { frame, timeMs, name, data };
}

function own(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
