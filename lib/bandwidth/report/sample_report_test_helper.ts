import type { PageEvents, PageShots } from "../moments/page_events.ts";
import type { RunMoments } from "../moments/run_moments.ts";
import type { BandwidthReport, RunReport } from "./run_report.ts";
import { DEFAULT_SETTINGS } from "./run_settings.ts";

/** A run of 2.5 seconds with figures that are easy to recognise, some of them given. */
export function sampleRun(given: Partial<RunReport> = {}): RunReport {
  const { ack = "strict", codec = "varint", net = "loss=2%", consumers = 2 } = given;
  return {
    name: `${ack} ${codec} ${net}`,
    ack,
    codec,
    net,
    consumers,
    settings: { ...DEFAULT_SETTINGS, ack, codec, net, consumers },
    mtuBytes: 1200,
    frames: 25,
    durationSeconds: 2.5,
    packets: 50,
    delivered: 49,
    lost: 1,
    discarded: 0,
    late: 0,
    keyframes: 2,
    keyframeReasons: { "no-ack": 2, evicted: 0, reset: 0, interval: 0 },
    keyframeShare: 0.25,
    overMtu: 0,
    datagrams: 50,
    datagramsLost: 1,
    datagramsDropped: 0,
    acks: { sent: 49, lost: 1 },
    payloadBytes: 2000,
    wireBytes: 3400,
    bytesPerFrame: { mean: 40, p50: 38, p95: 60, p99: 63, max: 80 },
    egressMbps: 0.011,
    egressGBPerHour: 0.005,
    kbps: { mean: 5.44, p95: 6, max: 6.5 },
    kbpsSeconds: 4,
    secondsLeftOut: 0,
    baselineAgeFrames: { p50: 3, p99: 5, max: 6 },
    encodes: 30,
    distinctBaselines: 1.2,
    lossRuns: { mean: 1, max: 1 },
    badStay: { mean: 0, max: 0 },
    consumersWithoutState: 0,
    divergence: { wrongFieldFrames: 0, wrongShare: 0, longestStreakFrames: 0 },
    healFrames: { p50: 0, p99: 0, max: 0 },
    stalenessFrames: { p50: 0, p99: 0, max: 0 },
    overheadBits: { packet: 1600, entity: 800, mask: 1600, tables: 0 },
    fields: [
      { kind: "player", field: "x", bits: 8000, share: 0.5, changes: 500, bitsPerChange: 16 },
      { kind: "player", field: "hp", bits: 4000, share: 0.25, changes: 100, bitsPerChange: 40 },
    ],
    kinds: [{
      kind: "player",
      bits: 14_400,
      share: 0.9,
      framingBits: 2400,
      records: 250,
      bitsPerRecord: 57.6,
    }],
    entities: [{ id: 3, kind: "player", bits: 14_400, share: 0.9 }],
    entityCount: 1,
    costs: [
      { part: "field", kind: "player", field: "x", bits: 8000, share: 0.294118 },
      { part: "ip", bits: 8000, share: 0.294118 },
      { part: "field", kind: "player", field: "hp", bits: 4000, share: 0.147059 },
      { part: "udp", bits: 3200, share: 0.117647 },
      { part: "packet", bits: 1600, share: 0.058824 },
      { part: "mask", bits: 1600, share: 0.058824 },
      { part: "entity", bits: 800, share: 0.029412 },
    ],
    packetSizes: [{ from: 38, packets: 40 }, { from: 60, packets: 8 }, { from: 80, packets: 2 }],
    baselineAges: [{ from: 3, packets: 40 }, { from: 6, packets: 8 }],
    series: [
      { second: 0, frame: 100, kbps: 6.5, keyframes: 2, losses: 0, wrongFields: 0 },
      { second: 1, frame: 110, kbps: 5, keyframes: 0, losses: 1, wrongFields: 0 },
      { second: 2, frame: 120, kbps: 2.5, keyframes: 0, losses: 0, wrongFields: 0 },
    ],
    verified: true,
    hash: "0123456789abcdef",
    ...given,
  };
}

/** A report with these runs. */
export function sampleReport(...runs: RunReport[]): BandwidthReport {
  return { recording: "duel.mcap", seed: 1, runs };
}

/** A run of `append`, cheaper than the sample and with wrong fields. */
export function wrongRun(): RunReport {
  return sampleRun({
    ack: "append",
    late: 3,
    keyframes: 1,
    bytesPerFrame: { mean: 30, p50: 30, p95: 60, p99: 63, max: 70 },
    kbps: { mean: 4.5, p95: 5, max: 6 },
    divergence: { wrongFieldFrames: 123_456, wrongShare: 0.125, longestStreakFrames: 20 },
    healFrames: { p50: 2, p99: 9, max: 12 },
    series: sampleRun().series.map((point, i) => ({ ...point, wrongFields: [0, 90, 60][i]! })),
    fields: [{
      kind: "player",
      field: "x",
      bits: 9000,
      share: 0.7,
      changes: 500,
      bitsPerChange: 18,
    }],
  });
}

