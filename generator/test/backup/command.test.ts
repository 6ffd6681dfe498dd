/** `npm run backup` and `npm run dr-plan` as a person calls them. */
import { describe, expect, test } from "vitest";
import type { ListedBackups } from "../../src/backup/listing.ts";
import type { RecoveryPlan } from "../../src/backup/recovery.ts";
import { backed, backups, storeLost, velerosNeed } from "../bad-input/cases/backup.ts";
import { applyChanges } from "../bad-input/change.ts";
import { createRepository } from "../support/repository.ts";

const tooLate = backups["backed-up-too-seldom"] ?? [];
const tooSlow = backups["back-too-late"] ?? [];

describe.concurrent("backup", () => {
  test("shows every volume and schedule, and ends with 1 where check finds something", async () => {
    using repository = createRepository();
    applyChanges(repository, tooLate);
    const { stdout, stderr, exitCode } = await repository.run(["backup", "--environment", "prod"]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /^volume +holds +method +schedule +worst-case RPO +kept +size +off-site$/m,
    );
    expect(stdout).toMatch(
      /^prowlarr\/config +state +snapshot +prod-main-12h-standard +12h 2m +30 days +1Gi +no$/m,
    );
    expect(stdout).toContain("Not backed up (can be made again): immich/models\n");
    expect(stdout).toMatch(
      /^Not known, and not backed up: what upstream charts claim \(.*velero\)$/m,
    );
    expect(stderr).toContain("BACKUP_RPO_EXCEEDED");
  });

  test("is a list of numbers for a machine", async () => {
    using repository = createRepository();
    applyChanges(repository, tooLate);
    const { stdout } = await repository.run([
      "backup",
      "--environment",
      "prod",
      "--format",
      "json",
    ]);
    const [listed] = JSON.parse(stdout) as ListedBackups[];
    expect(listed?.volumes.find(({ volume }) => volume === "prowlarr/config")).toMatchObject({
      method: "snapshot",
      rpo: 12 * 3600 + 106,
      size: 2 ** 30,
      offsite: null,
    });
  });

  test("tells a machine what never comes apart from what there is none of", async () => {
    using repository = createRepository();
    applyChanges(repository, backed(undefined, "1Ki"));
    const { stdout } = await repository.run([
      "backup",
      "--environment",
      "prod",
      "--format",
      "json",
    ]);
    const [listed] = JSON.parse(stdout) as ListedBackups[];
    expect(listed?.volumes.find(({ volume }) => volume === "prowlarr/config")).toMatchObject({
      rpo: "never",
      offsite: null,
    });
    const never = { rpo: "never", gap: "never", queued: "never", duration: "never" };
    expect(listed?.schedules[0]).toMatchObject(never);
  });

  test("says where nothing is backed up", async () => {
    using repository = createRepository();
    const { stdout, exitCode } = await repository.run(["backup", "--environment", "dev"]);
    expect(stdout).toBe("dev: nothing is backed up");
    expect(exitCode).toBe(0);
  });

  test("refuses an environment nobody knows", async () => {
    using repository = createRepository();
    const { stderr, exitCode } = await repository.run(["backup", "--environment", "prd"]);
    expect(stderr).toContain("write --environment prod");
    expect(exitCode).toBe(2);
  });
});

describe.concurrent("dr-plan", () => {
  test("prints commands, and ends with 1 where it takes too long", async () => {
    using repository = createRepository();
    applyChanges(repository, tooSlow);
    const { stdout, stderr, exitCode } = await repository.run(["dr-plan", "--environment", "prod"]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      "kubectl apply --filename kubernetes/prod/_recovery/application-prod.platform.yaml\n",
    );
    // A root is healthy before its layers are there: its sync must have ended first.
    const waits = [...stdout.matchAll(/wait (applications.*) --for=jsonpath='(.*)'=/g)];
    expect(waits.map(([, what, field]) => [what, field])).toEqual([
      ["applications/prod", "{.status.operationState.phase}"],
      ["applications --selector rzp.local/environment=prod", "{.status.sync.status}"],
      ["applications --selector rzp.local/environment=prod", "{.status.health.status}"],
    ]);
    expect(stdout).toMatch(/^# All but bulk runs after 1h 41m, of 30m allowed\.$/m);
    expect(stderr).toContain("RECOVERY_TOO_SLOW");
    // All that is no command is a comment: it can be copied whole.
    for (const line of stdout.split("\n")) expect(line).toMatch(/^(#.*|kubectl .*|helm .*|)$/);
  });

  test("is a list of steps for a machine", async () => {
    using repository = createRepository();
    applyChanges(repository, tooSlow);
    const { stdout } = await repository.run([
      "dr-plan",
      "--environment",
      "prod",
      "--format",
      "json",
    ]);
    const plan = JSON.parse(stdout) as RecoveryPlan;
    expect(plan).toMatchObject({ environment: "prod", cluster: "home", allowed: 1800 });
    expect(plan.steps.map(({ name }) => name)).toContain("restore prod-main-2h-standard");
  });

  test.for([
    { what: "from is lost as well", changes: storeLost, code: "BACKUP_STORE_INSIDE" },
    { what: "with waits for the data", changes: velerosNeed, code: "RECOVERY_CANNOT_BEGIN" },
  ])("promises nothing where what it would restore $what", async ({ changes, code }) => {
    using repository = createRepository();
    applyChanges(repository, changes);
    const { stdout, stderr, exitCode } = await repository.run(["dr-plan", "--environment", "prod"]);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr).toContain(code);
  });

  test.for([
    ["dev", "BACKUP_NOTHING", "nothing of dev is backed up"],
    ["prd", "ENVIRONMENT_UNKNOWN", "prd"],
  ])("refuses %s", async ([environment = "", code = "", message = ""]) => {
    using repository = createRepository();
    const { stderr, exitCode } = await repository.run(["dr-plan", "--environment", environment]);
    expect(stderr).toContain(code);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });
});
