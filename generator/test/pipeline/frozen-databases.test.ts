/** A database goes with a login, and not by itself. */
import { describe, expect, test } from "vitest";
import { baseFile, createRepository } from "../support/repository.ts";
import { dev, renderTwice, sonarr } from "./frozen.ts";

describe("a database goes with a login, and not by itself", () => {
  const postgres = "charts/services/postgres/values.ts";
  const login = 'postgres: { login: "sonarr" }';
  const withLarge = (text: string) => text.replace('"postgres", ', '"large", "postgres", ');

  test("another login would begin with an empty one", async () => {
    const { exitCode, stderr, repository } = await renderTwice(
      sonarr,
      login,
      'postgres: { login: "shows" }',
    );
    using _ = repository;
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${sonarr}:22:34  error  FROZEN_NAME  (dev, prod)\n`);
    expect(stderr).toContain("database `sonarr` of sonarr at postgres is in use and would go");
    expect(stderr).toContain("found     login `shows` at postgres");
    expect(stderr).toContain('consumes: { postgres: { login: "sonarr" } }');
  });

  test("another server would, too", async () => {
    using repository = createRepository({
      files: { "charts/services/large/values.ts": baseFile(postgres) },
    });
    for (const file of [dev, "environments/prod/environment.ts"])
      repository.write(file, withLarge(baseFile(file)));
    expect((await repository.run(["render"])).exitCode).toBe(0);
    repository.write(
      sonarr,
      baseFile(sonarr)
        .replace(login, 'large: { login: "sonarr" }')
        .replaceAll('from("postgres"', 'from("large"'),
    );
    const { exitCode, stderr } = await repository.run(["render"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${sonarr}:22:31  error  FROZEN_NAME  (dev, prod)\n`);
    expect(stderr).toContain("found     login `sonarr` at large");
  });

  test("none at all leaves what is there, so it is said", async () => {
    const none = baseFile(sonarr)
      .replace(`${login}, `, "")
      .replaceAll(/ +SONARR__POSTGRES.*\n/g, "");
    const { exitCode, stderr, repository } = await renderTwice(sonarr, baseFile(sonarr), none);
    using _ = repository;
    expect(exitCode).toBe(2);
    expect(stderr).toContain("found     no login any more");
    const meant =
      '  migrations: { "database/sonarr": "nothing in it is wanted any more" },\n  routes:';
    repository.write(sonarr, none.replace("  routes:", meant));
    const after = await repository.run(["render"]);
    expect(after.exitCode).toBe(0);
    expect(after.stdout).toContain("DROP DATABASE");
  });

  test("a server with another name has other databases", async () => {
    using repository = createRepository();
    await repository.run(["render"]);
    repository.write("charts/services/postgres", undefined);
    repository.write(
      "charts/services/pg/values.ts",
      baseFile(postgres).replace(
        'tier: "data",',
        'tier: "data",\n  pins: { namespace: "data-postgres" },',
      ),
    );
    for (const file of [dev, "environments/prod/environment.ts"])
      repository.write(file, baseFile(file).replace('"postgres"', '"pg"'));
    for (const file of [sonarr, "charts/services/immich/values.ts"])
      repository.write(
        file,
        baseFile(file).replace("postgres: {", "pg: {").replaceAll('from("postgres"', 'from("pg"'),
      );
    const { exitCode, stdout, stderr } = await repository.run(["render"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("database `sonarr` of sonarr at postgres is in use and would go");
    expect(stderr).toContain("database `immich` of immich at postgres is in use and would go");
    expect(stdout).not.toContain("kubectl");
  });
});
