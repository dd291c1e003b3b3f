import { Decoder, Encoder, schema, t } from "@colyseus/schema";
import { copyUnit } from "../states/unit.ts";
import { PERIOD } from "../states/worlds.ts";
import { UNIT_WORLDS } from "./unit_worlds.ts";
import type { Wire } from "./wire.ts";

const UnitState = schema({
  x: t.int32(),
  y: t.int32(),
  z: t.int32(),
  yaw: t.int32(),
  pitch: t.int32(),
  roll: t.int32(),
  hp: t.int32(),
  ammo: t.int32(),
  team: t.int32(),
  anim: t.int32(),
  item: t.int32(),
  flags: t.int32(),
}, "UnitState");

const WorldState = schema({ units: t.map(UnitState) }, "WorldState");

/** A room's state: fields are assigned, and its encoder writes those that changed. */
export const COLYSEUS_WIRE: Wire = {
  name: "@colyseus/schema, changes",
  buys: "changed values at native width since its last packet: complete only in order and " +
    "without loss (TCP); views per client, no acks",
  open() {
    const state = new WorldState();
    UNIT_WORLDS[0]!.forEach((unit, id) => {
      state.units.set(String(id), copyUnit(unit, new UnitState()));
    });
    const units = [...state.units.values()];
    const encoder = new Encoder(state);
    const mirror = new WorldState();
    const decoder = new Decoder(mirror);
    return {
      send(frame) {
        UNIT_WORLDS[frame % PERIOD]!.forEach((unit, id) => copyUnit(unit, units[id]!));
        const packet = frame === 0 ? encoder.encodeAll() : encoder.encode();
        encoder.discardChanges();
        return packet;
      },
      receive(packet) {
        decoder.decode(packet);
        return mirror.units.size;
      },
      held: () => [...mirror.units.values()],
    };
  },
};
