/** Names that say what a key is, without case and punctuation. */
export const FRAME_NAMES: RegExp = /^(?:f|fr|frames?|ticks?|step|turn|iteration)$/;
export const FRAME_LIKE: RegExp = /frame|tick|step|seq|turn|iteration|snapshot/;
export const TIME_NAMES: RegExp =
  /^(?:t|ts|time|times|timestamp|ms|msec|msecs|millis|now|clock|elapsed|date|sec|seconds)$/;
export const TIME_LIKE: RegExp =
  /time|stamp|msec|millis|clock|elapsed|uptime|seconds|zeit|tiempo|temps/;
export const ID_NAMES: RegExp = /^(?:id|eid|uid|uuid|guid|sid|pid|key)$/;
export const ID_LIKE: RegExp =
  /(?:id|uuid|guid|actor|entity|player|session|name|handle|index|slot|key|unit|pawn|peer|agent|num|who)$/;
/** Names of ids that no line has as a whole frame, which may have one of its room or match. */
export const ROW_ID_NAMES: RegExp =
  /^(?:net|network|networkobject|netobject|entity|object|instance|actor|unit)(?:id|guid)$/;
export const KIND_NAMES: RegExp =
  /^(?:kind|type|class|prefab|archetype|category|entitytype|entityclass|classname)$/;
export const GONE_NAMES: RegExp =
  /^(?:is)?(?:gone|removed?|despawn(?:ed)?|deleted?|destroy(?:ed)?|left)$/;
export const EVENT_NAMES: RegExp =
  /^(?:ev|evt|ereignis|evento|evenement|event|eventname|eventtype|msg|message|action)$/;
/** Keys of what tells the entities apart that have an id in turn. */
export const GENERATION_NAMES: readonly string[] = ["generation", "gen", "Generation", "serial"];
