import type { RunOptions } from "../../replication/run_options.ts";
import type { TeleportRule } from "../past/teleport.ts";

/** How the shooters' clients are simulated. */
export interface ShooterViewOptions {
  /** Network, ack policy, codec and seed; every shooter is one consumer, whatever `consumers` says. */
  readonly run: RunOptions;
  /** Interpolation delay in milliseconds of shots that have no `interp`; default 0. */
  readonly interpMs?: number | undefined;
  /** True for a game whose shots are decided before the state of their frame is made. */
  readonly eventsFirst?: boolean | undefined;
  /** Steps over which a client shows the earlier row. */
  readonly teleport: TeleportRule;
}
