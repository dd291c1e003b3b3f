import { memberOf } from "../../core/state/member_of.ts";

/** Keys that games print their frames under, without case and marks, the likelier first. */
const FRAME_KEYS = names(
  "tick frame servertick serverframe simtick simframe gametick physicsframe framenumber " +
    "frameindex frameid framecount ticknumber tickcount currenttick currentframe tickid f " +
    "snapshot snapshotid seq sequence step turn index",
);
const TIME_KEYS = names(
  "time timestamp servertime gametime simtime worldtime timems msec ms elapsed elapsedms ts t " +
    "clock now date seconds epoch",
);
const ENTITY_KEYS = names(
  "entityid eid netid networkid networkobjectid objectid playerid actorid actor unitid uid uuid " +
    "guid entity ent steamid clientid peerid peer viewid id",
);
const ID_KEYS = [
  ...ENTITY_KEYS,
  ...names("sessionid name key handle pid player object instanceid"),
];
/** Keys that no state has for anything but what happened. */
const SURE_EVENT_KEYS = names("event evt ev eventname eventtype");
const EVENT_KEYS = [
  ...SURE_EVENT_KEYS,
  ...names("type action cmd command op opcode topic signal what verb msg message name"),
];

/** Names of lists of what happened. */
const EVENT_LISTS =
  /^(?:\w*events?|evts?|log|logs|messages?|actions?|shots?|hits?|kills?|chat|commands?|signals?|rpcs?|killfeed)$/;

type Members = Readonly<Record<string, unknown>>;

/** Key that a line likely has its frame under; undefined when there is none. */
export function likelyFrameKey(object: object): string | undefined {
  return likelyKey(object, FRAME_KEYS, isInteger);
}

/** Key that a line likely has its time under; undefined when there is none. */
export function likelyTimeKey(object: object): string | undefined {
  return likelyKey(object, TIME_KEYS, isPlain);
}

/** Key that a row or an entity likely has its id under; undefined when there is none. */
export function likelyIdKey(object: object): string | undefined {
  return likelyKey(object, ID_KEYS, isPlain);
}

/** Key at the root of a row that names nothing but an entity; undefined when there is none. */
export function likelyEntityKey(object: object): string | undefined {
  return bestKey(object, ENTITY_KEYS, isPlain, "");
}

/**
 * Key that an event likely has its name under, at the root of its line or one level below a key
 * such as `event`; undefined when there is none.
 *
 * @param isSure true for keys alone that hardly a state has
 * @param isOther tells of a key that it is known to be something else
 */
export function likelyEventKey(
  object: object,
  isSure: boolean,
  isOther: (key: string) => boolean,
): string | undefined {
  const known = isSure ? SURE_EVENT_KEYS : EVENT_KEYS;
  const isFree = (value: unknown, key: string) => isText(value) && !isOther(key);
  const key = bestKey(object, known, isFree, "");
  if (key !== undefined) return key;
  for (const [name, value] of Object.entries(object).slice(0, 16)) {
    const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
    if (!isMap || !SURE_EVENT_KEYS.includes(plainName(name))) continue;
    const nested = bestKey(value, EVENT_KEYS, (one, key) => isFree(one, `${name}.${key}`), "");
    if (nested !== undefined) return `${name}.${nested}`;
  }
  return undefined;
}

/**
 * Key that the objects of a list likely have their names under, if they are events by the name of
 * the list; undefined for other lists.
 */
export function likelyListedEvents(path: string, list: readonly unknown[]): string | undefined {
  const [first] = list;
  if (!EVENT_LISTS.test(plainName(path.slice(path.lastIndexOf(".") + 1)))) return undefined;
  if (typeof first !== "object" || first === null) return undefined;
  const key = likelyEventKey(first, false, () => false);
  const isOfAll = key !== undefined && list.every((one) => {
    const isObject = typeof one === "object" && one !== null;
    return isObject && isText(memberOf(one, key));
  });
  return isOfAll ? key : undefined;
}

function likelyKey(
  object: object,
  known: readonly string[],
  fits: (value: unknown) => boolean,
): string | undefined {
  const key = bestKey(object, known, fits, "");
  if (key !== undefined) return key;
  for (const [name, value] of Object.entries(object).slice(0, 16)) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) continue;
    const nested = bestKey(value, known, fits, `${name}.`);
    if (nested !== undefined) return nested;
  }
  return undefined;
}

function bestKey(
  object: object,
  known: readonly string[],
  fits: (value: unknown, key: string) => boolean,
  prefix: string,
): string | undefined {
  let best = known.length;
  let found: string | undefined;
  let count = 0;
  for (const key in object) {
    if (count++ >= 64) break;
    const at = key.length > 32 ? -1 : known.indexOf(plainName(key));
    if (at < 0 || at >= best || !fits((object as Members)[key], key)) continue;
    best = at;
    found = prefix + key;
  }
  return found;
}

function plainName(key: string): string {
  return key.toLowerCase().replace(/[^a-z]/g, "");
}

function isInteger(value: unknown): boolean {
  return Number.isInteger(
    typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value,
  );
}

function isPlain(value: unknown): boolean {
  return typeof value === "number" || (typeof value === "string" && value !== "");
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function names(text: string): readonly string[] {
  return text.split(" ");
}
