/**
 * Keys of the options that remedies name, as they stand in the library. Whoever offers them under
 * other names, such as flags of a command line, has one table of this type.
 */
export type OptionKey =
  | "alive"
  | "decimal"
  | "eventKey"
  | "every"
  | "frameKey"
  | "idKey"
  | "kindKey"
  | "rateHz"
  | "reportJson"
  | "schema"
  | "shapes"
  | "skipBad"
  | "sparse"
  | "timeKey"
  | "timeUnit";

/** What an option is called where the text is read. */
export type OptionNaming = (key: OptionKey) => string;

/** An option inside a remedy; what is said of its value stands in the text behind it. */
export interface NamedOption {
  /** Key of the option. */
  readonly option: OptionKey;
}

/**
 * What to do about something: a text whose parts name options by key, so that each reader gets the
 * names that he knows them by. Made by {@linkcode remedy}.
 */
export class Remedy {
  /** The text in order, with the options in their places. */
  readonly parts: readonly (string | NamedOption)[];

  /** Remedy of its parts. */
  constructor(parts: readonly (string | NamedOption)[]) {
    this.parts = parts;
  }

  /** The text with options as they are called where it is read. */
  render(nameOf: OptionNaming): string {
    return this.parts.map((part) => typeof part === "string" ? part : nameOf(part.option)).join("");
  }

  /** The text with the keys of the options. */
  toString(): string {
    return this.render((key) => key);
  }
}

/** An error whose message names options, which can be had with other names as well. */
export interface OptionNamingError extends Error {
  /** The message with options as they are called where it is read. */
  messageWith(nameOf: OptionNaming): string;
}

/** The place of an option in a remedy. */
export function optionKey(option: OptionKey): NamedOption {
  return { option };
}

/**
 * Tag of a template that makes a {@linkcode Remedy}: `` remedy`name its key with ${optionKey("idKey")}` ``.
 *
 * @param parts options, other remedies, and what is put in as text
 */
export function remedy(
  texts: TemplateStringsArray,
  ...parts: readonly (NamedOption | Remedy | string | number)[]
): Remedy {
  const all: (string | NamedOption)[] = [];
  for (const [i, text] of texts.entries()) {
    all.push(text);
    const part = parts[i];
    if (part instanceof Remedy) all.push(...part.parts);
    else if (part !== undefined) all.push(typeof part === "number" ? String(part) : part);
  }
  return new Remedy(all.filter((part) => part !== ""));
}
