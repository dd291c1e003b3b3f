import {
  type OptionNaming,
  type OptionNamingError,
  type Remedy,
  remedy,
} from "../../core/remedy.ts";

/**
 * A hit model that names what the states do not have.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ModelMisfitError, parseHitModel, PoseHistory } from "@hindcast/hindcast/rewind";
 *
 * const history = new PoseHistory(parseHitModel(["player=sphere:16"]));
 * assert.throws(() => {
 *   const entities = [{ id: 1, kind: "player", fields: { posX: 1, posY: 2, posZ: 3 } }];
 *   history.addFrame({ frame: 0, timeMs: 0, entities });
 * }, (error) => error instanceof ModelMisfitError && error.kind === "player");
 * ```
 */
export class ModelMisfitError extends TypeError implements OptionNamingError {
  /** Name of the error class. */
  override name = "ModelMisfitError";
  /** Kind of the model that does not fit; undefined when it is no one kind. */
  readonly kind: string | undefined;
  /** What does not fit. */
  readonly problem: string;
  /** What to do about it; empty where the problem says it. */
  readonly remedy: Remedy;

  /** Error of a model. */
  constructor(kind: string | undefined, problem: string, todo: Remedy = remedy``) {
    super(messageOf(kind, problem, todo.toString()));
    this.kind = kind;
    this.problem = problem;
    this.remedy = todo;
  }

  /** The message with options as they are called where it is read. */
  messageWith(nameOf: OptionNaming): string {
    return messageOf(this.kind, this.problem, this.remedy.render(nameOf));
  }
}

function messageOf(kind: string | undefined, problem: string, todo: string): string {
  const subject = kind === undefined ? "" : ` kind ${JSON.stringify(kind)}`;
  return `Cannot rewind${subject}: ${problem}${todo === "" ? "" : `; ${todo}`}`;
}
