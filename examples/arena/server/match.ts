/**
 * A match: one frame after the other is simulated, kept for rewinds, recorded, and sent to whom it
 * concerns.
 */
import type { Snapshot } from "@hindcast/hindcast/world";
import type { WebSocket } from "ws";
import { Game, type Steering } from "../game/game.ts";
import { gameFrame } from "../game/game_frame.ts";
import type { ClientMessage, ServerMessage } from "../shared/messages.ts";
import { RATE_HZ } from "../shared/rules.ts";
import { CODEC, truth, wire } from "../shared/schema.ts";
import { Bots } from "./bots.ts";
import { type Player, Players } from "./players.ts";
import type { MatchRecording } from "./recording.ts";
import { Replication } from "./replication.ts";
import { isCredible, SHOT_EVERY_FRAMES } from "./shot_checks.ts";
import { type ShotOrder, Shots } from "./shots.ts";
import { type Inbox, isTaking } from "./sockets.ts";

const SHOT_DAMAGE = 34;

export interface MatchOptions {
  readonly seed: number;
  readonly bots: number;
  /** Undefined when nothing is recorded. */
  readonly recording: MatchRecording | undefined;
}

export class Match {
  /** What was done so far. */
  readonly counts = { frames: 0, packets: 0, bytes: 0, leftOut: 0, shots: 0, hits: 0 };
  readonly #game: Game;
  readonly #bots: Bots;
  readonly #players: Players;
  readonly #replication: Replication = new Replication();
  readonly #shots: Shots = new Shots();
  readonly #recording: MatchRecording | undefined;
  /** Memory of a frame that fell out of the ring. */
  #spare: Snapshot | undefined;
  /** Shots that came since the frame before. */
  #orders: ShotOrder[] = [];

  constructor({ seed, bots, recording }: MatchOptions) {
    this.#game = new Game(seed);
    this.#bots = new Bots(this.#game, bots, seed);
    this.#players = new Players(this.#game, ({ id }) => this.#replication.leave(id));
    this.#recording = recording;
  }

  /** One frame. */
  tick(nowMs: number): void {
    this.#players.expire(nowMs);
    this.#game.step(this.#steering());
    const snapshot = truth.pack(gameFrame(this.#game), this.#spare);
    this.#spare = this.#shots.push(snapshot);
    this.#recording?.addFrame(snapshot);
    // Shots meet the frame that was just made; what they do to it shows in the next one.
    for (const order of [...this.#bots.shots(this.#shots.ring), ...this.#orders]) {
      this.#decide(order);
    }
    this.#orders = [];
    this.#replication.begin(snapshot);
    for (const player of this.#players) this.#send(player, snapshot, nowMs);
    this.counts.frames++;
  }

  /** A socket opened: a new player, or one who is back; undefined when there are too many. */
  join(socket: WebSocket, query: URLSearchParams): Inbox | undefined {
    const player = this.#players.join(socket, query, performance.now());
    if (player === undefined) return undefined;
    const { id, token } = player;
    const epoch = this.#replication.join(id);
    const { schema } = wire;
    tell(player, { type: "hello", schema, codec: CODEC, rateHz: RATE_HZ, epoch, id, token });
    return {
      onMessage: (message) => this.#take(player, message),
      onBytes: (bytes) => this.#ack(player, bytes),
      onClose: () => this.#players.leave(player, performance.now()),
    };
  }

  #steering(): ReadonlyMap<number, Steering> {
    const steering = this.#bots.steering();
    for (const { id, steering: wish } of this.#players) {
      if (wish !== undefined) steering.set(id, wish);
    }
    return steering;
  }

  #send(player: Player, snapshot: Snapshot, nowMs: number): void {
    const { id, roundTrip, socket, wantsTruth } = player;
    if (socket === undefined) return;
    if (!isTaking(socket) || this.#replication.isBehind(id, snapshot.frame)) {
      this.counts.leftOut++;
      return;
    }
    const packet = this.#replication.packet(id);
    if (packet !== undefined) {
      socket.send(packet);
      roundTrip.sent(snapshot.frame, nowMs);
      this.counts.packets++;
      this.counts.bytes += packet.length;
    }
    if (wantsTruth) tell(player, { type: "truth", ...truth.unpack(snapshot) });
  }

  #ack(player: Player, bytes: Uint8Array): boolean {
    const frame = this.#replication.ack(player.id, bytes);
    if (frame === undefined) return false;
    player.heardMs = performance.now();
    player.roundTrip.acked(frame, player.heardMs);
    return true;
  }

  #take(player: Player, message: ClientMessage): void {
    if (message.type === "steer") {
      player.steering = message;
      return;
    }
    const { frame } = this.#game;
    if (frame < player.nextShotFrame) return;
    player.nextShotFrame = frame + SHOT_EVERY_FRAMES;
    const { id: shooter, roundTrip: { pingMs } } = player;
    const ackedFrame = this.#replication.ackedFrame(shooter);
    const isBelieved = isCredible(message.stamp, { frame, ackedFrame });
    const stamp = isBelieved ? message.stamp : undefined;
    this.#orders.push({ shooter, aim: message.aim, stamp, pingMs });
  }

  #decide(order: ShotOrder): void {
    const verdict = this.#shots.decide(order);
    if (verdict === undefined) return;
    const { event, told } = verdict;
    const { shooter } = told;
    const victim = told.victim === null ? undefined : this.#game.pilots.get(told.victim);
    const isKill = victim !== undefined && this.#game.damage(victim, SHOT_DAMAGE, shooter);
    this.counts.shots++;
    if (victim !== undefined) this.counts.hits++;
    this.#recording?.addEvent(event);
    for (const player of this.#players) {
      if (player.id !== shooter && player.id !== told.victim) continue;
      tell(player, { type: "shot", ...told, isKill });
    }
  }
}

function tell({ socket }: Player, message: ServerMessage): void {
  socket?.send(JSON.stringify(message));
}
