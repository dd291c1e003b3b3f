import { optionKey, type Remedy, remedy } from "../../../core/remedy.ts";
import type { RunReport } from "../../report/run_report.ts";
import type { FindingRule, JudgedRun } from "../finding_rule.ts";
import { historyNeeds } from "./history.ts";
import { numberText, partOf, percentText } from "../figure_text.ts";

/** Keyframes of joins alone stay below it. */
const OVER_MTU_PART = 0.01;
/** Points by which loss grows before it is an error: more than a player's own network loses. */
export const GROWN_ERROR = 0.05;
const GROWN_WARNING = 0.005;

/** Packets that travel in pieces. */
export const OVER_MTU: FindingRule = {
  code: "over-mtu",
  isSeen: true,
  isOfStream: true,
  judge(run) {
    const { datagrams, datagramsDropped, datagramsLost, lost, mtuBytes, overMtu, packets } =
      run.report;
    const part = partOf(overMtu, packets);
    if (part < OVER_MTU_PART || isOfJoins(run.report)) return undefined;
    const missing = datagramsLost + datagramsDropped;
    const pieceLoss = partOf(missing, datagrams);
    const packetLoss = partOf(lost, packets);
    const grown = grownLoss(run);
    const severity = grown >= GROWN_ERROR ? "error" : grown >= GROWN_WARNING ? "warning" : "note";
    const each = numberText((datagrams - (packets - overMtu)) / overMtu);
    return {
      severity,
      size: grown > 0 ? grown : part / 100,
      text: missing === 0
        ? `packets are larger than the MTU and travel in pieces: once one is lost, all of them are`
        : `packets are larger than the MTU: with one of their pieces all of them are lost`,
      evidence: `${percentText(part)} of the packets exceed ${mtuBytes} B, ${each} datagrams each` +
        (missing === 0
          ? ""
          : `; ${percentText(pieceLoss)} of the datagrams lost became ${
            percentText(packetLoss)
          } of the packets`),
      remedy: smallerPackets(run),
    };
  },
};

/** What makes packets smaller. */
export function smallerPackets(run: JudgedRun): Remedy {
  const { options, report } = run;
  const less = remedy`fewer fields or coarser steps by ${optionKey("wire")}, only what is near by ${
    optionKey("interest")
  }`;
  const { least, enough } = historyNeeds(run);
  const isWhole = report.keyframeReasons.evicted * 2 > report.packets;
  if (isWhole && least >= report.settings.history) {
    return remedy`${
      optionKey("historyFrames")
    } ${enough}, since most packets are keyframes; ${less}`;
  }
  return options.codec === "varint" ? less : remedy`${optionKey("codec")} varint, ${less}`;
}

/** True where hardly more exceed the MTU than the keyframes that joins take. */
function isOfJoins({ keyframeReasons, overMtu, packets }: RunReport): boolean {
  const first = keyframeReasons["no-ack"];
  return first * 2 < packets && overMtu - first < OVER_MTU_PART * packets;
}

/** Points, 0 to 1, by which the loss of packets is above that of their pieces. */
export function grownLoss({ report }: JudgedRun): number {
  const { datagrams, datagramsDropped, datagramsLost, lost, packets } = report;
  return partOf(lost, packets) - partOf(datagramsLost + datagramsDropped, datagrams);
}
