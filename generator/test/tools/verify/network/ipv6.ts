/** A small repository whose cluster has IPv6 addresses, and a home network with both: facts may name them anywhere. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { createRepository } from "../../../support/repository.ts";
import type { Repository } from "../../../support/repository.ts";

const cluster = "environments/clusters/home.ts";

/** Some are private and some public: the internet has neither in it. */
const replaced: readonly (readonly [string, string])[] = [
  ["10.244.0.0/16", "fd00:10:244::/56"],
  ["10.96.0.0/12", "2001:db8:96::/112"],
  ["10.0.20.0/24", "2001:db8:20::/64"],
  ['["10.0.10.0/24"]', '["2001:db8:10::/64", "192.168.7.0/24"]'],
  ["10.0.10.200-10.0.10.230", "2001:db8:10::200/120"],
  ["10.0.10.", "2001:db8:10::"],
  ["10.0.20.", "2001:db8:20::"],
];

/** Rendered, as the proof reads it. */
export async function ipv6Repository(): Promise<Repository> {
  const repository = createRepository();
  const text = readFileSync(path.join(repository.root, cluster), "utf8");
  repository.write(
    cluster,
    replaced.reduce((written, [from, to]) => written.replaceAll(from, to), text),
  );
  const { exitCode, stderr } = await repository.run(["render"]);
  if (exitCode !== 0) throw new Error(stderr);
  return repository;
}
