import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeAck, Receiver } from "@hindcast/hindcast";
import { type Snapshot, WorldReader } from "@hindcast/hindcast/world";
import type { WebSocket } from "ws";
import type { Hello, ServerMessage, ShotAnswer } from "../shared/messages.ts";
import { FRAME_MS } from "../shared/rules.ts";
import { CODEC, wire } from "../shared/schema.ts";
import { Match } from "./match.ts";

/** A socket that keeps what it is sent, and is as slow as it is told to be. */
class FakeSocket {
  bufferedAmount = 0;
  isTerminated = false;
  readonly packets: Uint8Array[] = [];
  readonly messages: ServerMessage[] = [];

  send(data: string | Uint8Array): void {
    if (typeof data === "string") this.messages.push(JSON.parse(data));
    else this.packets.push(data);
  }

  terminate(): void {
    this.isTerminated = true;
  }
}

function join(match: Match, query: Record<string, string> = {}) {
  const socket = new FakeSocket();
  const inbox = match.join(socket as unknown as WebSocket, new URLSearchParams(query))!;
  assert.ok(inbox, "there is room");
  const hello = socket.messages[0] as Hello;
  assert.equal(hello.type, "hello");
  return { socket, inbox, hello };
}

function ticks(match: Match, count: number): void {
  for (let i = 0; i < count; i++) match.tick(performance.now());
}

function newMatch(): Match {
  return new Match({ seed: 1, bots: 12, recording: undefined });
}

test("Match.tick() leaves frames out for a socket that does not take them, and goes on after", () => {
  const match = newMatch();
  const { socket } = join(match, { truth: "1" });
  const quick = join(match);
  ticks(match, 3);
  assert.deepEqual([socket.packets.length, socket.messages.length], [3, 1 + 3]);
  socket.bufferedAmount = 1 << 20;
  ticks(match, 5);
  assert.deepEqual([socket.packets.length, socket.messages.length], [3, 1 + 3]);
  assert.equal(match.counts.leftOut, 5);
  socket.bufferedAmount = 0;
  ticks(match, 1);
  assert.equal(socket.packets.length, 4);
  assert.equal(quick.socket.packets.length, 9, "nobody else waits");
});

test("Match.tick() sends a frame a second to who does not ack, and all of them once he does", () => {
  const match = newMatch();
  const { hello: { epoch }, inbox, socket } = join(match);
  ticks(match, 17);
  assert.equal(socket.packets.length, 17);
  ticks(match, 74);
  assert.equal(socket.packets.length, 20, "frames 30, 60 and 90");
  inbox.onBytes(encodeAck({ epoch, frame: 90, appliedBits: 0 }));
  ticks(match, 5);
  assert.equal(socket.packets.length, 25);
});

test("Match.tick() sends packets that stay as they are while more are made", () => {
  const match = newMatch();
  const { hello: { epoch }, inbox, socket } = join(match);
  const copies: Uint8Array[] = [];
  for (let frame = 1; frame <= 150; frame++) {
    ticks(match, 1);
    copies.push(socket.packets.at(-1)!.slice());
    inbox.onBytes(encodeAck({ epoch, frame, appliedBits: 0xffffffff }));
  }
  assert.deepEqual(socket.packets, copies);
});

test("Match drops who is silent, and removes the pilot of who does not come back", () => {
  const match = newMatch();
  const { socket, hello, inbox } = join(match);
  const startMs = performance.now();
  match.tick(startMs + 9_000);
  assert.ok(!socket.isTerminated);
  match.tick(startMs + 11_000);
  assert.ok(socket.isTerminated);
  inbox.onClose();
  match.tick(startMs + 60_000);
  const { id, token } = hello;
  const later = join(match, { id: String(id), token });
  assert.notEqual(later.hello.id, id);
});

test("Match.join() gives a pilot back for his token, with a new epoch; acks of the old one are dead", () => {
  const match = newMatch();
  const first = join(match);
  ticks(match, 2);
  const receiver = new Receiver(new WorldReader(wire.layout, CODEC));
  assert.equal(receiver.receive(first.socket.packets[1]!).outcome, "decoded");
  const ack = encodeAck({ epoch: first.hello.epoch, frame: 2, appliedBits: 0 });

  const query = { id: String(first.hello.id), token: first.hello.token };
  const second = join(match, query);
  assert.equal(second.hello.id, first.hello.id);
  assert.notEqual(second.hello.epoch, first.hello.epoch);
  assert.ok(first.socket.isTerminated, "one pilot has one socket");
  assert.ok(second.inbox.onBytes(ack), "it is an ack, but of another epoch");
  ticks(match, 1);
  const fresh = new Receiver(new WorldReader(wire.layout, CODEC));
  assert.equal(fresh.receive(second.socket.packets[0]!).outcome, "decoded", "a keyframe");

  assert.notEqual(join(match, { ...query, token: "guessed" }).hello.id, first.hello.id);
});

test("Match.join() refuses players beyond 64, and those who are away count", () => {
  const match = newMatch();
  const first = join(match);
  for (let i = 1; i < 64; i++) join(match).inbox.onClose();
  const query = { id: String(first.hello.id), token: first.hello.token };
  const { inbox } = join(match, query);
  assert.ok(inbox, "who is back has his place");
  const socket = new FakeSocket() as unknown as WebSocket;
  assert.equal(match.join(socket, new URLSearchParams()), undefined);
  match.tick(performance.now() + 16_000); // those who are away are given up
  assert.ok(match.join(socket, new URLSearchParams()));
});

test("Match tells a client of another schema apart by the first packet", () => {
  const match = newMatch();
  const { socket } = join(match);
  ticks(match, 1);
  const other: Receiver<Snapshot> = new Receiver(new WorldReader(wire.layout, "mask"));
  assert.equal(other.receive(socket.packets[0]!).outcome, "schema-mismatch");
});

test("Match decides one shot of a player in 0.3 s, and does not rewind for who is not believed", () => {
  const match = newMatch();
  const { hello, inbox, socket } = join(match);
  ticks(match, 5);
  const shoot = (src: number, dst: number) =>
    inbox.onMessage({
      type: "shot",
      aim: [600, 401],
      stamp: { src, dst, fraction: 0.5 },
    });
  const told = () =>
    socket.messages.filter((message): message is ShotAnswer =>
      message.type === "shot" && message.shooter === hello.id
    );
  inbox.onBytes(encodeAck({ epoch: hello.epoch, frame: 5, appliedBits: 0 }));
  shoot(3, 4);
  shoot(3, 4);
  ticks(match, 1);
  assert.equal(told().length, 1);
  // Decided at frame 6, of which 3.5 is 2.5 frames ago.
  assert.ok(Math.abs(told()[0]!.rewoundMs - 2.5 * FRAME_MS) < 1e-6);
  ticks(match, 9);
  shoot(2, 1000);
  ticks(match, 1);
  assert.deepEqual(told().map(({ rewoundMs }) => rewoundMs > 0), [true, false]);
});
