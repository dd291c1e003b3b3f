import type { TeleportSpec } from "./given_teleports.ts";

/**
 * Reads which steps are teleports: `UNITS`, `speed:UNITS_PER_SECOND`, `field:NAME`, `event:NAME` or
 * `event:NAME:KEY` (the key that holds the entity, `id` unless given), or `none`.
 *
 * @throws {SyntaxError} when the text is none of these
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseTeleportSpec, teleportText } from "@hindcast/hindcast/rewind";
 *
 * const spec = parseTeleportSpec("event:portal");
 * assert.deepEqual(spec, { by: "event", event: "portal", key: "id" });
 * assert.equal(teleportText(spec), "event:portal:id");
 * ```
 */
export function parseTeleportSpec(text: string): TeleportSpec {
  const [, word, rest] = /^([a-z]+):(.+)$/.exec(text) ?? [];
  if (text === "none") return { by: "units", units: Infinity };
  if (word === "field") return { by: "field", field: rest! };
  if (word === "event") {
    const [event, key] = /^(.+):([^:]+)$/.exec(rest!)?.slice(1) ?? [rest!, "id"];
    return { by: "event", event: event!, key: key! };
  }
  const number = (word === "speed" ? rest! : text).trim();
  const value = number === "" ? NaN : Number(number);
  if (value > 0 && value < Infinity && (word === undefined || word === "speed")) {
    return word === "speed"
      ? { by: "speed", unitsPerSecond: value }
      : { by: "units", units: value };
  }
  throw new SyntaxError(
    `Cannot read teleports ${JSON.stringify(text)}: expected UNITS, speed:UNITS_PER_SECOND, ` +
      "field:NAME, event:NAME, event:NAME:KEY or none",
  );
}

/** Text that {@linkcode parseTeleportSpec} reads. */
export function teleportText(spec: TeleportSpec): string {
  switch (spec.by) {
    case "units":
      return spec.units === Infinity ? "none" : String(spec.units);
    case "speed":
      return `speed:${spec.unitsPerSecond}`;
    case "field":
      return `field:${spec.field}`;
    default:
      return `event:${spec.event}:${spec.key}`;
  }
}
