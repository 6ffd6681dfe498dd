import { expect, test } from "vitest";
import { z } from "zod";
import { repairedText } from "./repair.ts";

const login = z.string().regex(/^[a-z][a-z0-9_]*$/);
const label = z.string().regex(/^[a-z][a-z0-9-]*[a-z0-9]$/);
const variable = z.string().regex(/^[A-Z_]+$/);
const kind = z.string().regex(/^[A-Z]\w+$/);
const version = z.string().regex(/^v\d+\.\d+$/);
const size = z.string().regex(/^\d+Gi$/);

test.for([
  ["my-app", login, "my_app"],
  ["My App", login, "my_app"],
  ["my_app", label, "my-app"],
  ["-app-", label, "app"],
  ["https://app/", label, "app"],
  ["LOG LEVEL", variable, "LOG_LEVEL"],
  ["configMap", kind, "ConfigMap"],
  ["1.13", version, "v1.13"],
  ["5 Gi", size, "5Gi"],
  // What is right, what no slip explains, what is no text.
  ["my_app", login, undefined],
  ["5gb", size, undefined],
  ["", label, undefined],
  [5, size, undefined],
] as const)("%j", ([written, schema, repaired]) => {
  expect(repairedText(written, [schema])).toBe(repaired);
});
