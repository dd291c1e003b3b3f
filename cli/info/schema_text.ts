import type { Schema } from "../../lib/ingest.ts";

/** A schema as a schema file, one field a line. */
export function schemaText(schema: Schema): string {
  const kinds = schema.kinds.map(({ name, fields }) => {
    const lines = fields.map((field) => `    ${JSON.stringify(field)}`).join(",\n");
    return `  {"name": ${JSON.stringify(name)}, "fields": [\n${lines}\n  ]}`;
  });
  return `{"kinds": [\n${kinds.join(",\n")}\n]}\n`;
}
