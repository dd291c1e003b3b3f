import { optionKey, remedy } from "../../../core/remedy.ts";
import type { FindingRule } from "../finding_rule.ts";
import { numberText, partOf, percentText } from "../figure_text.ts";

/** More is paid for the envelope than for what is in it. */
const FRAMING_NOTE = 0.5;
/** Three times as much. */
const FRAMING_WARNING = 0.75;
/** Packets that are this far apart are few enough. */
const APART_MAX_MS = 50;

/** Headers, ids and masks that cost more than values. */
export const FRAMING_SHARE: FindingRule = {
  code: "framing-share",
  isSeen: false,
  isOfStream: true,
  judge(run) {
    const { overheadBits, payloadBytes, settings, wireBytes } = run.report;
    const { entity, mask, packet, tables } = overheadBits;
    const valueBits = payloadBytes * 8 - packet - entity - mask - tables;
    const framing = 1 - partOf(valueBits, wireBytes * 8);
    if (wireBytes === 0 || framing < FRAMING_NOTE) return undefined;
    const headers = partOf(wireBytes - payloadBytes, wireBytes);
    const records = partOf(entity + mask, wireBytes * 8);
    const apartMs = 2 * run.sendMs;
    const half = settings.sendRateHz === null
      ? remedy`${optionKey("sendEveryFrames")} ${2 * (settings.sendEvery ?? 1)}`
      : remedy`${optionKey("sendRateHz")} ${numberText(settings.sendRateHz / 2)}`;
    return {
      severity: framing >= FRAMING_WARNING ? "warning" : "note",
      size: framing,
      text: "headers, ids and masks cost more than the values that they frame",
      evidence: `${
        percentText(framing)
      } of the bytes on the wire are no values: IP and UDP headers ${
        percentText(headers)
      }, packet headers ${percentText(partOf(packet, wireBytes * 8))}, ids and masks ${
        percentText(records)
      }`,
      remedy: apartMs <= APART_MAX_MS && run.sendMs > 0
        ? remedy`${half} halves the headers, with states up to ${
          numberText(run.sendMs)
        } ms older; or let states travel in the datagrams of other messages`
        : remedy`let states travel in the datagrams of other messages`,
    };
  },
};
