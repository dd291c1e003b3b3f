/** Gives each packet the time that it is on its way. */
export interface DelayModel {
  /** Delay of the next packet of a line, the first unless given: whole microseconds, 0 and above. */
  nextDelayUs(line?: number): number;
}
