/**
 * The two generated files of the library chart, both from the zod contract of its values: the
 * defaults Helm merges (`values.yaml`) and the schema it validates with (`values.schema.json`).
 */
import type { OutputFile } from "../output/files.ts";
import { stringify } from "yaml";
import { z } from "zod";
import { libraryFolder } from "../model/paths.ts";
import { ServiceValues } from "../model/values/service.ts";

type Schema = z.core.JSONSchema.BaseSchema;

/** Gives `charts/rzp-lib/values.yaml` and `values.schema.json`. Pure: writing them is the caller's. */
export function libraryFiles(): OutputFile[] {
  const schema = toJsonSchema(ServiceValues);
  return [
    { path: `${libraryFolder}/values.yaml`, content: toValuesFile(schema) },
    {
      path: `${libraryFolder}/values.schema.json`,
      content: `${JSON.stringify(toChartSchema(schema), undefined, 2)}\n`,
    },
  ];
}

function toJsonSchema(values: z.ZodType): Schema {
  return z.toJSONSchema(values, {
    io: "input",
    override: ({ jsonSchema }) => {
      // What only the model needs, and what says no more than `integer` and `object` do.
      if (jsonSchema["example"] !== undefined) jsonSchema.examples = [jsonSchema["example"]];
      delete jsonSchema["example"];
      delete jsonSchema["ts"];
      delete jsonSchema["names"];
      delete jsonSchema["written"];
      delete jsonSchema["id"];
      Object.assign(jsonSchema, keysOf(jsonSchema));
      if (jsonSchema.patternProperties === undefined) delete jsonSchema.propertyNames;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
}

/** Of a map whose keys are names. `propertyNames` says what a name is and not where it stands, and the other way about. */
function keysOf({ propertyNames, additionalProperties }: Schema): Partial<Schema> {
  const pattern = typeof propertyNames === "object" ? propertyNames.pattern : undefined;
  return pattern === undefined || additionalProperties === undefined
    ? {}
    : { patternProperties: { [pattern]: additionalProperties }, additionalProperties: false };
}

/**
 * The schema Helm validates the library's values with, after it has merged the defaults. Nothing is
 * required at the top and in `namespace`, so that the library passes `helm lint` alone; its templates
 * refuse values without an identity. `global` is what Helm adds to the values of every dependency.
 */
function toChartSchema(schema: Schema): Schema {
  const { required: _, properties = {}, $defs = {}, ...rest } = schema;
  const namespace = { ...(properties["namespace"] as Schema) };
  delete namespace.required;
  return {
    ...rest,
    title: "Values of rzp-lib",
    properties: {
      ...properties,
      namespace,
      global: { type: "object", description: "Added by Helm; not read." },
    },
    $defs,
  };
}

/** One block a key, in the order of the model: what it means, and its default, or an example of it. */
function toValuesFile(schema: Schema): string {
  const blocks = Object.entries(schema.properties ?? {}).map(([key, property]) =>
    toValuesBlock(key, property as Schema),
  );
  return [header, ...blocks].join("\n");
}

const header = `# Generated from generator/src/model/values by \`npm run types\`; do not edit.
# What rzp-lib takes under \`service:\`. Defaults are merged by Helm, key by key.
`;

function toValuesBlock(key: string, property: Schema): string {
  const comment = `# ${property.description ?? key}\n`;
  const value = property.default ?? (property.type === "object" ? {} : undefined);
  if (value !== undefined) return `${comment}${stringify({ [key]: value })}`;
  return `${comment}# ${stringify({ [key]: property.examples?.[0] })}`;
}
