import type { Field } from "../../../core/state/schema.ts";
import type { FieldFacts } from "../../facts/recording_facts.ts";
import { nameText } from "../figure_text.ts";
import type { JudgedRun } from "../finding_rule.ts";

/** A recorded field that is sent, with what it costs. */
export interface SentField {
  /** `kind.field`. */
  readonly name: string;
  /** How it is sent. */
  readonly sent: Field;
  /** How it was recorded. */
  readonly recorded: Field;
  /** What its recorded values are like. */
  readonly facts: FieldFacts;
  /** Bits sent for it to all consumers. */
  readonly bits: number;
  /** Its part of the payload, 0 to 1. */
  readonly share: number;
  /** How often it was sent. */
  readonly sends: number;
}

/** The fields that a run sends, dearest first. */
export function sentFields({ facts, report, sent }: JudgedRun): SentField[] {
  const recorded = new Map<string, { field: Field; facts: FieldFacts }>();
  let place = 0;
  for (const { name, fields } of facts.schema.kinds) {
    for (const field of fields) {
      recorded.set(JSON.stringify([name, field.name]), { field, facts: facts.fields[place++]! });
    }
  }
  const types = new Map<string, Field>();
  for (const { name, fields } of sent.kinds) {
    for (const field of fields) types.set(JSON.stringify([name, field.name]), field);
  }
  return report.fields.flatMap(({ bits, changes, field, kind, share }) => {
    const key = JSON.stringify([kind, field]);
    const from = recorded.get(key);
    const to = types.get(key);
    if (from === undefined || to === undefined) return [];
    return [{
      name: nameText(kind, field),
      sent: to,
      recorded: from.field,
      facts: from.facts,
      bits,
      share,
      sends: changes,
    }];
  });
}

/** Part of the payload of several fields together. */
export function shareOf(fields: readonly SentField[]): number {
  return fields.reduce((sum, { share }) => sum + share, 0);
}
