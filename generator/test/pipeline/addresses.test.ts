/** Allocated load-balancer addresses are kept in a committed lock: adding a service never moves another's. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { createRepository } from "../support/repository.ts";
import type { Repository } from "../support/repository.ts";

const service = (address = "") => `import { defineService } from "#rzp";

export default defineService({
  tier: "apps",
  about: "Answers on an address of its own",
  image: "ghcr.io/example/answer:1.0.0",
  ports: { http: 8080 },
  health: { http: "/" },
  exposes: { web: { ${address}ports: { 80: "http" }, clients: "lan" } },
});
`;
const environment = (services: readonly string[]) => `import { defineEnvironment } from "#rzp";

export default defineEnvironment({ cluster: "home", domain: "example.com", revision: "main", services: ${JSON.stringify(services)}, secrets: { backend: "fake" } });
`;
const lock = (repository: Repository) =>
  readFileSync(path.join(repository.root, "environments/clusters/home.lock.yaml"), "utf8");
const addressOf = (repository: Repository, name: string) =>
  /loadBalancerIPs: "?([0-9.]+)/.exec(
    readFileSync(
      path.join(repository.root, `kubernetes/prod/${name}/service-${name}-web.yaml`),
      "utf8",
    ),
  )?.[1];

function withServices(files: Readonly<Record<string, string>>): Repository {
  const authored = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [`charts/services/${name}/values.ts`, text]),
  );
  return createRepository({
    files: { ...authored, "environments/prod/environment.ts": environment(Object.keys(files)) },
  });
}

describe("allocation", () => {
  test("takes the first free address of the pool and keeps it when others come before", async () => {
    using repository = withServices({ middle: service() });
    await repository.run(["render"]);
    expect(addressOf(repository, "middle")).toBe("10.0.10.200");
    expect(lock(repository)).toContain("prod/middle/web: 10.0.10.200");
    repository.write("charts/services/early/values.ts", service());
    repository.write("environments/prod/environment.ts", environment(["early", "middle"]));
    expect((await repository.run(["render"])).exitCode).toBe(0);
    expect([addressOf(repository, "early"), addressOf(repository, "middle")]).toEqual([
      "10.0.10.201",
      "10.0.10.200",
    ]);
  });

  test("never takes an address somebody names, or one with a name of the cluster", async () => {
    using repository = withServices({
      named: service('address: "10.0.10.200", '),
      other: service(),
      third: service(),
    });
    await repository.run(["render"]);
    expect([
      addressOf(repository, "named"),
      addressOf(repository, "other"),
      addressOf(repository, "third"),
    ]).toEqual(["10.0.10.200", "10.0.10.201", "10.0.10.204"]);
  });

  test("an address is free again when its service goes", async () => {
    using repository = withServices({ one: service(), two: service() });
    await repository.run(["render"]);
    repository.write("environments/prod/environment.ts", environment(["two"]));
    await repository.run(["render"]);
    expect(lock(repository)).not.toContain("prod/one/web");
    expect(addressOf(repository, "two")).toBe("10.0.10.201");
  });

  test("without allocations there is no lock file", async () => {
    using repository = withServices({ named: service('address: "dns", ') });
    await repository.run(["render"]);
    expect(existsSync(path.join(repository.root, "environments/clusters/home.lock.yaml"))).toBe(
      false,
    );
    expect(addressOf(repository, "named")).toBe("10.0.10.202");
  });

  test("a damaged lock is said, and nothing moves", async () => {
    using repository = withServices({ one: service() });
    await repository.run(["render"]);
    for (const [text, found] of [
      ["addresses: [nonsense\n", "no YAML: "],
      ["- nonsense\n", "no map"],
      ["adresses: {}\n", "a map of adresses"],
      ["addresses: { one: 10.0.10.300 }\n", "a map of addresses"],
    ] as const) {
      repository.write("environments/clusters/home.lock.yaml", text);
      const { exitCode, stderr } = await repository.run(["render"]);
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining("LOCK_DAMAGED")]);
      expect(stderr).toContain(`found     ${found}`);
      expect(stderr).toContain("expected  `addresses` alone, and in it an address for each name");
    }
  });

  test("an unmerged conflict in the lock is told at its first line, with what keeps addresses", async () => {
    using repository = withServices({ one: service() });
    await repository.run(["render"]);
    const lock = "environments/clusters/home.lock.yaml";
    const text = readFileSync(path.join(repository.root, lock), "utf8");
    const [head = "", ...rest] = text.split("\n");
    const conflict = ["<<<<<<< HEAD", head, "=======", `${head} `, ">>>>>>> other", ...rest];
    repository.write(lock, [head, ...conflict].join("\n"));
    const { exitCode, stderr } = await repository.run(["render"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      `${lock}:2:1  error  LOCK_DAMAGED\n  the lock file has an unmerged conflict`,
    );
    expect(stderr).toContain('found     "<<<<<<< HEAD"');
    expect(stderr).toContain(`git checkout --ours ${lock} (or --theirs), then npm run render`);
    // What the message says works.
    repository.write(lock, [head, head, ...rest].join("\n"));
    expect((await repository.run(["render"])).exitCode).toBe(0);
    expect(readFileSync(path.join(repository.root, lock), "utf8")).toBe(text);
  });

  /** Two branches that each added a service which exposes a port, merged by git as far as it goes. */
  async function merged() {
    const repository = withServices({ one: service() });
    const git = (...args: string[]) =>
      execa("git", args, { cwd: repository.root, reject: false, stdin: "ignore" });
    const commit = async () => {
      expect((await repository.run(["render"])).exitCode).toBe(0);
      await git("add", ".");
      const who = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.com"];
      await git(...who, "commit", "--quiet", "--message", "More");
    };
    const add = async (name: string, all: readonly string[]) => {
      repository.write(`charts/services/${name}/values.ts`, service());
      repository.write("environments/prod/environment.ts", environment(all));
      await commit();
    };
    repository.write(".gitignore", ".cache\n.rzp\nnode_modules\n");
    await git("init", "--quiet", "--initial-branch", "main");
    await commit();
    await git("checkout", "--quiet", "-b", "other");
    await add("three", ["one", "three"]);
    await git("checkout", "--quiet", "main");
    await add("two", ["one", "two"]);
    await git("merge", "other");
    repository.write("environments/prod/environment.ts", environment(["one", "three", "two"]));
    return { repository, git };
  }

  test("after a merge both sides stay once the signs are gone; what both took is told with its line", async () => {
    using repository = (await merged()).repository;
    const text = lock(repository);
    expect(text.match(/^addresses:$/gm)).toHaveLength(2);
    expect((await repository.run(["render"])).stderr).toContain("LOCK_DAMAGED");
    const both = text.replaceAll(/^(<{7}|={7}|>{7}).*\n/gm, "");
    const file = "environments/clusters/home.lock.yaml";
    repository.write(file, both);
    const { exitCode, stderr } = await repository.run(["render"]);
    expect(exitCode).toBe(2);
    expect(stderr).not.toContain("LOCK_DAMAGED");
    expect(stderr).toContain("NAME_TAKEN");
    repository.write(file, both.replace(/^ +prod\/three\/web: .*\n/m, ""));
    expect((await repository.run(["render"])).exitCode).toBe(0);
    expect(["one", "two", "three"].map((name) => addressOf(repository, name))).toEqual([
      "10.0.10.200",
      "10.0.10.201",
      "10.0.10.204",
    ]);
  });

  test("a lock that says two addresses of one exposure is damaged, and the fix works in a merge", async () => {
    const { repository, git } = await merged();
    using _ = repository;
    const file = "environments/clusters/home.lock.yaml";
    repository.write(
      file,
      "addresses:\n  prod/one/web: 10.0.10.200\n  prod/one/web: 10.0.10.201\n",
    );
    const { stderr } = await repository.run(["render"]);
    expect(stderr).toContain("LOCK_DAMAGED");
    expect(stderr).toContain(`git checkout HEAD -- ${file}, then npm run render`);
    expect((await git("checkout", "HEAD", "--", file)).exitCode).toBe(0);
    expect((await repository.run(["render"])).exitCode).toBe(0);
  });

  test("an exhausted pool is said at the exposure", async () => {
    using repository = withServices({ one: service(), two: service() });
    const cluster = readFileSync(
      path.join(repository.root, "environments/clusters/home.ts"),
      "utf8",
    );
    repository.write(
      "environments/clusters/home.ts",
      cluster.replace("10.0.10.200-10.0.10.230", "10.0.10.200-10.0.10.200"),
    );
    const { exitCode, stderr } = await repository.run(["render"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("POOL_EXHAUSTED");
    expect(stderr).toContain("charts/services/two/values.ts:9:");
  });
});
