/** Version of the file format that is written; a reader refuses every later one. */
export const FORMAT_VERSION: number = 2;

/** What an MCAP header's profile starts with in our files; the format version follows. */
export const PROFILE_PREFIX: string = "x-hindcast/";

/** Name by which our files say who wrote them; another program that writes one anew says its own. */
export const LIBRARY: string = "hindcast";

/** Topic of the blocks of states. */
export const STATE_TOPIC: string = "state";

/** Topic of the events. */
export const EVENT_TOPIC: string = "event";

/** Topic of the ids of entities. */
export const NAME_TOPIC: string = "names";

/** Topic of the full states in JSON that a viewer can show. */
export const PREVIEW_TOPIC: string = "preview";

/** Channel of the events. */
export const EVENT_CHANNEL: number = 1;

/** Channel of the full states in JSON. */
export const PREVIEW_CHANNEL: number = 2;

/** Channel of the blocks of the first schema revision; each later revision has the next. */
export const STATE_CHANNEL: number = 3;

/** Channel of the ids of entities, after those of all revisions. */
export const NAME_CHANNEL: number = 65535;

/** Message encoding of a block. */
export const BLOCK_ENCODING: string = "x-hindcast-block";

/** Encoding of the schema record of a state channel. */
export const SCHEMA_ENCODING: string = "x-hindcast-schema";

/** Name of the metadata record that is written when the file opens. */
export const FACTS_NAME: string = "hindcast";

/** Name of the metadata record with the number of events by name. */
export const EVENT_COUNTS_NAME: string = "hindcast.events";

/** Name of the attachment with the block table. */
export const BLOCK_TABLE_NAME: string = "hindcast.blocks";

/** Media type of the block table. */
export const BLOCK_TABLE_MEDIA_TYPE: string = "application/x-hindcast-blocks";

/** Name of the attachment with what the states hold. */
export const STATE_FACTS_NAME: string = "hindcast.states";

/** Media type of it. */
export const STATE_FACTS_MEDIA_TYPE: string = "application/json";

/** Longest time that a block may span, in milliseconds. */
export const BLOCK_MS_MAX: number = 1000;

/** Most frames of a block. */
export const BLOCK_FRAMES_MAX: number = 4096;

/** Most words of rows that a block holds when it has more than one frame: 1 MiB. */
export const BLOCK_WORDS: number = 1 << 18;

/** What the texts of a block may cost before its last frame, as a pool of texts counts. */
export const BLOCK_TEXT_COST: number = 1 << 21;

/** Most words of rows that any block holds, one of a single frame included: 64 MiB. */
export const BLOCK_WORDS_MAX: number = 1 << 24;

/** Length at which events, or previews, become a chunk. */
export const TEXT_BYTES: number = 1 << 17;

/** Recorded time after which they do, in ms, so that a killed recording lacks no more than that. */
export const TEXT_MS: number = 30_000;

/** Most bytes of a chunk, compressed or raw. */
export const CHUNK_BYTES_MAX: number = 1 << 27;

/** Most revisions of the schema in one file; MCAP numbers its channels with 16 bits. */
export const REVISIONS_MAX: number = 65000;

/** Most kinds and fields of all revisions together that do not only add kinds and texts. */
export const REVISION_NAMES_MAX: number = 1 << 23;
