/**
 * Who plays: a pilot each, and the socket that he is told over. A player whose socket closes can
 * come back on another one, until his time is up.
 */
import { randomUUID } from "node:crypto";
import type { WebSocket } from "ws";
import type { Game, Steering } from "../game/game.ts";
import { RoundTrip } from "./round_trip.ts";

/** Players at once, those who are away included. */
const PLAYERS_MAX = 64;
/** How long a player is waited for, whose socket closed. */
const AWAY_MS_MAX = 15_000;
/** How long a client may be silent: it acks thirty times a second, unless it takes nothing. */
const SILENT_MS_MAX = 10_000;

export interface Player {
  /** His pilot, and his number as a consumer. */
  readonly id: number;
  readonly token: string;
  /** Whether he asked for the truth, to be drawn beside what he holds. */
  readonly wantsTruth: boolean;
  readonly roundTrip: RoundTrip;
  /** Undefined while he is away. */
  socket: WebSocket | undefined;
  steering: Steering | undefined;
  /** When he was last heard of, or left. */
  heardMs: number;
  nextShotFrame: number;
}

export class Players {
  readonly #game: Game;
  readonly #byId: Map<number, Player> = new Map();
  readonly #onGone: (player: Player) => void;

  /** @param onGone hears of players who do not come back */
  constructor(game: Game, onGone: (player: Player) => void) {
    this.#game = game;
    this.#onGone = onGone;
  }

  [Symbol.iterator](): IterableIterator<Player> {
    return this.#byId.values();
  }

  /**
   * The player of a new socket: the one that its request has the token of, or a new one; undefined
   * when there are too many.
   */
  join(socket: WebSocket, request: URLSearchParams, nowMs: number): Player | undefined {
    const known = this.#byId.get(Number(request.get("id")));
    const isBack = known !== undefined && known.token === request.get("token");
    if (!isBack && this.#byId.size >= PLAYERS_MAX) return undefined;
    const player: Player = {
      id: isBack ? known.id : this.#game.addPilot().id,
      token: isBack ? known.token : randomUUID(),
      wantsTruth: request.get("truth") === "1",
      roundTrip: new RoundTrip(),
      socket,
      steering: undefined,
      heardMs: nowMs,
      nextShotFrame: 0,
    };
    // The server may not have noticed yet that the old one is dead.
    if (isBack) known.socket?.terminate();
    this.#byId.set(player.id, player);
    return player;
  }

  /** A socket closed; if it is not the player's any more, that means nothing. */
  leave(player: Player, nowMs: number): void {
    if (this.#byId.get(player.id) !== player) return;
    player.socket = undefined;
    player.steering = undefined;
    player.heardMs = nowMs;
  }

  /** Drops who is silent, and gives up who does not come back. */
  expire(nowMs: number): void {
    for (const player of this.#byId.values()) {
      const silentMs = nowMs - player.heardMs;
      if (player.socket !== undefined && silentMs > SILENT_MS_MAX) {
        player.socket.terminate();
        this.leave(player, nowMs);
      } else if (player.socket === undefined && silentMs > AWAY_MS_MAX) {
        this.#byId.delete(player.id);
        this.#game.removePilot(player.id);
        this.#onGone(player);
      }
    }
  }
}
