import { optionKey, remedy } from "../../core/remedy.ts";
import { InputSyntaxError } from "../input/input_error.ts";

/** Error of a line that is longer than may be. */
export function tooLong(source: string, line: number, bytesMax: number): InputSyntaxError {
  return new InputSyntaxError(
    { source, line },
    `the line is longer than ${bytesMax} bytes`,
    remedy`send one row or one frame a line`,
    { code: "too-long" },
  );
}

/** Error of a line that is no object. */
export function noObject(source: string, line: number): InputSyntaxError {
  return new InputSyntaxError(
    { source, line },
    "the line is no JSON object",
    remedy`send one object a line, such as {"f":12,"id":3,"x":1.5}`,
    { code: "no-object" },
  );
}

/** Error of a line of a datagram whose number is none. */
export function noSequence(source: string, line: number): InputSyntaxError {
  return new InputSyntaxError(
    { source, line },
    'the "seq" of the line is no integer from 0',
    remedy`count lines or datagrams from 0, or leave it out`,
    { code: "bad-seq", field: "seq" },
  );
}

/** Error of a line whose end never came. */
export function cutLine(source: string, line: number): InputSyntaxError {
  return new InputSyntaxError(
    { source, line },
    "the connection ended amid the line, which is left out",
    remedy`send each line to its end before the connection ends`,
    { code: "cut-line" },
  );
}

/** Error of a line whose frame was over when its producer came. @param closed last frame that is */
export function beforeComing(
  source: string,
  line: number,
  frame: number,
  closed: number,
): InputSyntaxError {
  return new InputSyntaxError(
    { source, line },
    `the line is late: the producer connected after frame ${frame} was over, all up to ${closed} are recorded`,
    remedy`go on behind it`,
    { code: "late-line" },
  );
}

/** Error of a line whose frame is over. @param closed last frame that is */
export function lateLine(
  source: string,
  line: number,
  frame: number,
  closed: number,
  flushMs: number,
): InputSyntaxError {
  return new InputSyntaxError(
    { source, line },
    `the line is late: frame ${frame} is over, all up to ${closed} are recorded`,
    remedy`send the rows of a frame within ${String(flushMs)} ms of one another`,
    { code: "late-line" },
  );
}

/** Error of a row that would leave all other producers behind. @param newest frame of these */
export function farAhead(
  source: string,
  line: number,
  frame: number,
  newest: number,
): InputSyntaxError {
  return new InputSyntaxError(
    { source, line },
    `frame ${frame} is far ahead of ${newest}, at which the other producers are`,
    remedy`count frames as they do, or record it alone`,
    { code: "far-ahead" },
  );
}

/** Error of a line of a producer that starts again, or goes on, alone. */
export function otherSession(
  source: string,
  line: number,
  frame: number,
  closed: number,
): InputSyntaxError {
  const isBack = frame <= closed;
  return new InputSyntaxError(
    { source, line },
    isBack
      ? `the producer starts again at frame ${frame}, and the recording is at ${closed}`
      : `the line of frame ${frame} is of the session before, and another producer has started again`,
    isBack
      ? remedy`go on behind it, or give ${optionKey("onRestart")} split to begin a session`
      : remedy`start all producers again`,
    { code: "late-line" },
  );
}

/**
 * Error of an event of a producer that starts again, or goes on, alone.
 *
 * @param closed last frame that is over
 * @param isSplit true when frames that start again are recorded
 */
export function strayEvent(
  source: string,
  line: number,
  closed: number,
  isSplit: boolean,
): InputSyntaxError {
  return new InputSyntaxError(
    { source, line },
    isSplit
      ? "the event is of the session before, and another producer has started again"
      : `the event is of a producer that starts again, and the recording is at ${closed}`,
    isSplit
      ? remedy`start all producers again`
      : remedy`go on behind it, or give ${optionKey("onRestart")} split to begin a session`,
    { code: "late-line" },
  );
}

/** Error of a producer that sends too much. */
export function tooManyLines(source: string, linesMax: number, dropped: number): InputSyntaxError {
  return new InputSyntaxError(
    { source },
    `more than ${linesMax} lines came within a second${dropped > 0 ? " and are left out" : ""}`,
    remedy`send fewer${dropped > 0 ? "" : ", since those behind them wait"}`,
    { code: "too-many-lines" },
  );
}
