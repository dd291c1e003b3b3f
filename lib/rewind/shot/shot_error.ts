/** A shot that cannot be judged; the message is one line. */
export class ShotError extends RangeError {
  /** Name of the error class. */
  override name = "ShotError";
  /** Position of the shot in the list, from 0. */
  readonly shot: number;
  /** What is wrong with it, without the place. */
  readonly reason: string;

  /** Error of one shot. */
  constructor(shot: number, where: string, reason: string) {
    super(`Cannot judge shot ${shot}${where}: ${reason}`);
    this.shot = shot;
    this.reason = reason;
  }
}
