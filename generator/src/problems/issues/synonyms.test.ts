/** What is shown for a word of another tool is legal here, at a place that has the field. */
import { runInThisContext } from "node:vm";
import { expect, test } from "vitest";
import { z } from "zod";
import * as rzp from "../../authoring/rzp.ts";
import { Cluster } from "../../model/cluster.ts";
import { Machines } from "../../model/machines.ts";
import { reasonPlaceholder } from "../../model/primitives.ts";
import { specOfKind } from "../../model/service.ts";
import { Tiers } from "../../model/tiers.ts";
import { definitionOf, type Schema } from "./schema-walk.ts";
import { fieldsCalled, needless, synonyms } from "./synonyms.ts";

type Shape = Readonly<Record<string, Schema>>;

/** The fields of every object of the model. */
function shapesIn(schema: Schema): readonly Shape[] {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "object":
      return [definition.shape, ...Object.values(definition.shape).flatMap(shapesIn)];
    case "record":
      return shapesIn(definition.valueType);
    case "array":
      return shapesIn(definition.element);
    case "union":
      return definition.options.flatMap(shapesIn);
    case "optional":
      return shapesIn(definition.innerType);
    default:
      return [];
  }
}

const shapes = [...Object.values(specOfKind), Cluster, Machines, Tiers].flatMap(shapesIn);
const words = Object.entries(synonyms).flatMap(([word, texts]) =>
  texts.map((written) => ({ word, written })),
);

/** As a file of a service would give it, once there is a reason. */
function valueOf(written: string): Readonly<Record<string, unknown>> {
  const text = written.replaceAll(reasonPlaceholder, "nothing else would do");
  const read = runInThisContext(`(${Object.keys(rzp).join(", ")}) => ({ ${text} })`);
  return read(...Object.values(rzp));
}

test.for(words)("$word: $written", ({ word, written }) => {
  expect(fieldsCalled(word).some((field) => shapes.some((shape) => field in shape))).toBe(true);
  const value = written.includes(":") ? valueOf(written) : {};
  const fields = written.includes(":") ? Object.keys(value) : [written];
  const fits = (shape: Shape) =>
    fields.every((field) => {
      const schema = shape[field];
      const isThere = schema !== undefined && !(word in shape);
      return isThere && (!(field in value) || z.safeParse(schema, value[field]).success);
    });
  expect(shapes.some(fits)).toBe(true);
});

test("a word that needs nothing says why", () => {
  for (const [word, why] of Object.entries(needless)) expect(why, word).toMatch(/^[a-z].{20}/);
});
