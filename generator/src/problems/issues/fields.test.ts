import { z } from "zod";
import { cases, Component, Dual, image } from "../../../test/support/issues.ts";

cases("unknown and missing fields", [
  {
    name: "a misspelt required field is one problem",
    schema: Component,
    value: { imgae: image },
    texts: [
      'SPEC_UNKNOWN_FIELD unknown field `imgae`, did you mean `image`? | "imgae" | one of: image, size, replicas, args, ports | write `image` instead of `imgae`',
    ],
  },
  {
    name: "a misspelt optional field",
    schema: Component,
    value: { image, replica: 1 },
    texts: [
      'SPEC_UNKNOWN_FIELD unknown field `replica`, did you mean `replicas`? | "replica" | one of: image, size, replicas, args, ports | write `replicas` instead of `replica`',
    ],
  },
  {
    name: "one problem per key",
    schema: Component,
    value: { image, Size: "small", colour: 1 },
    texts: [
      'SPEC_UNKNOWN_FIELD unknown field `Size`, did you mean `size`? | "Size" | one of: image, size, replicas, args, ports | write `size` instead of `Size`',
      'SPEC_UNKNOWN_FIELD unknown field `colour` | "colour" | one of: image, size, replicas, args, ports | remove `colour`, or move it to where it belongs',
    ],
  },
  {
    name: "a name that is near a field which is there already",
    schema: Component,
    value: { image, images: image },
    texts: [
      'SPEC_UNKNOWN_FIELD unknown field `images` | "images" | one of: image, size, replicas, args, ports | remove `images`: `image` is there already',
    ],
  },
  {
    name: "a missing field says what it is for",
    schema: Component,
    value: {},
    texts: [
      'SPEC_MISSING_FIELD `image` is missing: Image with its tag. | - | text, e.g. "ghcr.io/me/app:1.0" | add `image: "ghcr.io/me/app:1.0"`',
    ],
  },
  {
    name: "missing and unknown, but not the same word",
    schema: Component,
    value: { command: "x" },
    texts: [
      'SPEC_MISSING_FIELD `image` is missing: Image with its tag. | - | text, e.g. "ghcr.io/me/app:1.0" | add `image: "ghcr.io/me/app:1.0"`',
      'SPEC_UNKNOWN_FIELD unknown field `command` | "command" | one of: image, size, replicas, args, ports | remove `command`, or move it to where it belongs',
    ],
  },
  {
    name: "a field far down",
    schema: z.strictObject({ components: z.record(z.string(), Component) }),
    value: { components: { server: { imgae: image } } },
    texts: [
      'SPEC_UNKNOWN_FIELD unknown field `imgae` in `components.server`, did you mean `image`? | "imgae" | one of: image, size, replicas, args, ports | write `image` instead of `imgae`',
    ],
  },
  {
    name: "in a list",
    schema: z.strictObject({ all: z.array(Component) }),
    value: { all: [{ image }, { image, sise: "small" }] },
    texts: [
      'SPEC_UNKNOWN_FIELD unknown field `sise` in `all[1]`, did you mean `size`? | "sise" | one of: image, size, replicas, args, ports | write `size` instead of `sise`',
    ],
  },
  {
    name: "in a record with fixed names",
    schema: z.strictObject({ by: z.partialRecord(z.enum(["dev", "prod"]), z.int()) }),
    value: { by: { prd: 1 } },
    texts: [
      'SPEC_UNKNOWN_FIELD unknown field `prd` in `by`, did you mean `prod`? | "prd" | one of: dev, prod | write `prod` instead of `prd`',
    ],
  },
  {
    name: "a record that needs all its names",
    schema: z.record(z.enum(["dev", "prod"]), z.int()),
    value: { dev: 1 },
    texts: ["SPEC_MISSING_FIELD `prod` is missing | - | a whole number | add `prod`"],
  },
  {
    name: "a rule over the object is silent while a field is misspelt",
    schema: Dual,
    value: { tpc: 1 },
    texts: [
      'SPEC_UNKNOWN_FIELD unknown field `tpc`, did you mean `tcp`? | "tpc" | one of: udp, tcp | write `tcp` instead of `tpc`',
    ],
  },
]);
