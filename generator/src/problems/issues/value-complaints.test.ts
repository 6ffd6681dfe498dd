import { z } from "zod";
import { cases, Component, image } from "../../../test/support/issues.ts";

cases("values of another kind", [
  {
    name: "a number in quotes",
    schema: Component,
    value: { image, replicas: "2" },
    texts: [
      'SPEC_WRONG_TYPE `replicas` must be a whole number, not text | "2" | a whole number from 0 to 9 | write 2, without quotes',
    ],
  },
  {
    name: "a number where text belongs",
    schema: Component,
    value: { image: 1.2 },
    texts: [
      'SPEC_WRONG_TYPE `image` must be text, not a number | 1.2 | text, e.g. "ghcr.io/me/app:1.0" | write "1.2", in quotes',
    ],
  },
  {
    name: "a fraction",
    schema: Component,
    value: { image, replicas: 1.5 },
    texts: [
      "SPEC_WRONG_TYPE `replicas` must be a whole number, not a fraction | 1.5 | a whole number from 0 to 9 | write a whole number from 0 to 9",
    ],
  },
  {
    name: "a single word where a list belongs",
    schema: Component,
    value: { image, args: "sync" },
    texts: [
      'SPEC_WRONG_TYPE `args` must be a list, not text | "sync" | a list of text | write ["sync"]',
    ],
  },
  {
    name: "a list where an object belongs",
    schema: Component,
    value: [],
    texts: [
      "SPEC_WRONG_TYPE this file must be an object, not a list | [] | { image, size?, replicas?, args?, ports? } | write { image, size?, replicas?, args?, ports? }",
    ],
  },
  {
    name: "an explicit undefined is not a missing field",
    schema: Component,
    value: { image: undefined },
    texts: [
      'SPEC_WRONG_TYPE `image` must be text, not undefined | undefined | text, e.g. "ghcr.io/me/app:1.0" | write for example "ghcr.io/me/app:1.0"',
    ],
  },
  {
    name: "null",
    schema: Component,
    value: { image: null },
    texts: [
      'SPEC_WRONG_TYPE `image` must be text, not null | null | text, e.g. "ghcr.io/me/app:1.0" | write for example "ghcr.io/me/app:1.0"',
    ],
  },
  {
    name: "not a number",
    schema: Component,
    value: { image, replicas: Number.NaN },
    texts: [
      "SPEC_WRONG_TYPE `replicas` must be a whole number, not NaN | NaN | a whole number from 0 to 9 | write a whole number from 0 to 9",
    ],
  },
  {
    name: "a long value is cut",
    schema: Component,
    value: { image: { a: "x".repeat(90) } },
    texts: [
      'SPEC_WRONG_TYPE `image` must be text, not an object | {"a":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… | text, e.g. "ghcr.io/me/app:1.0" | write for example "ghcr.io/me/app:1.0"',
    ],
  },
  {
    name: "a message the author wrote",
    schema: z.strictObject({ a: z.string("write text") }),
    value: { a: 1 },
    texts: ['SPEC_WRONG_TYPE `a`: write text | 1 | text | write "1", in quotes'],
  },
  {
    name: "in a field of an open object",
    schema: z.object({ a: z.unknown() }).catchall(z.record(z.string(), z.int())),
    value: { a: 1, more: [] },
    texts: [
      "SPEC_WRONG_TYPE `more` must be a map, not a list | [] | a map to a whole number | write a map to a whole number",
    ],
  },
]);
