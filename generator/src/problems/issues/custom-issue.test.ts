import { z } from "zod";
import { cases } from "../../../test/support/issues.ts";

cases("rules written by hand", [
  {
    name: "a sentence gets its field",
    schema: z.strictObject({ a: z.string().refine((a) => a !== "x", "x is taken") }),
    value: { a: "x" },
    texts: ['SPEC_INVALID `a`: x is taken | "x" | - | -'],
  },
  {
    name: "a sentence that quotes has one already",
    schema: z.strictObject({ a: z.string().refine((a) => a !== "x", "`a` may not be x") }),
    value: { a: "x" },
    texts: ['SPEC_INVALID `a` may not be x | "x" | - | -'],
  },
  {
    name: "over the whole file",
    schema: z.strictObject({ a: z.int() }).refine(() => false, "a and b do not fit"),
    value: { a: 1 },
    texts: ["SPEC_INVALID a and b do not fit | - | - | -"],
  },
  {
    name: "that carries code, expected and fix",
    schema: z.strictObject({ to: z.string() }).superRefine((_, ctx) =>
      ctx.addIssue({
        code: "custom",
        message: "`to` names no port",
        path: ["to"],
        params: { code: "SPEC_WRONG_VALUE", expected: "one of: http", fix: 'write "http"' },
      }),
    ),
    value: { to: "web" },
    texts: ['SPEC_WRONG_VALUE `to` names no port | "web" | one of: http | write "http"'],
  },
  {
    name: "that points at an absent field says itself what is wrong",
    schema: z
      .strictObject({ to: z.string().optional() })
      .superRefine((_, ctx) => ctx.addIssue({ code: "custom", message: "say `to`", path: ["to"] })),
    value: {},
    texts: ["SPEC_INVALID say `to` | - | - | -"],
  },
  {
    name: "with params that are not ours",
    schema: z.strictObject({ a: z.int() }).superRefine((_, ctx) =>
      ctx.addIssue({
        code: "custom",
        message: "no",
        path: ["a"],
        params: { code: "NO_SUCH_CODE", fix: 1, expected: null },
      }),
    ),
    value: { a: 1 },
    texts: ["SPEC_INVALID `a`: no | 1 | - | -"],
  },
  {
    name: "without any words",
    schema: z.strictObject({ a: z.int().refine(() => false) }),
    value: { a: 1 },
    texts: ["SPEC_INVALID `a` breaks a rule of the model that has no words for it | 1 | - | -"],
  },
]);
