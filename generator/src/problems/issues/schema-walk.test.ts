import { expect, test } from "vitest";
import { Cluster } from "../../model/cluster.ts";
import { Environment } from "../../model/environment.ts";
import { overlayOfKind } from "../../model/overlay.ts";
import { specOfKind } from "../../model/service.ts";
import { Tiers } from "../../model/tiers.ts";
import { definitionOf, type Schema } from "./schema-walk.ts";

/** All a schema is made of, itself included. */
function partsOf(schema: Schema): readonly Schema[] {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "object":
      return [schema, ...Object.values(definition.shape).flatMap(partsOf)];
    case "record":
      return [schema, ...partsOf(definition.keyType), ...partsOf(definition.valueType)];
    case "array":
      return [schema, ...partsOf(definition.element)];
    case "union":
      return [schema, ...definition.options.flatMap(partsOf)];
    case "optional":
      return [schema, ...partsOf(definition.innerType)];
    default:
      return [schema];
  }
}

const parts = [
  Cluster,
  Environment,
  Tiers,
  ...Object.values(specOfKind),
  ...Object.values(overlayOfKind),
].flatMap(partsOf);

test("the model is made of what can be put into words, and of nothing else", () => {
  expect([...new Set(parts.map((schema) => definitionOf(schema).type))].toSorted()).toEqual([
    "array",
    "boolean",
    "enum",
    "literal",
    "number",
    "object",
    "optional",
    "record",
    "string",
    "union",
    "unknown",
  ]);
});

test("no union of the model has a discriminator: its variants are told apart by what is written", () => {
  expect(parts.map(definitionOf).filter((definition) => "discriminator" in definition)).toEqual([]);
});
