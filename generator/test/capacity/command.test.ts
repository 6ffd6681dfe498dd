/** `npm run capacity` as a person calls it. */
import { describe, expect, test } from "vitest";
import type { ListedCluster } from "../../src/capacity/listing.ts";
import { applyChanges, blocky, home, prod } from "../bad-input/change.ts";
import { createRepository } from "../support/repository.ts";

const worker = '"worker-1": { cpu: "12", memory: "30Gi", address: "10.0.20.21", zone: "pve-1" }';
const second = {
  in: home,
  replace: worker,
  by: `${worker}, "worker-2": { cpu: "12", memory: "30Gi", address: "10.0.20.22" }`,
};
const many = {
  in: blocky,
  replace: "replicas: 2,",
  by: 'replicas: 12,\n  resources: { cpu: "100m", memory: "2Gi" },',
};

describe.concurrent("capacity", () => {
  test("shows a bar per node, what is kept for a drill, and what is only assumed", async () => {
    using repository = createRepository();
    const { stdout, stderr, exitCode } = await repository.run(["capacity"]);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("home: dev, prod on 1 node, 1 for workloads;");
    expect(stdout).toMatch(
      /all nodes: fits: all pods are placed in 7 of 7 orders\n {2}worker-1 {2}cpu █+░+ \S+\/12 {2}memory █+░+ \S+\/30Gi {2}\d+\/110 pods\n/,
    );
    expect(stdout).toContain("Room is kept for a restore drill of prod/immich");
    expect(stdout).toContain("Only one node takes workloads");
    expect(stdout).toMatch(/Counted by what the LimitRange.*platform-cert-manager\/controller/);
    expect(stdout).not.toContain("Not counted");
  });

  test("does it again with each node gone, and ends with 1 where that fails", async () => {
    using repository = createRepository();
    applyChanges(repository, [second, many]);
    const { stdout, stderr, exitCode } = await repository.run([
      "capacity",
      "--environment",
      "prod",
    ]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("all nodes: fits");
    expect(stdout).toMatch(
      /without worker-1: cannot: \d+ pods ask for \S+ of memory, and worker-2 has 30Gi of memory/,
    );
    expect(stdout).toContain("without worker-2: cannot");
    expect(stderr).toContain("environments/prod/environment.ts:3:16  error  CAPACITY_NODE_LOSS");
    // The reasons stand above.
    expect(stderr).toContain("would run without worker-1, nor without worker-2\n");
    expect(stderr).not.toContain("pods ask for");
    expect(stderr).toContain(
      "related   charts/services/blocky/values.ts  prod/blocky asks for 24Gi of memory",
    );
  });

  test("takes a reason for that, and so does check", async () => {
    using repository = createRepository();
    applyChanges(repository, [
      second,
      many,
      {
        in: prod,
        replace: "  secrets:",
        by: '  spareNode: because(false, "the second node is new"),\n  secrets:',
      },
      { in: prod, replace: "{ defineEnvironment }", by: "{ because, defineEnvironment }" },
    ]);
    const { stdout, exitCode } = await repository.run(["capacity"]);
    expect(stdout).toContain("without worker-1: cannot");
    expect(exitCode).toBe(0);
    const checked = await repository.run(["check"]);
    expect(checked.stderr).not.toContain("CAPACITY_");
  });

  test("is refused by check and by render, which write nothing", async () => {
    using repository = createRepository();
    applyChanges(repository, [second, many]);
    for (const command of ["check", "render"]) {
      const { stderr, exitCode } = await repository.run([command]);
      expect(stderr).toContain("CAPACITY_NODE_LOSS");
      expect(exitCode).toBe(1);
    }
  });

  test("gives the same as JSON", async () => {
    using repository = createRepository();
    applyChanges(repository, [second]);
    const { stdout, exitCode } = await repository.run(["capacity", "--format", "json"]);
    expect(exitCode).toBe(0);
    const [cluster, ...others] = JSON.parse(stdout) as ListedCluster[];
    expect(others).toEqual([]);
    expect(cluster).toMatchObject({
      cluster: "home",
      environments: ["dev", "prod"],
      reserve: { service: "prod/immich" },
    });
    expect(cluster?.scenarios.map(({ without, verdict }) => [without, verdict])).toEqual([
      [null, "fits"],
      ["worker-1", "fits"],
      ["worker-2", "fits"],
    ]);
    const [whole] = cluster?.scenarios ?? [];
    const asked = whole?.nodes.reduce((sum, { pods }) => sum + pods.asked, 0);
    expect(asked).toBe(cluster?.pods);
    expect(whole?.nodes[0]?.memory.allocatable).toBe(30 * 2 ** 30);
  });

  test("refuses what it does not know", async () => {
    using repository = createRepository();
    const unknown = await repository.run(["capacity", "--environment", "prd"]);
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain("there is no environment `prd`");
    const format = await repository.run(["capacity", "--format", "sarif"]);
    expect(format.exitCode).toBe(2);
    expect(format.stderr).toContain("`capacity` takes --format human or json, not `sarif`.");
    const name = await repository.run(["capacity", "prod"]);
    expect(name.stderr).toContain(
      "If it is an environment: npm run capacity -- --environment prod",
    );
  });
});
