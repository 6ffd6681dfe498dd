/** Values that become right by what the model knows of people's mistakes, and a text that does by what people forget: case, separators, blanks, a letter in front. */
import { z } from "zod";
import { nearest } from "../suggest.ts";
import { notesOfVariants } from "./describe.ts";
import type { Schema } from "./schema-walk.ts";

const slips: readonly ((text: string) => string)[] = [
  (text) => text.toLowerCase(),
  // Dots and hyphens of a path are no separators of words.
  (text) => (text.includes("/") ? text : text.replaceAll(/[-.\s]+/gu, "_")),
  (text) => text.replaceAll(/[_\s]+/gu, "-"),
  (text) => text.replaceAll(/\s/gu, ""),
  (text) => text.replaceAll(/^[_-]+|[_-]+$/gu, ""),
  (text) => text.replace(/^v(?=\d)/u, ""),
  (text) => text.replace(/^(?=\d)/u, "v"),
  (text) => text.replace(/^[a-z]/u, (first) => first.toUpperCase()),
  (text) => text.replace(/^[a-z]+:\/\/([^/]+)\/*$/u, "$1"),
  // An address where a network is asked for is a network of one, unless it looks as if a network begins with it.
  (text) => text.replace(/^[\d.]+(?<!\.0)$/u, "$&/32"),
  (text) => text.replace(/^[\da-f]*:[\da-f:]*(?<!::)$/iu, "$&/128"),
];

/** In: a value, and the schemas one of which it has to fit. Out: it with one slip mended, or two; undefined where that does not help. */
export function repairedText(value: unknown, schemas: readonly Schema[]): string | undefined {
  if (typeof value !== "string") return undefined;
  const once = slips.map((mend) => mend(value));
  const twice = once.flatMap((text) => slips.map((mend) => mend(text)));
  return [...once, ...twice].find(
    (text) => text !== value && schemas.some((schema) => z.safeParse(schema, text).success),
  );
}

/** In: a value, and the schemas one of which it has to fit. Out: what their author takes it for; undefined where that is not legal. */
export function mendedValue(value: unknown, schemas: readonly Schema[]): unknown {
  return schemas
    .flatMap((schema) => notesOfVariants(schema))
    .flatMap(({ mend, words = [], example }) => [
      mend?.(value, example),
      typeof value === "string" ? nearest(value, words) : undefined,
    ])
    .find(
      (mended) =>
        mended !== undefined &&
        mended !== value &&
        schemas.some((schema) => z.safeParse(schema, mended).success),
    );
}
