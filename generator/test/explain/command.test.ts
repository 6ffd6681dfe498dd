/** What `explain` tells people and programs. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createRepository } from "../support/repository.ts";

const Entry = z.looseObject({
  concern: z.string(),
  about: z.string(),
  says: z.string(),
  environments: z.array(z.string()),
  rule: z.strictObject({ name: z.string(), says: z.string(), source: z.string().optional() }),
  causes: z.array(z.looseObject({ file: z.string(), fact: z.string() })),
});

const Explanation = z.strictObject({
  service: z.literal("sonarr"),
  consequences: z.array(Entry),
  exceptions: z.array(z.unknown()),
});

describe("a service", () => {
  test("is told by concern and rule, each consequence with its facts, where it holds in part with where", async () => {
    using repository = createRepository();
    const { exitCode, stdout, stderr } = await repository.run(["explain", "sonarr"]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^Workload\n {2}Every service has a namespace of its own/);
    expect(stdout).toContain(
      "    PersistentVolumeClaim config: 5Gi, ReadWriteOnce, of class longhorn (prod)\n      from storage.config,",
    );
    expect(stdout).toContain("as only one pod may write to config\n      from storage.config,");
  });

  test("is told with what is said of its file as a whole behind all that it is said of", async () => {
    using repository = createRepository();
    const { stdout } = await repository.run(["explain", "sonarr"]);
    expect(stdout).toMatch(
      /from env.SONARR__POSTGRES__PASSWORD, .*env.SONARR__AUTH__APIKEY, .*no other reader\n/,
    );
    expect(stdout).not.toContain("no other reader,");
  });

  test("is told of one environment alone, where nothing needs saying where", async () => {
    using repository = createRepository();
    const { stdout } = await repository.run(["explain", "sonarr", "--environment", "prod"]);
    expect(stdout).toContain(
      "PersistentVolumeClaim config: 5Gi, ReadWriteOnce, of class longhorn\n",
    );
    expect(stdout).not.toContain("(prod)");
  });

  test("is told to programs with file, fact and rule of each", async () => {
    using repository = createRepository();
    const { stdout } = await repository.run(["explain", "sonarr", "--format", "json"]);
    const { consequences } = Explanation.parse(JSON.parse(stdout));
    expect(
      consequences.find(({ about }) => about === "Deployment sonarr, new version"),
    ).toMatchObject({
      concern: "Workload",
      says: "Recreate, as only one pod may write to config",
      environments: ["dev", "prod"],
      rule: { name: "update-strategy", source: "Kubernetes, Deployment strategy" },
      causes: [
        { file: "charts/services/sonarr/values.ts", fact: "update", absent: true },
        { file: "charts/services/sonarr/values.ts", fact: "gpu", absent: true },
        { file: "charts/services/sonarr/values.ts", fact: "network.host", absent: true },
        { file: "charts/services/sonarr/values.ts", fact: "storage.config" },
        { file: "environments/dev/sonarr.ts", fact: "storage.config" },
        { file: "charts/services/sonarr/values.ts", fact: "runs", absent: true },
      ],
    });
  });

  test("is told of one concern alone", async () => {
    using repository = createRepository();
    const whole = await repository.run(["explain", "sonarr"]);
    const { exitCode, stdout } = await repository.run([
      "explain",
      "sonarr",
      "--concern",
      "network",
    ]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Network\n {2}/);
    expect(whole.stdout).toContain(`\n${stdout}`);
    expect(stdout).not.toMatch(/^(Workload|Routes|Secrets)$/m);
  });

  test("that differs in an environment names the file that says so there", async () => {
    using repository = createRepository();
    const { stdout } = await repository.run(["explain", "sonarr", "--concern", "workload"]);
    expect(stdout).toMatch(
      / config: \w+, .* \(dev\)\n {6}from storage\.config, storage\.config in environments\/dev\/sonarr\.ts,/,
    );
    expect(stdout).toMatch(/ config: \w+, .* \(prod\)\n {6}from storage\.config, storageClasses/);
  });

  test("of which nothing follows in a concern says so", async () => {
    using repository = createRepository();
    const { exitCode, stdout } = await repository.run(["explain", "recyclarr", "--concern=routes"]);
    expect([exitCode, stdout]).toEqual([0, "nothing follows"]);
  });

  test("that states reasons has them at the end", async () => {
    using repository = createRepository();
    const { stdout } = await repository.run(["explain", "vector"]);
    expect(stdout).toMatch(
      /\nExceptions, with their reasons\n {2}security: log files of the node belong to root\n/,
    );
  });
});

describe("refused", () => {
  test.each([
    [["explain", "sonar"], "there is no service `sonar`", "npm run explain sonarr"],
    [["explain", "sonarr", "--environment", "prd"], "there is no environment `prd`", "prod"],
    [
      ["explain", "immich", "--environment", "dev"],
      "runs not in dev",
      "environments/dev/environment.ts",
    ],
    [["explain", "sonarr", "--format", "sarif"], "`explain` takes --format human or json", ""],
    [["explain"], "`explain` takes one name", ""],
  ])("%j: %s", async (args, message, fix) => {
    using repository = createRepository();
    const { exitCode, stdout, stderr } = await repository.run(args);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
    expect(stderr).toContain(fix);
  });

  test("a concern nobody knows, with what was meant", async () => {
    using repository = createRepository();
    const asked = await repository.run(["explain", "sonarr", "--concern", "netwrok"]);
    expect([asked.exitCode, asked.stdout]).toEqual([2, ""]);
    expect(asked.stderr).toContain("CONCERN_UNKNOWN");
    expect(asked.stderr).toContain("there is no concern `netwrok`");
    expect(asked.stderr).toContain("write --concern Network");
    const drill = await repository.run(["explain", "sonarr", "--concern", "restore"]);
    expect(drill.stderr).toContain('write --concern "Restore drill"');
    const asData = ["explain", "sonarr", "--concern", "foo", "--format", "json"];
    const { exitCode, stdout } = await repository.run(asData);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ problems: [{ code: "CONCERN_UNKNOWN" }] });
  });
});

describe("with a mistake in a file", () => {
  const bad = "export default 1;\n";

  test("of another service: what follows is told, and the mistake after it", async () => {
    using repository = createRepository({ files: { "charts/services/valkey/values.ts": bad } });
    const { exitCode, stdout, stderr } = await repository.run(["explain", "sonarr"]);
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/^Workload\n/);
    expect(stderr).toMatch(
      /^\s*That is what follows from files without mistakes;[^]*charts\/services\/valkey\/values\.ts/,
    );
  });

  test("of another service, for a program: the mistake instead", async () => {
    using repository = createRepository({ files: { "charts/services/valkey/values.ts": bad } });
    const { exitCode, stdout } = await repository.run(["explain", "sonarr", "--format", "json"]);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ errors: 1 });
  });

  test.for([
    "charts/services/sonarr/values.ts",
    "charts/services/postgres/values.ts",
    "environments/dev/sonarr.ts",
    "environments/dev/environment.ts",
  ])("%s, which it rests on: the mistake instead", async (file) => {
    using repository = createRepository({ files: { [file]: bad } });
    const { exitCode, stdout, stderr } = await repository.run(["explain", "sonarr"]);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(file);
  });
});
