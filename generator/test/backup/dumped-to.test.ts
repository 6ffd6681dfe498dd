/** A database that is dumped to another volume: how old a dump may be counts, and only the dump is backed up. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { backed, dumped } from "../bad-input/cases/backup.ts";
import type { Change } from "../bad-input/change.ts";
import { applyChanges } from "../bad-input/change.ts";
import { createRepository } from "../support/repository.ts";
import type { Repository } from "../support/repository.ts";

const changed = (...changes: Change[]): Repository => {
  const repository = createRepository();
  applyChanges(repository, [...backed(), ...changes]);
  return repository;
};
const listed = async (repository: Repository) => {
  const { stdout } = await repository.run(["backup", "--environment", "prod", "--format", "json"]);
  const [{ volumes, without }] = JSON.parse(stdout);
  return {
    volumes: new Map<string, { rpo: number; method: string; schedule: string }>(
      volumes.map((one: { volume: string }) => [one.volume, one]),
    ),
    without: without.map((one: { volume: string }) => one.volume),
  };
};

test("it loses what its dump may be old, what a dump takes, and what the volume of the dumps loses", async () => {
  using repository = changed(...dumped());
  const { volumes, without } = await listed(repository);
  const dumps = volumes.get("plain-dump/dumps");
  expect(volumes.get("plain/data")).toMatchObject({
    rpo: 45 * 60 + (dumps?.rpo ?? 0),
    method: "dump by plain-dump/dumps",
    schedule: dumps?.schedule,
  });
  expect(without).not.toContain("plain/data");
  expect((await repository.run(["check"])).stderr).not.toMatch(/BACKUP_|RPO/);
});

test("while what dumps it is stopped, any of its work can be lost: a warning, and no time is promised", async () => {
  using repository = changed(...dumped(), {
    in: "charts/services/plain-dump/values.ts",
    replace: '  tier: "data",',
    by: '  tier: "data",\n  stopped: true,',
  });
  const { volumes } = await listed(repository);
  expect(volumes.get("plain/data")).toMatchObject({ rpo: "never" });
  expect(volumes.get("plain-dump/dumps")?.rpo).toBeGreaterThan(0);
  const { stderr, exitCode } = await repository.run(["backup", "--environment", "prod"]);
  expect(stderr).toMatch(/warning +BACKUP_PAUSED/);
  expect(stderr).not.toMatch(/BACKUP_RPO|BACKUP_DUMP/);
  expect(exitCode).toBe(0);
});

test("its own volume is in no backup", async () => {
  using repository = changed(...dumped());
  await repository.run(["render"]);
  const claim = (service: string, name: string) =>
    readFileSync(
      path.join(repository.root, `kubernetes/prod/${service}/persistentvolumeclaim-${name}.yaml`),
      "utf8",
    );
  expect(claim("plain", "data")).toContain('rzp.local/backup: "none"');
  expect(claim("plain-dump", "dumps")).not.toContain("rzp.local/backup");
});

test("who writes the dumps beside a schedule makes their age unknown, and who only reads them does not", async () => {
  const shared = (how: string): Change[] => [
    ...dumped(),
    {
      in: "charts/services/plain-dump/values.ts",
      text: `import { defineComposedService, schedule, state } from "#rzp";

export default defineComposedService({
  tier: "data",
  about: "Dumps that database",
  storage: { dumps: state({ size: "5Gi" }) },
  components: {
    dump: {
      image: "docker.io/library/couchdb:3.5.0",
      runs: schedule("*/30 * * * *", { endsWithin: "15m" }),
      mounts: { dumps: "/dumps" },
      consumes: { plain: "http" },
    },
    look: {
      image: "docker.io/library/couchdb:3.5.0",
      ports: { http: 5984 },
      health: { http: "/_up" },
      mounts: { dumps: ${how} },
    },
  },
});
`,
    },
  ];
  using written = changed(...shared('"/dumps"'));
  expect((await written.run(["check"])).stderr).toContain("is written at unknown times");
  using read = changed(...shared('{ mountPath: "/dumps", readOnly: true }'));
  expect((await read.run(["check"])).stderr).not.toContain("BACKUP_DUMP_UNREADABLE");
});

test("what proves a restore is said of the volume of the dumps, also where only an environment has it dumped", async () => {
  const overlaid = (more: string): Change[] => [
    ...dumped(),
    {
      in: "charts/services/plain/values.ts",
      replace: 'size: "5Gi", backup: { dumpedTo: "plain-dump/dumps" }',
      by: 'size: "5Gi", restored: { files: { atLeast: 2 } }',
    },
    {
      in: "environments/prod/plain.ts",
      text: `import { overlay } from "#rzp";

export default overlay("plain", {
  storage: { data: { backup: { dumpedTo: "plain-dump/dumps" } } },${more}
});
`,
    },
  ];
  using both = changed(...overlaid(""));
  expect((await both.run(["check"])).stderr).toContain(
    "what is dumped elsewhere is never restored",
  );
  using alone = changed(...overlaid(' remove: ["storage.data.restored"],'));
  expect((await alone.run(["check"])).stderr).not.toMatch(/ error /);
});
