/**
 * What something makes or throws, with errors that do not say where they were made: for bad lines
 * that is nobody's business, and takes most of the time.
 */
export function withoutStack<T>(act: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return act();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
