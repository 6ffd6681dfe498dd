/** What may lie under config/ of a service. What may not: `bad-input`. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { checkRepository, createRepository } from "../support/repository.ts";

const vector = "charts/services/vector/values.ts";
const config = "charts/services/vector/config";

test("files that fill a ConfigMap to its last byte are no mistake, nor is a picture that nobody mounts", async () => {
  using repository = createRepository();
  const read = (file: string) => readFileSync(path.join(repository.root, file), "utf8");
  const there = Buffer.byteLength(read(`${config}/vector.yaml`));
  repository.write(`${config}/hosts.txt`, "a".repeat(2 ** 20 - there));
  repository.write(`${config}/logo.png`, Buffer.from("89504e470d0a1a0a", "hex"));
  repository.write(
    vector,
    read(vector).replace("files: {", 'files: { "/etc/hosts.txt": file("config/hosts.txt"),'),
  );
  expect(await checkRepository(repository.root)).toEqual([]);
  repository.write(`${config}/hosts.txt`, "a".repeat(2 ** 20 - there + 1));
  expect(await checkRepository(repository.root)).toHaveLength(1);
});
