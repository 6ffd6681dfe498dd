/**
 * What RZP uses of Vector's configuration, with the constraints its documentation names. Vector itself cannot be run
 * here, so what is written is held against this.
 */
import { z } from "zod";
import { leastDiskBufferBytes } from "./telemetry-limits.ts";

const id = z.string().regex(/^[a-z][a-z0-9_]*$/);
const inputs = z.array(id).min(1);
const socket = z.string().regex(/^0\.0\.0\.0:\d+$/);
const path = z.string().startsWith("/");
/** Since 0.57 `${NAME}` is not filled in but stays as it is. */
const plain = z
  .string()
  .refine((text) => !/\$\{?[A-Z_]/.test(text), "no variable is filled in since 0.57");
const address = plain.regex(/^http:\/\/[a-z0-9.-]+:\d+\//);
/** Since 0.57 what is filled in must not change where a request goes to. */
const template = address.refine(
  (text) => /^http:\/\/[a-z0-9.-]+:\d+\/[^{]+\{\{ [a-z_]+ \}\}/.test(text),
  "a template starts with text",
);
const auth = z.strictObject({
  strategy: z.literal("basic"),
  user: plain,
  password: z.string().regex(/^SECRET\[[a-z]+\.[a-z0-9_]+\]$/),
});
const acknowledgements = z.strictObject({ enabled: z.literal(true) });

const Source = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("kubernetes_logs"),
    exclude_paths_glob_patterns: z.array(path.or(z.string().startsWith("**/"))),
    use_apiserver_cache: z.literal(true),
    glob_minimum_cooldown_ms: z.int().positive(),
  }),
  z.strictObject({ type: z.literal("internal_metrics") }),
  z.strictObject({
    type: z.literal("prometheus_remote_write"),
    address: socket,
    metadata_conflict_strategy: z.enum(["ignore", "reject"]),
    skip_nan_values: z.boolean(),
  }),
]);
const Transform = z.strictObject({
  type: z.literal("remap"),
  inputs,
  file: path.optional(),
  source: plain.optional(),
  drop_on_abort: z.boolean(),
  drop_on_error: z.boolean(),
});
const Sink = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("http"),
    inputs,
    uri: template,
    method: z.literal("post"),
    auth,
    compression: z.literal("gzip"),
    encoding: z.strictObject({
      codec: z.literal("json"),
      except_fields: z.array(z.string()),
    }),
    healthcheck: z.strictObject({ enabled: z.literal(true), uri: address }),
    batch: z.strictObject({ max_bytes: z.int().positive(), timeout_secs: z.int().positive() }),
    buffer: z.strictObject({
      type: z.literal("disk"),
      max_size: z.int().min(leastDiskBufferBytes),
      when_full: z.literal("block"),
    }),
    request: z.strictObject({ timeout_secs: z.int().positive() }),
    acknowledgements,
  }),
  z.strictObject({
    type: z.literal("prometheus_remote_write"),
    inputs,
    endpoint: address,
    auth,
    healthcheck: z.strictObject({ enabled: z.literal(false) }),
    acknowledgements,
  }),
  z.strictObject({ type: z.literal("prometheus_exporter"), inputs, address: socket }),
]);

export const VectorConfiguration = z
  .strictObject({
    data_dir: path,
    api: z.strictObject({ enabled: z.literal(true), address: socket }).optional(),
    secret: z.strictObject({
      files: z.strictObject({
        type: z.literal("directory"),
        path,
        remove_trailing_whitespace: z.literal(true),
      }),
    }),
    sources: z.record(id, Source),
    transforms: z.record(id, Transform),
    sinks: z.record(id, Sink),
  })
  .superRefine(({ sources, transforms, sinks }, context) => {
    const givers = new Set([...Object.keys(sources), ...Object.keys(transforms)]);
    const taken = new Set<string>();
    for (const [name, { inputs: from }] of Object.entries({ ...transforms, ...sinks }))
      for (const input of from) {
        taken.add(input);
        if (!givers.has(input))
          context.addIssue({
            code: "custom",
            message: `${name} takes from ${input}, which is not there`,
          });
      }
    for (const giver of givers)
      if (!taken.has(giver))
        context.addIssue({ code: "custom", message: `nobody takes what ${giver} gives` });
    for (const [name, { file, source }] of Object.entries(transforms))
      if ((file === undefined) === (source === undefined))
        context.addIssue({ code: "custom", message: `${name} has one program, in a file or here` });
  });
export type VectorConfiguration = z.infer<typeof VectorConfiguration>;
