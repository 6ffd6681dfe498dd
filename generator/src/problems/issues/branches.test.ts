import { z } from "zod";
import { because, cases, Port } from "../../../test/support/issues.ts";

cases("other unions", [
  {
    name: "a reason is needed for false",
    schema: z.strictObject({
      health: z.union([z.strictObject({ http: z.string() }), because(z.literal(false))]),
    }),
    value: { health: false },
    texts: [
      'SPEC_WRONG_VALUE `health` may be false only with a reason | false | { http } or because(false, "say why here") | write because(false, "say why here")',
    ],
  },
  {
    name: "another value than the reason allows",
    schema: z.union([z.strictObject({ http: z.string() }), because(z.literal(false))]),
    value: { because: "nothing to ask", value: true },
    texts: ["SPEC_WRONG_VALUE `value` may not be true | true | false | write false"],
  },
  {
    name: "words or a pattern",
    schema: z.union([
      z.enum(["http", "https"]),
      z.string().regex(/^[0-9]+\/tcp$/u, "a port is number/tcp"),
    ]),
    value: "htps",
    texts: [
      'SPEC_WRONG_VALUE this file may not be "htps", did you mean "https"? | "htps" | one of: http, https or a port is number/tcp | write "https"',
    ],
  },
  {
    name: "words of several variants",
    schema: z.union([z.literal("all"), z.union([z.literal("none"), z.int()])]),
    value: "any",
    texts: [
      'SPEC_WRONG_VALUE this file may not be "any" | "any" | one of: all, none or a whole number | write one of the expected values',
    ],
  },
  {
    name: "a missing field that is a union",
    schema: z.strictObject({ port: Port }),
    value: {},
    texts: [
      "SPEC_MISSING_FIELD `port` is missing | - | a whole number from 1 to 65535, { udp?, tcp? } or { grpc } | add `port`",
    ],
  },
  {
    name: "lists: the one with fewer mistakes",
    schema: z.union([z.array(z.int()), z.array(z.string())]),
    value: ["a", "b", 3],
    texts: ['SPEC_WRONG_TYPE `[2]` must be text, not a number | 3 | text | write "3", in quotes'],
  },
  {
    name: "a form or another kind",
    schema: z.union([
      z.literal("all"),
      z.string().regex(/^[0-9]+$/u),
      z.strictObject({ at: z.string() }),
    ]),
    value: "any",
    texts: [
      'SPEC_WRONG_VALUE this file may not be "any" | "any" | all, text or { at } | write one of the expected values',
    ],
  },
  {
    name: "in a field that may be absent",
    schema: z.strictObject({ port: Port.optional() }),
    value: { port: { gprc: 1 } },
    texts: [
      'SPEC_UNKNOWN_FIELD unknown field `gprc` in `port`, did you mean `grpc`? | "gprc" | grpc | write `grpc` instead of `gprc`',
    ],
  },
  {
    name: "a rule upon a union",
    schema: z.strictObject({ port: Port.refine((port) => port !== 22, "22 is for the node") }),
    value: { port: 22 },
    texts: ["SPEC_INVALID `port`: 22 is for the node | 22 | - | -"],
  },
  {
    name: "more fields in common weigh more than fewer mistakes",
    schema: z.union([
      z.strictObject({ host: z.string(), url: z.string() }),
      z.strictObject({
        host: z.string(),
        port: z.int(),
        user: z.string(),
        key: z.string(),
        in: z.int(),
      }),
    ]),
    value: { host: "db", port: 5432 },
    texts: [
      "SPEC_MISSING_FIELD `user` is missing | - | text | add `user`",
      "SPEC_MISSING_FIELD `key` is missing | - | text | add `key`",
      "SPEC_MISSING_FIELD `in` is missing | - | a whole number | add `in`",
    ],
  },
  {
    name: "the mistake that lies deeper was nearly right",
    schema: z.union([
      z.strictObject({ to: z.string() }),
      z.strictObject({ to: z.strictObject({ port: z.int() }) }),
    ]),
    value: { to: { port: "web" } },
    texts: [
      'SPEC_WRONG_TYPE `to.port` must be a whole number, not text | "web" | a whole number | write a whole number',
    ],
  },
  {
    name: "a reason is needed where there is no union: one problem, not three",
    schema: z.strictObject({ security: because(z.strictObject({ user: z.int() })).optional() }),
    value: { security: { user: 0 } },
    texts: [
      'SPEC_WRONG_VALUE `security` needs a reason to be what it is | {"user":0} | because({ user }, "say why here") | write because(…, "say why here")',
    ],
  },
  {
    name: "a reason is needed, and beside it stands a word that every object has",
    schema: z.strictObject({ security: because(z.strictObject({ user: z.int() })).optional() }),
    value: { security: { constructor: 0 } },
    texts: [
      'SPEC_WRONG_VALUE `security` needs a reason to be what it is | {"constructor":0} | because({ user }, "say why here") | write because(…, "say why here")',
    ],
  },
  {
    name: "a reason that stands among the fields it is for",
    schema: z.strictObject({ security: because(z.strictObject({ user: z.int() })).optional() }),
    value: { security: { user: 0, because: "it is root's" } },
    texts: [
      'SPEC_WRONG_VALUE `security`: the reason stands beside the value, not in it | {"user":0,"because":"it is root\'s"} | because({ user }, "say why here") | write because({ user: 0 }, "it is root\'s")',
    ],
  },
  {
    name: "no reason among the fields it is for",
    schema: z.strictObject({ security: because(z.strictObject({ user: z.int() })).optional() }),
    value: { security: { user: 0, because: 5 } },
    texts: [
      'SPEC_WRONG_VALUE `security`: the reason stands beside the value, not in it | {"user":0,"because":5} | because({ user }, "say why here") | write because({ user: 0 }, "say why here")',
    ],
  },
  {
    name: "a reason beside a misspelt value",
    schema: z.strictObject({ security: because(z.strictObject({ user: z.int() })).optional() }),
    value: { security: { vlaue: { user: 0 }, because: "it is root's" } },
    texts: [
      'SPEC_UNKNOWN_FIELD unknown field `vlaue` in `security`, did you mean `value`? | "vlaue" | one of: because, value | write `value` instead of `vlaue`',
    ],
  },
  {
    name: "a field that stands beside the value",
    schema: z.strictObject({ security: because(z.strictObject({ user: z.int() })).optional() }),
    value: { security: { value: { user: 0 }, because: "it is root's", user: 0 } },
    texts: [
      'SPEC_UNKNOWN_FIELD unknown field `user` in `security` | "user" | one of: because, value | remove `user`, or move it to where it belongs',
    ],
  },
  ...[{}, []].map((empty) => ({
    name: `nothing to give a reason for: ${JSON.stringify(empty)}`,
    schema: z.strictObject({ security: because(z.strictObject({ user: z.int() })).optional() }),
    value: { security: empty },
    texts: [
      `SPEC_WRONG_VALUE \`security\` is empty: nothing in it needs a reason | ${JSON.stringify(empty)} | because({ user }, "say why here") | remove it`,
    ],
  })),
  {
    name: "nothing, which is legal with a reason",
    schema: z.strictObject({ alone: because(z.strictObject({ more: z.int().optional() })) }),
    value: { alone: {} },
    texts: [
      'SPEC_WRONG_VALUE `alone` needs a reason to be what it is | {} | because({ more? }, "say why here") | write because(…, "say why here")',
    ],
  },
  {
    name: "a wrapper that lacks only its reason",
    schema: z.strictObject({ security: because(z.strictObject({ user: z.int() })) }),
    value: { security: { value: { user: 0 } } },
    texts: ["SPEC_MISSING_FIELD `security.because` is missing | - | text | add `because`"],
  },
  {
    name: "a function that was called without its reason",
    schema: z.strictObject({
      health: z.union([z.strictObject({ http: z.string() }), because(z.literal(false))]),
    }),
    value: { health: { because: undefined, value: false } },
    texts: [
      'SPEC_WRONG_VALUE `health`: because needs a reason | because(false) | because(false, "say why here") | write because(false, "say why here")',
    ],
  },
  {
    name: "a function without its reason around a value that is wrong too",
    schema: z.strictObject({ security: because(z.strictObject({ user: z.int() })) }),
    value: { security: { because: undefined, value: { user: "root" } } },
    texts: [
      'SPEC_WRONG_VALUE `security`: because needs a reason | because({ user: "root" }) | because({ user: "root" }, "say why here") | write because(…, "say why here")',
      'SPEC_WRONG_TYPE `security.value.user` must be a whole number, not text | "root" | a whole number | write a whole number',
    ],
  },
  {
    name: "a reason that is no text",
    schema: z.strictObject({ health: because(z.literal(false)) }),
    value: { health: { because: 5, value: false } },
    texts: ["SPEC_WRONG_TYPE `health.because` must be text, not a number | 5 | text | write text"],
  },
]);
