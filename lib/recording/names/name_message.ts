import type { EntityId, EntityName } from "../../core/names/entity_names.ts";
import { isFrame } from "../../core/time/frame.ts";
import { exactJsonText, parseJson } from "../container/json_text.ts";

/*
 * A message of the names topic: `{"names":[[entity, id] | [entity, id, kind], ...]}`, in the order
 * in which the ids came. An id is a number or a text.
 */

/** Most bytes of a message. */
export const NAME_MESSAGE_BYTES_MAX: number = 1 << 22;

/** Longest kind of a name, in UTF-16 code units. */
export const KIND_LENGTH_MAX: number = 1 << 12;

/** JSON schema of the names topic, so that any MCAP viewer shows the names. */
export const NAMES_SCHEMA: string = JSON.stringify({
  title: "hindcast.Names",
  type: "object",
  required: ["names"],
  properties: {
    names: {
      type: "array",
      description: "ids of entities whose id is not their number",
      items: {
        type: "array",
        minItems: 2,
        maxItems: 3,
        description: "number of the entity; its id; kind within which the id is one, if any",
      },
    },
  },
});

/** JSON text of one name. */
export function nameText({ entity, id, kind }: EntityName): string {
  const texts = [String(entity), exactJsonText(id)];
  if (kind !== undefined) texts.push(JSON.stringify(kind));
  return `[${texts.join(",")}]`;
}

/** Message of several name texts. */
export function nameMessage(texts: readonly string[]): string {
  return `{"names":[${texts.join(",")}]}`;
}

/** Names of a message. @throws {RangeError} when it is no such message */
export function readNameMessage(bytes: Uint8Array): EntityName[] {
  if (bytes.length > NAME_MESSAGE_BYTES_MAX) {
    throw new RangeError(
      `a message has ${bytes.length} bytes, at most ${NAME_MESSAGE_BYTES_MAX} are read`,
    );
  }
  const message = parseJson(bytes);
  const isObject = typeof message === "object" && message !== null;
  const names = isObject && Object.hasOwn(message, "names")
    ? (message as { names: unknown }).names
    : undefined;
  if (!Array.isArray(names)) throw new RangeError("it has no list of names");
  return names.map(readName);
}

function readName(value: unknown): EntityName {
  if (!Array.isArray(value) || value.length < 2 || value.length > 3) {
    throw new RangeError("a name is no list of entity, id and kind");
  }
  const [entity, id, kind] = value as unknown[];
  if (!isFrame(entity)) throw new RangeError("the entity of a name is no u32");
  if (!isId(id)) throw new RangeError(`the id of entity ${entity} is no number and no text`);
  if (kind !== undefined && !(typeof kind === "string" && kind.length <= KIND_LENGTH_MAX)) {
    throw new RangeError(
      `the kind of entity ${entity} is no text of ${KIND_LENGTH_MAX} characters`,
    );
  }
  return { entity: entity + 0, id, kind };
}

function isId(value: unknown): value is EntityId {
  return typeof value === "string" || (typeof value === "number" && !Object.is(value, -0));
}