/**
 * A run of 12 seconds, 20 frames in each from frame 100 on, with three faults: a field that is noisy
 * from second 4 on, a burst of losses in second 7, joins in second 9.
 */
export function faultyRun(given: Partial<RunReport> = {}): RunReport {
  return sampleRun({
    frames: 240,
    durationSeconds: 12,
    series: Array.from({ length: 12 }, (_, second) => ({
      ...{ second, frame: 100 + 20 * second },
      kbps: [30, 10, 10, 10, 14, 14, 14, 20, 14, 25, 14, 14][second]!,
      keyframes: second === 0 ? 2 : second === 9 ? 5 : 0,
      losses: second === 7 ? 12 : 0,
      wrongFields: 0,
      stateAgeMs: second === 7 ? { p50: 300, max: 900 } : { p50: 40, max: 60 },
      frozenShare: second === 7 ? 0.5 : 0,
      drawnError: second === 7 ? { mean: 4, max: 50 } : { mean: 0.5, max: 3 },
    })),
    ...given,
  });
}

/** What {@linkcode faultyRun} is made of; second 0 is at 5000 ms. Second 5 has no contents. */
export function sampleMoments(): RunMoments {
  return {
    startMs: 5000,
    freezes: [{ consumer: 1, fromMs: 12_100, toMs: 13_000 }],
    seconds: Array.from({ length: 12 }, (_, second) => {
      const isNoisy = second >= 4;
      const parts = [
        { part: "field" as const, kind: "player", field: "yaw", bits: isNoisy ? 3200 : 200 },
        { part: "field" as const, kind: "player", field: "x", bits: second === 7 ? 6000 : 2000 },
        { part: "ip" as const, bits: 1000 },
        ...(second === 9 ? [{ part: "tables" as const, bits: 4000 }] : []),
      ];
      return {
        ...{ second, packets: 40, restBits: 0 },
        parts: parts.sort((a, b) => b.bits - a.bits),
        entities: [
          { id: 3, kind: "player", bits: 3000 },
          { id: "p7", kind: "player", bits: isNoisy ? 4000 : 1000 },
        ],
        largest: {
          ...{ frame: 102 + 20 * second, timeMs: 5100 + 1000 * second, consumer: 1 },
          ...(second === 9
            ? { form: "keyframe", baselineAgeFrames: null, keyframeReason: "no-ack" }
            : { form: "delta", baselineAgeFrames: 3, keyframeReason: null }),
          ...{ bits: 400, wireBits: 624 },
          ...(second === 5 ? {} : {
            contents: {
              header: [{ part: "frame", bits: 16, value: 242 }],
              records: [
                {
                  ...{ id: "p7", kind: "player", type: "update", bits: 300 },
                  ...{ entityBits: 12, maskBits: 8 },
                  fields: [
                    { field: "x", bits: 80, from: 12.5, to: 14 },
                    { field: "yaw", bits: 200, from: 0.25, to: -1.75 },
                  ],
                },
                {
                  ...{ id: 9, kind: "rocket", type: "spawn", bits: 60 },
                  ...{ entityBits: 20, kindBits: 4, maskBits: 8 },
                  fields: [{ field: "owner", bits: 32, from: null, to: "bob" }],
                },
              ],
              recordsLeftOut: { count: 2, bits: 24 },
            },
          }),
        },
      } as RunMoments["seconds"][number];
    }),
  };
}

/** Events of the recording of {@linkcode sampleMoments}: a death in second 6, three joins in 9. */
export function sampleEvents(): PageEvents {
  const joins = [14_100, 14_300, 14_301].map((timeMs, i) => ({
    ...{ name: 0, timeMs, frame: 282 + i, text: `player ${20 + i}` },
  }));
  return {
    names: [{ name: "join", count: 3 }, { name: "death", count: 1 }],
    events: [{ name: 1, timeMs: 11_900, frame: 238, text: "victim 3" }, ...joins],
    leftOut: 0,
  };
}

/** A page of shots with one in second 7 of {@linkcode sampleMoments}. */
export function sampleShots(): PageShots {
  return {
    href: "duel.rewind.html",
    shots: [{ index: 61, frame: 246, timeMs: 12_300, text: "player 3: game hit, ping-13 miss" }],
  };
}
