import type { ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { KeyframeReason } from "../../core/wire/shared_packet.ts";
import { type CodecName, WorldCodec } from "../../core/wire/world_codec.ts";
import type { EncodedPacket } from "../../replication/packet/encoded_packet.ts";
import type { RunReport } from "../report/run_report.ts";
import type { RunSeconds } from "../seconds/run_seconds.ts";
import { UsualBits } from "./entity_choice.ts";
import { KeptSeconds, type MomentBounds } from "./kept_seconds.ts";
import { largestPacket, type PacketAtHand } from "./largest_packet.ts";
import { LongestFreezes } from "./longest_freezes.ts";
import type { RunMoments, SecondMoments } from "./run_moments.ts";
import { SecondCosts } from "./second_costs.ts";
import type { Standing } from "./standing_seconds.ts";

/** What a run's packets did to a second. */
interface SecondDamage {
  wireBytes: number;
  keyframes: number;
  losses: number;
  wrongFields: number;
}

/** Gathers what a run is made of second by second into {@linkcode RunMoments}, in bounded memory. */
export class MomentMeter {
  readonly #layout: SnapshotLayout;
  readonly #codec: WorldCodec;
  readonly #names: ReadonlyEntityNames | undefined;
  readonly #seconds: RunSeconds;
  readonly #bounds: MomentBounds;
  readonly #kept: KeptSeconds;
  readonly #freezes: LongestFreezes = new LongestFreezes();
  /** By second, what is known of it by now. */
  readonly #damage: Map<number, SecondDamage> = new Map();
  /** What entities took in the seconds that are over. */
  readonly #usual: UsualBits = new UsualBits();
  #second = -1;
  #sendUs = NaN;
  #costs: SecondCosts;
  #now: SecondDamage;
  /** Keyframes of the second at hand by why they were sent. */
  #reasons: Partial<Record<KeyframeReason, number>> = {};
  #largest: PacketAtHand | undefined;
  #largestBytes = 0;

  /**
   * Meter of a run that has not begun.
   *
   * @param layout layout of the frames as they are sent
   * @param seconds those of the run, which begin before the first packet is told here
   */
  constructor(
    layout: SnapshotLayout,
    codec: CodecName,
    seconds: RunSeconds,
    bounds: MomentBounds,
    names: ReadonlyEntityNames | undefined,
  ) {
    this.#layout = layout;
    this.#codec = new WorldCodec(layout, codec);
    this.#names = names;
    this.#seconds = seconds;
    this.#bounds = bounds;
    this.#kept = new KeptSeconds(bounds, (second) => this.#standingOf(second));
    this.#costs = new SecondCosts(layout);
    this.#now = noDamage();
  }

  /** Takes in a packet to a consumer. */
  sent(
    consumer: number,
    packet: EncodedPacket,
    sendUs: number,
    reason: KeyframeReason | undefined,
  ): void {
    if (sendUs !== this.#sendUs) this.#reach(sendUs);
    if (reason !== undefined) {
      this.#now.keyframes++;
      this.#reasons[reason] = (this.#reasons[reason] ?? 0) + 1;
    }
    if (packet.wireBytes <= this.#largestBytes) return;
    this.#largestBytes = packet.wireBytes;
    this.#largest = { consumer, packet, sendUs, base: packet.base, reason };
  }

  /** Takes in that the packet sent last will not arrive. */
  lost(): void {
    this.#now.losses++;
  }

  /** Takes in fields that a consumer saw wrong after a packet. */
  arrived(arrivalUs: number, wrongFields: number): void {
    if (wrongFields === 0) return;
    const damage = this.#damage.get(this.#seconds.of(arrivalUs));
    if (damage !== undefined) damage.wrongFields += wrongFields;
  }

  /** Takes in a freeze of a consumer. */
  froze(consumer: number, fromUs: number, toUs: number, lengthUs: number): void {
    this.#freezes.add(consumer, fromUs, toUs, lengthUs);
  }

  /** Takes in a distinct packet that was sent to all who are sent it. */
  encoded(packet: EncodedPacket): void {
    this.#costs.add(packet);
  }

  /** What the run is made of, of a series of its seconds. Call it once, when the run is over. */
  moments(series: RunReport["series"]): RunMoments {
    if (this.#second >= 0) this.#endSecond();
    const kept = new Map(this.#kept.list().map((moments) => [moments.second, moments]));
    const hasRoom = series.length <= this.#bounds.seconds;
    const seconds = series.flatMap(({ second }) =>
      kept.get(second) ?? (hasRoom ? quietSecond(second) : [])
    );
    return {
      startMs: this.#seconds.startUs / 1000,
      seconds,
      secondsLeftOut: series.length - seconds.length,
      contentsLeftOut:
        seconds.filter(({ largest }) => largest !== null && largest.contents === undefined).length,
      ...this.#freezes.list(),
    };
  }

  #reach(sendUs: number): void {
    this.#sendUs = sendUs;
    const second = this.#seconds.of(sendUs);
    if (second === this.#second) return;
    if (this.#second >= 0) this.#endSecond();
    this.#second = second;
    this.#now = noDamage();
    this.#damage.set(second, this.#now);
  }

  #endSecond(): void {
    const costs = this.#costs;
    this.#now.wireBytes = costs.wireBytes;
    const moments: SecondMoments = {
      second: this.#second,
      ...(this.#now.keyframes === 0 ? {} : { keyframeReasons: this.#reasons }),
      ...costs.parts(this.#names, this.#usual),
      largest: this.#largest === undefined
        ? null
        : largestPacket(this.#largest, this.#codec, this.#names),
    };
    this.#kept.add(moments);
    this.#costs = new SecondCosts(this.#layout);
    this.#reasons = {};
    this.#largest = undefined;
    this.#largestBytes = 0;
  }

  #standingOf(second: number): Standing {
    const { keyframes, losses, wireBytes, wrongFields } = this.#damage.get(second)!;
    const seen = this.#seconds.get(second);
    return [
      wireBytes,
      keyframes,
      wrongFields,
      seen?.frozenUs ?? 0,
      seen?.ageMaxUs ?? 0,
      seen?.positionErrorMax ?? 0,
      losses,
    ];
  }
}

/** A second in which nothing was sent. */
function quietSecond(second: number): SecondMoments {
  return {
    ...{ second, packets: 0, parts: [], restBits: 0 },
    ...{ entities: [], entityCount: 0, largest: null },
  };
}

function noDamage(): SecondDamage {
  return { wireBytes: 0, keyframes: 0, losses: 0, wrongFields: 0 };
}
