/** What a service's own secrets are: told once by key, however often each is read. */
import "./meta.ts";
import { z } from "zod";
import { rule, SecretKey, SecretName } from "./primitives.ts";

/** What can be made of random bytes: letters, digits, - and _, which need no quotes anywhere, or hex digits. */
const forms = ["password", "hex"] as const;

export const SecretFacts = z
  .strictObject({
    about: z
      .string()
      .min(8)
      .optional()
      .meta({ description: "What it is, and where whoever fills it in finds it." }),
    generate: z.enum(forms).optional().meta({
      description:
        "`npm run secrets` may make it: letters, digits, `-` and `_`, or hex digits. Filled in by hand unless said.",
    }),
    length: z
      .int()
      .min(16)
      .max(128)
      .optional()
      .meta({ description: "Characters of a generated one; 32 unless said." }),
    secretName: SecretName.optional().meta({
      description:
        "A Kubernetes Secret of this name has it too, under its key: for programs that look for a Secret by its name, and cannot be told another.",
    }),
  })
  .refine(
    ({ generate, length }) => length === undefined || generate !== undefined,
    rule(
      "only what is generated has a length",
      "`generate` beside it",
      'add generate: "password", or remove length',
    ),
  )
  .meta({ id: "SecretFacts", description: "What one of the service's own secrets is." });
export type SecretFacts = z.infer<typeof SecretFacts>;

export const SecretsOfService = z.record(SecretKey, SecretFacts);
