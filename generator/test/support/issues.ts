/** Small models in the manner of the real one, and how tests say what is printed about a value. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type IssueContext, problemsOfIssues } from "../../src/problems/zod-issues.ts";
import type { Problem } from "../../src/problems/problem.ts";
import type { Path } from "../../src/problems/issues/complaint.ts";

const PortNumber = z.int().min(1).max(65535).meta({ example: 8080 });
export const Dual = z
  .strictObject({ udp: PortNumber.optional(), tcp: PortNumber.optional() })
  .refine((port) => port.udp !== undefined || port.tcp !== undefined, "give tcp, udp or both");
export const Port = z.union([PortNumber, Dual, z.strictObject({ grpc: PortNumber })]);
const PortName = z
  .string()
  .regex(/^[a-z-]{1,15}$/u, "a port name is lower-case letters")
  .meta({ example: "http" });

const Size = z
  .string()
  .regex(/^[0-9]+[MGT]i$/u, "a size is a number with Mi, Gi or Ti")
  .meta({ example: "5Gi" });
const State = z.strictObject({
  holds: z.literal("state"),
  size: Size,
  class: z.string().optional(),
});
export const Cache = z.strictObject({ holds: z.literal("cache"), size: Size });
export const Share = z.strictObject({
  holds: z.literal("share"),
  share: z.string(),
  readOnly: z.literal(true).optional(),
});
export const HostPath = z.strictObject({
  holds: z.literal("host"),
  path: z.string().startsWith("/"),
});
export const because = <T extends z.ZodType>(value: T) =>
  z.strictObject({ because: z.string().min(8, "say why in a few words"), value });
export const Volume = z.union([State, Cache, Share, because(HostPath)]);
export const TaggedVolume = z.union([State, Cache, Share]);

export const Component = z.strictObject({
  image: z.string().meta({ description: "Image with its tag.", example: "ghcr.io/me/app:1.0" }),
  size: z.enum(["small", "medium", "large"]).optional(),
  replicas: z.int().min(0).max(9).optional(),
  args: z.array(z.string()).optional(),
  ports: z.record(PortName, Port).optional(),
});

export const image = "ghcr.io/me/app:1.0";

const locate: IssueContext["locate"] = (path: Path, at) => ({ file: [...path, at].join("/") });

export function problemsOf(schema: z.ZodType, value: unknown): readonly Problem[] {
  const result = schema.safeParse(value);
  if (result.success) throw new Error("the value is valid, so there is nothing to test");
  return problemsOfIssues(result.error.issues, { schema, value, locate });
}

/** Code and message, found, expected and fix of each problem, as one line. */
export function textsOf(schema: z.ZodType, value: unknown): readonly string[] {
  return problemsOf(schema, value).map(({ code, message, found, expected, fix }) =>
    [`${code} ${message}`, found ?? "-", expected ?? "-", fix ?? "-"].join(" | "),
  );
}

/** In: a value and the texts it must give, nothing more and nothing less. */
interface Case {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly value: unknown;
  readonly texts: readonly string[];
}

export function cases(group: string, rows: readonly Case[]): void {
  describe(group, () => {
    test.for(rows)("$name", ({ schema, value, texts }) => {
      expect(textsOf(schema, value)).toEqual(texts);
    });
  });
}
