import { z } from "zod";
import { Cache, cases, Component, HostPath, image, Share } from "../../../test/support/issues.ts";

cases("values that are not allowed", [
  {
    name: "a misspelt choice",
    schema: Component,
    value: { image, size: "smal" },
    texts: [
      'SPEC_WRONG_VALUE `size` may not be "smal", did you mean "small"? | "smal" | one of: small, medium, large | write "small"',
    ],
  },
  {
    name: "a choice far from all",
    schema: Component,
    value: { image, size: "huge" },
    texts: [
      'SPEC_WRONG_VALUE `size` may not be "huge" | "huge" | one of: small, medium, large | write one of the expected values',
    ],
  },
  {
    name: "the only choice",
    schema: Share,
    value: { holds: "share", share: "media", readOnly: false },
    texts: ["SPEC_WRONG_VALUE `readOnly` may not be false | false | true | leave the line out"],
  },
  {
    name: "a number in quotes among numbers",
    schema: z.strictObject({ v: z.literal([1, 2]) }),
    value: { v: "2" },
    texts: ['SPEC_WRONG_VALUE `v` may not be "2", did you mean 2? | "2" | one of: 1, 2 | write 2'],
  },
  {
    name: "text of another form, with an example",
    schema: Cache,
    value: { holds: "cache", size: "5gb" },
    texts: [
      'SPEC_WRONG_VALUE `size`: a size is a number with Mi, Gi or Ti | "5gb" | text, e.g. "5Gi" | write it like "5Gi"',
    ],
  },
  {
    name: "text of another form, without an example or words",
    schema: z.strictObject({ a: z.string().regex(/^x+$/u) }),
    value: { a: "y" },
    texts: [
      'SPEC_WRONG_VALUE `a` does not have the form that is needed | "y" | text that matches /^x+$/u | write it in the expected form',
    ],
  },
  {
    name: "a prefix",
    schema: HostPath,
    value: { holds: "host", path: "var" },
    texts: [
      'SPEC_WRONG_VALUE `path` must be text that starts with "/" | "var" | text that starts with "/" | write "/var"',
    ],
  },
  {
    name: "too large",
    schema: Component,
    value: { image, replicas: 10 },
    texts: [
      "SPEC_WRONG_VALUE `replicas` is too large: at most 9 | 10 | a whole number from 0 to 9 | write 9 or a number below it",
    ],
  },
  {
    name: "not above a bound",
    schema: z.strictObject({ wait: z.number().gt(5) }),
    value: { wait: 5 },
    texts: [
      "SPEC_WRONG_VALUE `wait` is too small: more than 5 | 5 | a number above 5 | write a number above 5",
    ],
  },
  {
    name: "too short",
    schema: z.strictObject({ a: z.string().min(3) }),
    value: { a: "x" },
    texts: [
      'SPEC_WRONG_VALUE `a` is too short: at least 3 characters | "x" (1 character) | at least 3 characters | add 2 characters',
    ],
  },
  {
    name: "too long by one",
    schema: z.strictObject({ a: z.string().max(3) }),
    value: { a: "xxxx" },
    texts: [
      'SPEC_WRONG_VALUE `a` is too long: at most 3 characters | "xxxx" (4 characters) | at most 3 characters | take away 1 character',
    ],
  },
  {
    name: "an exact length",
    schema: z.strictObject({ a: z.string().length(2) }),
    value: { a: "xxx" },
    texts: [
      'SPEC_WRONG_VALUE `a` is too long: exactly 2 characters | "xxx" (3 characters) | exactly 2 characters | take away 1 character',
    ],
  },
  {
    name: "an empty list",
    schema: z.strictObject({ a: z.array(z.int()).min(1) }),
    value: { a: [] },
    texts: [
      "SPEC_WRONG_VALUE `a` has too few entries: at least 1 entry | [] (0 entries) | at least 1 entry | add 1 entry",
    ],
  },
  {
    name: "too many",
    schema: z.strictObject({ a: z.array(z.int()).max(1) }),
    value: { a: [1, 2, 3] },
    texts: [
      "SPEC_WRONG_VALUE `a` has too many entries: at most 1 entry | [1,2,3] (3 entries) | at most 1 entry | take away 2 entries",
    ],
  },
  {
    name: "a name that is not allowed",
    schema: Component,
    value: { image, ports: { "Web UI": 80 } },
    texts: [
      'SPEC_WRONG_VALUE `Web UI` cannot be a name in `ports`: a port name is lower-case letters | "Web UI" | a name like "http" | write `web-ui`',
    ],
  },
  {
    name: "a name outside a pattern without words",
    schema: z.strictObject({ a: z.record(z.string().regex(/^x/u), z.int()) }),
    value: { a: { y: 1 } },
    texts: [
      'SPEC_WRONG_VALUE `y` cannot be a name in `a` | "y" | a name that matches /^x/u | rename `y`',
    ],
  },
  {
    name: "below a bound that is not reached",
    schema: z.strictObject({ a: z.number().lt(5) }),
    value: { a: 5 },
    texts: [
      "SPEC_WRONG_VALUE `a` is too large: less than 5 | 5 | a number below 5 | write a number below 5",
    ],
  },
  {
    name: "only a lower bound",
    schema: z.strictObject({ a: z.int().min(1) }),
    value: { a: 0 },
    texts: [
      "SPEC_WRONG_VALUE `a` is too small: at least 1 | 0 | a whole number from 1 | write 1 or a number above it",
    ],
  },
]);
