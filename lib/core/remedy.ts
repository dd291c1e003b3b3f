/**
 * Keys of the options that remedies name, as they stand in the library. Whoever offers them under
 * other names, such as flags of a command line, has one table of this type.
 */
export type OptionKey =
  | "after"
  | "alive"
  | "budgetKbps"
  | "check"
  | "churn"
  | "codec"
  | "decimal"
  | "entities"
  | "eventKey"
  | "eventWindowMs"
  | "events"
  | "every"
  | "exclude"
  | "fields"
  | "frameBits"
  | "frameKey"
  | "frameOffset"
  | "freezeMs"
  | "generationKey"
  | "historyFrames"
  | "idKey"
  | "ids"
  | "idsByKind"
  | "infoSchema"
  | "interest"
  | "interpMs"
  | "keyframeEveryFrames"
  | "kindKey"
  | "kinds"
  | "leaveOut"
  | "onRestart"
  | "policy"
  | "rateHz"
  | "reportJson"
  | "schema"
  | "sendEveryFrames"
  | "sendRateHz"
  | "shapes"
  | "skipBad"
  | "sparse"
  | "timeKey"
  | "timeOffsetMs"
  | "timeUnit"
  | "wire";

/** What an option is called where the text is read. */
export type OptionNaming = (key: OptionKey) => string;

/**
 * What to do about something: a text that names options, so that each reader gets the names that he
 * knows them by.
 */
export interface Remedy {
  /** The text with options as they are called where it is read. */
  render(nameOf: OptionNaming): string;
  /** The text with the keys of the options. */
  toString(): string;
}

/** An error whose message names options, which can be had with other names as well. */
export interface OptionNamingError extends Error {
  /** The message with options as they are called where it is read. */
  messageWith(nameOf: OptionNaming): string;
}

/** An option inside a remedy; what is said of its value stands in the text behind it. */
interface NamedOption {
  readonly option: OptionKey;
}

class OptionText implements Remedy {
  readonly parts: readonly (string | NamedOption)[];

  constructor(parts: readonly (string | NamedOption)[]) {
    this.parts = parts;
  }

  render(nameOf: OptionNaming): string {
    return this.parts.map((part) => typeof part === "string" ? part : nameOf(part.option)).join("");
  }

  toString(): string {
    return this.render((key) => key);
  }
}

/** The place of an option in a remedy. */
export function optionKey(option: OptionKey): { readonly option: OptionKey } {
  return { option };
}

/**
 * Tag of a template that makes a {@linkcode Remedy}: `` remedy`name its key with ${optionKey("idKey")}` ``.
 *
 * @param parts options, other remedies, and what is put in as text
 */
export function remedy(
  texts: TemplateStringsArray,
  ...parts: readonly ({ readonly option: OptionKey } | Remedy | string | number)[]
): Remedy {
  const all: (string | NamedOption)[] = [];
  for (const [i, text] of texts.entries()) {
    all.push(text);
    const part = parts[i];
    if (part === undefined) continue;
    if (typeof part === "string" || typeof part === "number") all.push(String(part));
    else if (part instanceof OptionText) all.push(...part.parts);
    else if ("option" in part) all.push(part);
    else throw new TypeError("A remedy inside another one was not made by the same tag");
  }
  return new OptionText(all);
}
