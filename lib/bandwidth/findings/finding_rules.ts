import { DEAR_ENTITY } from "./cost/dear_entity.ts";
import { DEAR_FIELD } from "./cost/dear_field.ts";
import { FRAMING_SHARE } from "./cost/framing_share.ts";
import { HISTORY_SHORTER_THAN_RTT } from "./cost/history_shorter_than_rtt.ts";
import { JOIN_BURST } from "./cost/join_burst.ts";
import { KEYFRAME_STORM } from "./cost/keyframe_storm.ts";
import { OVER_MTU } from "./cost/over_mtu.ts";
import type { FindingRule } from "./finding_rule.ts";
import { ACKS_STARVED } from "./network/acks_starved.ts";
import { FREEZES } from "./network/freezes.ts";
import { HEAVY_LOSS } from "./network/heavy_loss.ts";
import { HOLE_IN_RECORDING } from "./network/hole_in_recording.ts";
import { INTERPOLATION_TOO_SHORT } from "./network/interpolation_too_short.ts";
import { LATE_PACKETS } from "./network/late_packets.ts";
import { NO_STATE } from "./network/no_state.ts";
import { NOBODY_CONNECTED } from "./network/nobody_connected.ts";
import { QUEUE_DELAY } from "./network/queue_delay.ts";
import { RATE_LIMITED } from "./network/rate_limited.ts";
import { SLOWER_THAN_FREEZE } from "./network/slower_than_freeze.ts";
import { STARVED_BUDGET } from "./network/starved_budget.ts";
import { WRONG_SHOWN } from "./network/wrong_shown.ts";
import { BINARY32_IN_DOUBLES } from "./values/binary32_in_doubles.ts";
import { CONSTANT_FIELDS } from "./values/constant_fields.ts";
import { LOSSY_WIRE } from "./values/lossy_wire.ts";
import { NOISY_LOW_BITS } from "./values/noisy_low_bits.ts";
import { STEPS_IN_DOUBLES } from "./values/steps_in_doubles.ts";
import { TEXT_COULD_BE_ENUM } from "./values/text_could_be_enum.ts";

/** Every finding that can be made; of two that are as bad, the earlier stands first. */
export const FINDING_RULES: readonly FindingRule[] = [
  NOBODY_CONNECTED,
  RATE_LIMITED,
  QUEUE_DELAY,
  HEAVY_LOSS,
  NO_STATE,
  WRONG_SHOWN,
  SLOWER_THAN_FREEZE,
  FREEZES,
  INTERPOLATION_TOO_SHORT,
  STARVED_BUDGET,
  OVER_MTU,
  HISTORY_SHORTER_THAN_RTT,
  KEYFRAME_STORM,
  ACKS_STARVED,
  LATE_PACKETS,
  JOIN_BURST,
  BINARY32_IN_DOUBLES,
  STEPS_IN_DOUBLES,
  NOISY_LOW_BITS,
  TEXT_COULD_BE_ENUM,
  CONSTANT_FIELDS,
  DEAR_FIELD,
  DEAR_ENTITY,
  FRAMING_SHARE,
  LOSSY_WIRE,
  HOLE_IN_RECORDING,
];
