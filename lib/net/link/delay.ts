/** Gives each packet the time that it is on its way. */
export interface DelayModel {
  /** Delay of the next packet, in whole microseconds, 0 and above. */
  nextDelayUs(): number;
}
