import { optionKey, remedy } from "../../../core/remedy.ts";
import type { FindingRule } from "../finding_rule.ts";
import { numberText, partOf, percentText } from "../figure_text.ts";

/** More is paid for the envelope than for what is in it. */
const FRAMING_NOTE = 0.5;
/** Part of all bytes that sending half as often has to save. */
const SAVED_MIN = 0.25;
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
    const saved = (headers + partOf(packet, wireBytes * 8)) / 2;
    if (run.sendMs === 0 || apartMs > APART_MAX_MS || saved < SAVED_MIN) return undefined;
    return {
      // What is left of a smaller payload is a larger share of it, and no worse for that.
      severity: "note",
      size: framing,
      text: "headers, ids and masks cost more than the values that they frame",
      evidence: `${
        percentText(framing)
      } of the bytes on the wire are no values: IP and UDP headers ${
        percentText(headers)
      }, packet headers ${percentText(partOf(packet, wireBytes * 8))}, ids and masks ${
        percentText(records)
      }`,
      remedy: remedy`${half} halves the headers, ${percentText(saved)} of all, with states up to ${
        numberText(run.sendMs)
      } ms older; or let states travel in the datagrams of other messages`,
    };
  },
};
