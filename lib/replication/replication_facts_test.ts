import assert from "node:assert/strict";
import { test } from "node:test";
import { replicationFacts } from "./replication_facts.ts";

test("replicationFacts() says what was given, and the policy and codec in any case", () => {
  assert.deepEqual(replicationFacts({}), { ack: "strict", codec: "varint" });
  const facts = replicationFacts({
    policy: "nack",
    codec: "mask",
    consumers: 12,
    sendEveryFrames: 2,
    historyFrames: 128,
    nets: ["none", "delay=40,loss=2%"],
    interest: { radius: Infinity, position: ["pos.x", "pos.y", "pos.z"], ownKind: "pilot ship" },
    detailLevels: [
      { name: "near", distance: 300, fields: undefined },
      { name: "far", distance: 800.5, fields: ["pos.x", "pos.y"] },
    ],
    budgetKbps: 0.5,
    wire: { kinds: [{ name: "ship", fields: [{ name: "x", type: "u8" }] }] },
  });
  assert.deepEqual(facts, {
    ack: "nack",
    codec: "mask",
    consumers: "12",
    sendEvery: "2",
    history: "128",
    nets: "none delay=40,loss=2%",
    interest: "radius=all@pos.x,pos.y,pos.z",
    own: "pilot ship",
    lod: "near=300:all,far=800.5:pos.x,pos.y",
    budget: "0.5kbps",
    wire: '{"kinds":[{"name":"ship","fields":[{"name":"x","type":"u8"}]}]}',
  });
});

test("replicationFacts() says a rate of sending in the place of frames between packets", () => {
  const facts = replicationFacts({ sendRateHz: 12.5 });
  assert.deepEqual(facts, { ack: "strict", codec: "varint", sendRate: "12.5" });
  assert.throws(() => replicationFacts({ sendRateHz: 20, sendEveryFrames: 2 }), /give one/);
  assert.throws(() => replicationFacts({ sendRateHz: 0 }), /sendRateHz is 0/);
});

test("replicationFacts() refuses what a report would, and what its texts cannot hold", () => {
  const interest = { radius: 9, position: ["x"], ownKind: "ship" };
  const level = (name: string, fields: string[]) => ({
    interest,
    detailLevels: [{ name, distance: 5, fields }],
  });
  assert.throws(() => replicationFacts({ consumers: 0 }), /consumers is 0/);
  assert.throws(() => replicationFacts({ budgetKbps: -1 }), /budgetKbps is -1/);
  assert.throws(() => replicationFacts({ nets: ["loss=200%"] }), SyntaxError);
  assert.throws(() => replicationFacts({ nets: ["trace.csv"] }), SyntaxError);
  assert.throws(() => replicationFacts({ nets: ["delay=40, loss=2%"] }), /cannot be told apart/);
  assert.throws(
    () => replicationFacts({ interest: { ...interest, position: ["x,y"] } }),
    /a field called "x,y"/,
  );
  assert.throws(() => replicationFacts(level("a=b", ["x"])), /a level called "a=b"/);
  assert.throws(() => replicationFacts(level("a", ["all"])), /its fields have no text/);
  assert.throws(() => replicationFacts(level("a", [])), /its fields have no text/);
});
