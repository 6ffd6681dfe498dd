/** The first minutes: a service is added, rendered, and removed again. */
import { existsSync, lstatSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { createRepository } from "../support/repository.ts";
import type { Repository } from "../support/repository.ts";

const read = (root: string, file: string) => readFileSync(path.join(root, file), "utf8");

/** In: a repository, and what is left out. Out: the file of a staging that takes the list of dev over. */
function withStaging({ root, write }: Repository, without: readonly string[] = []): string {
  const staging = "environments/staging/environment.ts";
  const dev = read(root, "environments/dev/environment.ts");
  const leftOut = without.length === 0 ? "" : `  without: ${JSON.stringify(without)},\n`;
  write(
    staging,
    dev
      .replace(/services: \[.*\],/, `extends: "dev",\n${leftOut}  prefix: "staging",`)
      .replace(/domain: ".*"/, 'domain: "staging.example.com"'),
  );
  return staging;
}

function withoutVector({ root, write }: Repository): void {
  const prod = "environments/prod/environment.ts";
  write("charts/services/vector", undefined);
  write(prod, read(root, prod).replace(', "vector"', ""));
}

describe("new-service", () => {
  test("a service nobody knows is complete and rendered at once", async () => {
    using repository = createRepository();
    await repository.run(["render"]);
    const { exitCode, stdout, stderr } = await repository.run([
      "new-service",
      "my-app",
      "--image",
      "ghcr.io/me/my-app:1.2.3",
      "--port",
      "8080",
    ]);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("my-app runs in dev: charts/services/my-app/values.ts");
    expect(stdout).toContain("+ kubernetes/dev/my-app/deployment-my-app.yaml");
    expect(stdout).toContain("  edited: environments/dev/environment.ts\n");
    expect(stdout).not.toContain("written beside it");
    expect(stdout).toContain("its route does not say who asks for a password");
    expect(stdout).toContain("nobody knows this image, so they are guesses");
    expect(stdout).not.toContain("at the gateway in dev");
    expect(read(repository.root, "charts/services/my-app/values.ts")).toContain(
      'image: "ghcr.io/me/my-app:1.2.3"',
    );
    expect(read(repository.root, "environments/dev/environment.ts")).toContain(
      'services: ["my-app", "postgres", "prowlarr", "sonarr"]',
    );
    expect(readlinkSync(path.join(repository.root, "charts/services/my-app/charts/rzp-lib"))).toBe(
      "../../../rzp-lib",
    );
    expect((await repository.run(["render", "--check"])).exitCode).toBe(0);
  });

  test("a service that runs elsewhere runs in the environment that is said too, as it is", async () => {
    using repository = createRepository();
    const file = "charts/services/blocky/values.ts";
    const before = read(repository.root, file);
    const blocky = ["new-service", "blocky", "--environment", "dev"];
    // Both environments would have its address.
    const refused = await repository.run(blocky);
    expect(refused.exitCode).toBe(2);
    expect(read(repository.root, file)).toBe(before);
    expect(read(repository.root, "environments/dev/environment.ts")).not.toContain("blocky");

    const enabled = await repository.run(["new-service", "vector", "--environment", "dev"]);
    expect([enabled.exitCode, enabled.stderr]).toEqual([0, ""]);
    expect(enabled.stdout).toContain("vector runs in dev and prod");
    expect(read(repository.root, "environments/dev/environment.ts")).toContain(
      '"sonarr", "vector"',
    );
    const again = await repository.run(["new-service", "vector", "--environment", "dev"]);
    expect(again.exitCode).toBe(2);
    expect(again.stderr).toContain("vector is there already and runs in dev");
  });

  test.each([
    ["docker.io/library/redis:8.2", "look at its storage and security, which are guesses", false],
    [
      "docker.io/library/postgres:17.6",
      "look at its storage and security, which are guesses",
      false,
    ],
    [
      "docker.io/timescale/timescaledb-ha:pg17",
      "look at its storage and security, which are guesses",
      false,
    ],
    [
      "docker.io/library/mariadb:11.8.3",
      "look at its storage and security, which are guesses",
      false,
    ],
    [
      "docker.io/library/mongo:8.0.15",
      "look at its storage and security, which are guesses",
      false,
    ],
    ["routes:5000/redis:8.2", "look at its storage and security, which are guesses", false],
    [
      "ghcr.io/home-operations/lidarr:3.1.3",
      "look at its route, storage and security, which are guesses",
      true,
    ],
  ])("of %s, whose program is known, it says what is a guess", async (image, look, hasRoute) => {
    using repository = createRepository();
    const { exitCode, stdout, stderr } = await repository.run([
      "new-service",
      "cachey",
      "--port",
      "6379",
      "--image",
      image,
    ]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(look);
    expect(stdout).not.toContain("nobody knows");
    expect(stdout.includes("its route does not say who asks")).toBe(hasRoute);
    expect(stdout.includes("where its image keeps its data is not known")).toBe(
      image.startsWith("routes"),
    );
    expect(stdout).not.toContain("begins empty");
  });

  test("what its program lacks to be of use is among the next steps, as in its file", async () => {
    using repository = createRepository();
    const image = ["--image", "docker.io/library/eclipse-mosquitto:2.0.22", "--port", "1883"];
    const { exitCode, stdout, stderr } = await repository.run(["new-service", "broker", ...image]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    const lack =
      "ithout a configuration it listens to itself alone, is never healthy and keeps nothing: new-service mosquitto has one that does";
    expect(stdout).toContain("and with it the rest but its configuration\n");
    expect(stdout).toContain(`  w${lack}`);
    expect(read(repository.root, "charts/services/broker/values.ts")).toContain(`  // W${lack}.\n`);
  });

  test("a program without a port is written by hand, as is told, and runs where the command then says", async () => {
    using repository = createRepository();
    const image = "ghcr.io/me/bot:1.2.3";
    const refused = await repository.run(["new-service", "bot", "--image", image]);
    expect(refused.exitCode).toBe(2);
    const [, file = "", health = "", command = ""] =
      /write (\S+) by hand, with (health: because\(.*?\)), then npm run (.*)/.exec(
        refused.stderr,
      ) ?? [];
    repository.write(
      file,
      `import { because, defineService } from "#rzp";
export default defineService({ tier: "media", about: "Answers in a chat room", image: "${image}", ${health.replace("say why here", "a bot that only calls out")} });
`,
    );
    const { exitCode, stdout, stderr } = await repository.run(
      command.replace(" -- ", " ").split(" "),
    );
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("bot runs in dev");
  });

  test("with one environment and no dev, it runs in that one", async () => {
    using repository = createRepository({ files: { "environments/dev": undefined } });
    const { exitCode, stdout, stderr } = await repository.run(["new-service", "radarr"]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("radarr runs in prod");
  });

  test("a known service has only the edges whose other end is there, and says which are not", async () => {
    using repository = createRepository();
    const { exitCode, stdout, stderr } = await repository.run(["new-service", "radarr"]);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("left out, because they do not run there: qbittorrent");
    const values = read(repository.root, "charts/services/radarr/values.ts");
    expect(values).toContain("postgres:");
    expect(values).not.toContain("qbittorrent");
  });

  describe("an environment that takes the list over", () => {
    const staging = "environments/staging/environment.ts";
    const file = (without: string) => `import { defineEnvironment } from "#rzp";

export default defineEnvironment({
  cluster: "home",
  prefix: "staging",
  extends: "dev",
  without: [${without}],
  domain: "staging.example.com",
  revision: "refs/heads/main",
  replicas: 1,
  secrets: { backend: "fake" },
});
`;
    const withStaging = (without: string) =>
      createRepository({ files: { [staging]: file(without) } });
    test("leaves out what cannot run there as it is, says why, and is as it was once that is gone", async () => {
      using repository = withStaging('"prowlarr", "sonarr"');
      const { exitCode, stdout, stderr } = await repository.run(["new-service", "bazarr"]);
      expect([exitCode, stderr]).toEqual([0, ""]);
      expect(stdout).toContain("bazarr runs in dev: charts/services/bazarr/values.ts");
      expect(stdout).toContain(
        `staging leaves it out, in without of ${staging}: bazarr consumes sonarr, which does not run in the same environment`,
      );
      expect(read(repository.root, staging)).toBe(file('"bazarr", "prowlarr", "sonarr"'));
      // Its overlay for the sign-in would be for a service that does not run there.
      expect(stdout).toContain("the gateway in dev, which has no signIn");
      expect(stdout).not.toContain("environments/staging/bazarr.ts");
      expect(existsSync(path.join(repository.root, "environments/staging/bazarr.ts"))).toBe(false);
      expect((await repository.run(["render", "--check"])).exitCode).toBe(0);
      await repository.run(["remove", "bazarr"]);
      expect(read(repository.root, staging)).toBe(file('"prowlarr", "sonarr"'));
    });

    test("runs it where it can", async () => {
      using repository = withStaging("");
      const { exitCode, stdout } = await repository.run(["new-service", "bazarr"]);
      expect(exitCode).toBe(0);
      expect(stdout).toContain("bazarr runs in dev and staging");
      expect(stdout).not.toContain("leaves it out");
    });

    test("is asked for what it lacks where its overlay says that it is meant to run there", async () => {
      using repository = withStaging('"prowlarr", "sonarr"');
      const overlay = "environments/staging/bazarr.ts";
      repository.write(
        overlay,
        'import { overlay } from "#rzp";\nexport default overlay("bazarr", { size: "small" });\n',
      );
      const { exitCode, stderr } = await repository.run(["new-service", "bazarr"]);
      expect(exitCode).toBe(2);
      expect(stderr).toContain("CONSUMES_NOT_ENABLED  (staging)");
      expect(existsSync(path.join(repository.root, overlay))).toBe(true);
      expect(read(repository.root, staging)).toBe(file('"prowlarr", "sonarr"'));
    });

    test("is as it was where something else is wrong, which is only seen then", async () => {
      using repository = withStaging('"prowlarr", "sonarr"');
      repository.write("kubernetes/dev/bazarr/deployment-bazarr.yaml", "by: hand\n");
      const { exitCode, stderr } = await repository.run(["new-service", "bazarr"]);
      expect(exitCode).not.toBe(0);
      expect(stderr).not.toContain("CONSUMES_NOT_ENABLED");
      expect(read(repository.root, staging)).toBe(file('"prowlarr", "sonarr"'));
    });

    test("is as it was where the service cannot run in the first one either", async () => {
      using repository = withStaging('"prowlarr", "sonarr"');
      // Both would have its address, and so would prod.
      const blocky = ["new-service", "blocky", "--environment", "dev"];
      const { exitCode, stderr } = await repository.run(blocky);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(
        "Nothing was kept of blocky. What is to differ in dev may be written first, into environments/dev/blocky.ts.",
      );
      expect(read(repository.root, staging)).toBe(file('"prowlarr", "sonarr"'));
    });
  });

  test("what is to differ may be written first, and stays as it is", async () => {
    using repository = createRepository();
    const overlay = "environments/dev/sabnzbd.ts";
    const text =
      'import { overlay } from "#rzp";\nexport default overlay("sabnzbd", { routes: { web: { signIn: "own" } } });\n';
    repository.write(overlay, text);
    const told = await repository.run(["render"]);
    expect(told.stderr).toContain("create the service: npm run new-service sabnzbd");
    const { exitCode, stderr } = await repository.run(["new-service", "sabnzbd"]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(read(repository.root, overlay)).toBe(text);
  });

  describe("what asks for it may be written first", () => {
    const service = (more: string) =>
      `import { defineService, from } from "#rzp";
export default defineService({
  tier: "media",
  about: "Wants what is to come",
  image: "ghcr.io/example/eager:1.0.0",
  ports: { http: 8080 },
  health: { http: "/" },
  ${more}
});
`;
    const listed = ({ root, write }: Repository, name: string) => {
      const dev = "environments/dev/environment.ts";
      write(dev, read(root, dev).replace('services: ["', `services: ["${name}", "`));
    };

    test.each([
      ["in consumes", 'consumes: { sabnzbd: "http" },'],
      ["in needs", 'needs: ["sabnzbd"],'],
      ["in from too", 'consumes: { sabnzbd: "http" }, env: { URL: from("sabnzbd", "url") },'],
    ])("by a service, %s: what is told to do then helps", async (_, more) => {
      using repository = createRepository();
      repository.write("charts/services/eager/values.ts", service(more));
      listed(repository, "eager");
      const told = await repository.run(["check"]);
      expect(told.exitCode).toBe(2);
      const [, command = ""] = /npm run (new-service sabnzbd) \(/.exec(told.stderr) ?? [];
      const { exitCode, stderr } = await repository.run(command.split(" "));
      expect([exitCode, stderr]).toEqual([0, ""]);
      expect((await repository.run(["render", "--check"])).exitCode).toBe(0);
    });

    test("by the list of an environment, with a name that is nearly another's", async () => {
      using repository = createRepository();
      listed(repository, "sonarr2");
      const told = await repository.run(["check"]);
      expect(told.stderr).toContain('write "sonarr", or take it out of the list');
      const wanted = ["--image", "ghcr.io/example/sonarr:2.0.0", "--port", "80"];
      const { exitCode, stderr } = await repository.run(["new-service", "sonarr2", ...wanted]);
      expect([exitCode, stderr]).toEqual([0, ""]);
    });

    test("by the list of an environment", async () => {
      using repository = createRepository();
      listed(repository, "sabnzbd");
      const told = await repository.run(["check"]);
      expect(told.stderr).toContain("if it is to come: npm run new-service sabnzbd (");
      const { exitCode, stderr } = await repository.run(["new-service", "sabnzbd"]);
      expect([exitCode, stderr]).toEqual([0, ""]);
      expect(read(repository.root, "environments/dev/environment.ts")).toContain(
        'services: ["sabnzbd", "postgres", "prowlarr", "sonarr"]',
      );
    });

    test("one after the other, where several are asked for", async () => {
      using repository = createRepository();
      const values = "charts/services/eager/values.ts";
      repository.write(values, service('consumes: { sabnzbd: "http", "my-app": "http" },'));
      listed(repository, "eager");
      listed(repository, "mealie");
      await repository.run(["render"]);
      const first = await repository.run(["new-service", "sabnzbd"]);
      expect([first.exitCode, first.stderr]).toEqual([0, ""]);
      expect(first.stdout).toContain("sabnzbd runs in dev: charts/services/sabnzbd/values.ts");
      expect(first.stdout).toMatch(
        /nothing is rendered yet, .*: npm run new-service mealie .*; npm run new-service my-app /,
      );
      expect(existsSync(path.join(repository.root, "kubernetes/dev/sabnzbd"))).toBe(false);
      const app = ["--image", "ghcr.io/me/my-app:1.2.3", "--port", "80"];
      const second = await repository.run(["new-service", "my-app", ...app]);
      expect([second.exitCode, second.stderr]).toEqual([0, ""]);
      expect(second.stdout).toContain(
        "not there: npm run new-service mealie -- --environment dev (with --image",
      );
      const last = await repository.run(["new-service", "mealie"]);
      expect([last.exitCode, last.stderr]).toEqual([0, ""]);
      expect(last.stdout).not.toContain("nothing is rendered yet");
      expect((await repository.run(["render", "--check"])).exitCode).toBe(0);
    });

    test("one that is asked for in an environment that takes the list over keeps nobody out of it", async () => {
      using repository = createRepository();
      const staging = withStaging(repository);
      repository.write(
        "environments/staging/sonarr.ts",
        'import { overlay } from "#rzp";\nexport default overlay("sonarr", { consumes: { mealie: "http" } });\n',
      );
      const { exitCode, stdout, stderr } = await repository.run(["new-service", "sabnzbd"]);
      expect([exitCode, stderr]).toEqual([0, ""]);
      expect(stdout).toContain("sabnzbd runs in dev and staging");
      expect(read(repository.root, staging)).not.toContain("without");
    });

    test("by a service of two environments: it comes to one after the other, as is told", async () => {
      using repository = createRepository();
      const values = "charts/services/sonarr/values.ts";
      const text = read(repository.root, values);
      repository.write(
        values,
        text.replace('prowlarr: "http"', 'prowlarr: "http", mealie: "http"'),
      );
      let command = "new-service sabnzbd";
      const said: string[] = [];
      while (command !== "" && said.length < 4) {
        said.push(command);
        const { exitCode, stdout, stderr } = await repository.run(command.split(" "));
        expect([exitCode, stderr]).toEqual([0, ""]);
        const [, next = ""] = /not there: npm run ([^(;\n]*)/.exec(stdout) ?? [];
        command = next.replace(" -- ", " ").trim();
      }
      expect(said).toEqual([
        "new-service sabnzbd",
        "new-service mealie --environment dev",
        "new-service mealie --environment prod",
      ]);
      expect((await repository.run(["render", "--check"])).exitCode).toBe(0);
    });

    test("an environment that leaves it out on purpose is not asked to run it", async () => {
      using repository = createRepository();
      withStaging(repository, ["vector"]);
      repository.write("charts/services/eager/values.ts", service('needs: ["vector"],'));
      listed(repository, "eager");
      const vector = ["new-service", "vector", "--environment", "dev"];
      const { exitCode, stderr } = await repository.run(vector);
      expect(exitCode).toBe(2);
      expect(stderr).toContain("CONSUMES_NOT_ENABLED  (staging)");
      expect(stderr).toContain('take "vector" out of without');
    });

    test("a misspelt name is no service to come: it is told with its place and what was meant", async () => {
      using repository = createRepository();
      const values = "charts/services/eager/values.ts";
      repository.write(values, service('consumes: { prowlarr: "http", prowlar: "http" },'));
      listed(repository, "eager");
      const { exitCode, stdout, stderr } = await repository.run(["new-service", "sabnzbd"]);
      expect([exitCode, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(`${values}:8:33`);
      expect(stderr).toContain('write "prowlarr", or create it: npm run new-service prowlar (');
      expect(stderr).toMatch(/Nothing was kept of sabnzbd: this is to be mended first.$/);
      expect(existsSync(path.join(repository.root, "charts/services/sabnzbd"))).toBe(false);
      // Whoever means it says so.
      const app = ["--image", "ghcr.io/me/prowlar:1.2.3", "--port", "80"];
      const meant = await repository.run(["new-service", "prowlar", ...app]);
      expect([meant.exitCode, meant.stderr]).toEqual([0, ""]);
    });

    test("of two with nearly the same name neither is a slip for the other, whichever comes first", async () => {
      using repository = createRepository();
      const values = "charts/services/eager/values.ts";
      repository.write(values, service('consumes: { "my-app": "http", "my-app-db": "http" },'));
      listed(repository, "eager");
      const app = ["--image", "ghcr.io/me/my-app:1.2.3", "--port", "80"];
      const first = await repository.run(["new-service", "my-app", ...app]);
      expect([first.exitCode, first.stderr]).toEqual([0, ""]);
      expect(first.stdout).toContain("not there: npm run new-service my-app-db ");
      const second = await repository.run(["new-service", "my-app-db", ...app]);
      expect([second.exitCode, second.stderr]).toEqual([0, ""]);
    });

    test("what else is wrong is to be mended first", async () => {
      using repository = createRepository();
      repository.write(
        "charts/services/eager/values.ts",
        service('consumes: { sabnzbd: "http", mealie: "http", sonarr: "htp" },'),
      );
      listed(repository, "eager");
      const { exitCode, stderr } = await repository.run(["new-service", "sabnzbd"]);
      expect(exitCode).toBe(2);
      expect(stderr).toContain("`htp`");
      expect(stderr).not.toContain("is not a service of this repository");
      expect(stderr).toMatch(/Nothing was kept of sabnzbd: this is to be mended first.$/);
      expect(existsSync(path.join(repository.root, "charts/services/sabnzbd"))).toBe(false);
    });

    test("what the new service itself brings with it is not kept", async () => {
      using repository = createRepository();
      repository.write(
        "charts/services/eager/values.ts",
        service('consumes: { mealie: "http", sabnzbd: "htp" },'),
      );
      listed(repository, "eager");
      const { exitCode, stderr } = await repository.run(["new-service", "sabnzbd"]);
      expect(exitCode).toBe(2);
      expect(stderr).toContain("`htp`");
      expect(existsSync(path.join(repository.root, "charts/services/sabnzbd"))).toBe(false);
    });
  });

  test("edges that were left out are told when their other end is added", async () => {
    using repository = createRepository();
    await repository.run(["new-service", "bazarr"]);
    const { exitCode, stdout, stderr } = await repository.run(["new-service", "radarr"]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(
      'to use radarr where it was left out, write radarr: "http" into consumes in charts/services/bazarr/values.ts',
    );
  });

  test("a known service that makes no sense alone says what comes first, which then is enough", async () => {
    using repository = createRepository();
    withoutVector(repository);
    const refused = await repository.run(["new-service", "vector"]);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("vector is for openobserve, which does not run in dev");
    const [, fix = ""] = /npm run (new-service .*), then/.exec(refused.stderr) ?? [];
    expect(fix).toBe("new-service openobserve -- --environment dev");
    expect(existsSync(path.join(repository.root, "charts/services/vector"))).toBe(false);
    for (const command of [fix.replace(" --", ""), "new-service vector"])
      expect(await repository.run(command.split(" "))).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("the same where it is there and does not run", async () => {
    using repository = createRepository();
    withoutVector(repository);
    await repository.run(["new-service", "openobserve"]);
    const { exitCode, stderr } = await repository.run([
      "new-service",
      "vector",
      "--environment",
      "prod",
    ]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('add "openobserve" to services in environments/prod/environment.ts');
  });

  test("a known service behind the gateway's sign-in is open, with a reason, where there is no provider", async () => {
    using repository = createRepository();
    const { exitCode, stdout } = await repository.run(["new-service", "sabnzbd"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      "nobody asks for a password at the gateway in dev, which has no signIn",
    );
    expect(stdout).toMatch(/written beside it: .*environments\/dev\/sabnzbd\.ts/);
    expect(stdout).not.toContain("does not say who asks");
    expect(read(repository.root, "charts/services/sabnzbd/values.ts")).toContain('signIn: "sso"');
    expect(read(repository.root, "environments/dev/sabnzbd.ts"))
      .toBe(`import { because, overlay } from "#rzp";

export default overlay("sabnzbd", {
  routes: {
    web: { signIn: because("none", "dev has no sign-in provider") },
  },
});
`);
    expect((await repository.run(["render", "--check"])).exitCode).toBe(0);
  });

  test("with a provider the gateway asks, and nothing has to be said", async () => {
    using repository = createRepository();
    const file = "environments/dev/environment.ts";
    repository.write(
      file,
      read(repository.root, file).replace(
        'secrets: { backend: "fake" },',
        'secrets: { backend: "fake" }, signIn: { issuer: "https://id.example.com", clientId: "gateway", clientSecret: { secret: "sign-in" } },',
      ),
    );
    const unknown = ["my-app", "--image", "a/b:1", "--port", "80"];
    for (const service of [["sabnzbd"], unknown]) {
      const { exitCode, stdout } = await repository.run(["new-service", ...service]);
      expect(exitCode).toBe(0);
      expect(stdout).not.toContain("nobody asks");
      expect(read(repository.root, `charts/services/${service[0]}/values.ts`)).toContain(
        'signIn: "sso"',
      );
      expect(existsSync(path.join(repository.root, `environments/dev/${service[0]}.ts`))).toBe(
        false,
      );
    }
  });

  test.for(["dev", "prod"])(
    "the file of a service nobody knows is the same whatever environment is first: %s",
    async (first) => {
      using repository = createRepository();
      const file = "environments/prod/environment.ts";
      repository.write(
        file,
        read(repository.root, file).replace(
          "  secrets:",
          '  signIn: { issuer: "https://id.example.com", clientId: "gateway", clientSecret: { secret: "sign-in" } },\n  secrets:',
        ),
      );
      const { exitCode, stdout, stderr } = await repository.run([
        "new-service",
        "my-app",
        "--image",
        "a/b:1",
        "--port",
        "80",
        "--environment",
        first,
      ]);
      expect([exitCode, stderr]).toEqual([0, ""]);
      expect(read(repository.root, "charts/services/my-app/values.ts")).toContain('signIn: "sso"');
      const overlay = "environments/dev/my-app.ts";
      expect(existsSync(path.join(repository.root, overlay))).toBe(first === "dev");
      expect(stdout.includes("nobody asks for a password at the gateway in dev")).toBe(
        first === "dev",
      );
    },
  );

  test("runs where --environment says", async () => {
    using repository = createRepository();
    const { exitCode } = await repository.run([
      "new-service",
      "my-app",
      "--image",
      "a/b:1",
      "--port",
      "80",
      "--environment",
      "prod",
    ]);
    expect(exitCode).toBe(0);
    expect(
      existsSync(path.join(repository.root, "kubernetes/prod/my-app/deployment-my-app.yaml")),
    ).toBe(true);
    expect(existsSync(path.join(repository.root, "kubernetes/dev/my-app"))).toBe(false);
  });

  test.for([
    { args: ["new-service"], code: "`new-service` takes one name" },
    { args: ["new-service", "a", "b"], code: "`new-service` takes one name" },
    {
      args: ["new-service", "my-app", "--prot", "80"],
      code: "There is no option --prot. Did you mean --port?",
    },
    { args: ["new-service", "my-app", "--check"], code: "`new-service` does not take --check" },
    { args: ["new-service", "Sonarr_2"], code: "NAME_INVALID" },
    { args: ["new-service", "Notes"], code: "fix       npm run new-service notes" },
    { args: ["new-service", "7"], code: "fix       npm run new-service my-app" },
    {
      args: ["new-service", "environment", "--image", "a:1", "--port", "1"],
      code: "NAME_RESERVED",
    },
    {
      args: ["new-service", "sonarr"],
      code: "npm run new-service sonarr -- --environment <environment>; otherwise edit charts/services/sonarr/values.ts",
    },
    {
      args: ["new-service", "blocky", "--environment", "dev", "--image", "a/b:1", "--port", "80"],
      code: "SERVICE_EXISTS",
    },
    { args: ["new-service", "sonarr", "--environment", "pord"], code: "one of: dev, prod" },
    { args: ["new-service", "radar"], code: "npm run new-service radarr" },
    {
      args: ["new-service", "my-app", "--image", "a/b:1"],
      code: "error  SERVICE_UNKNOWN\n  the port of my-app is not known: no --port was given",
    },
    {
      args: ["new-service", "my-app", "--image", "foo:latest", "--port", "80"],
      code: "error  IMAGE_FLOATING\n  the image that --image names on the command line",
    },
    {
      args: ["new-service", "my-app", "--image", "a/b:1", "--port", "99999"],
      code: "--port is a number from 1 to 65535",
    },
    { args: ["new-service", "radarr", "--environment", "pord"], code: "write --environment prod" },
  ])("refuses $args and leaves the tree alone", async ({ args, code }) => {
    using repository = createRepository();
    const before = read(repository.root, "environments/dev/environment.ts");
    const { exitCode, stderr } = await repository.run(args);
    expect(stderr).toContain(code);
    expect(exitCode).toBe(2);
    expect(read(repository.root, "environments/dev/environment.ts")).toBe(before);
    expect(existsSync(path.join(repository.root, "charts/services/my-app"))).toBe(false);
  });

  test.for([
    ["with files nobody reads", "config/mine.yml", "FILE_ABSENT"],
    ["with hidden files", ".mine.yml", "SERVICE_EXISTS"],
  ] as const)("never touches a folder that is there, %s", async ([, name, code]) => {
    const file = `charts/services/radarr/${name}`;
    using repository = createRepository({ files: { [file]: "precious: true\n" } });
    const { exitCode, stderr } = await repository.run(["new-service", "radarr"]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(code)]);
    expect(read(repository.root, file)).toBe("precious: true\n");
  });

  test("takes the folder of a service that is gone, where the link to the library is all that is left", async () => {
    using repository = createRepository();
    await repository.run(["render"]);
    repository.write("charts/services/recyclarr/values.ts", undefined);
    repository.write("charts/services/recyclarr/config/recyclarr.yml", undefined);
    const environment = "environments/prod/environment.ts";
    repository.write(environment, read(repository.root, environment).replace(', "recyclarr"', ""));
    await repository.run(["render"]);
    const { exitCode, stderr } = await repository.run(["new-service", "recyclarr"]);
    expect([exitCode, stderr]).toEqual([0, ""]);
  });

  test("an image that is none is undone", async () => {
    using repository = createRepository();
    const before = read(repository.root, "environments/dev/environment.ts");
    const { exitCode, stderr } = await repository.run([
      "new-service",
      "my-app",
      "--image",
      "NOT AN IMAGE",
      "--port",
      "80",
    ]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("an image is one string");
    expect(existsSync(path.join(repository.root, "charts/services/my-app"))).toBe(false);
    expect(read(repository.root, "environments/dev/environment.ts")).toBe(before);
  });
});

describe("remove", () => {
  test("takes a service out and lists the data that stays", async () => {
    using repository = createRepository();
    await repository.run(["render"]);
    const { exitCode, stdout } = await repository.run(["remove", "vector"]);
    expect(exitCode).toBe(0);
    expect(existsSync(path.join(repository.root, "charts/services/vector"))).toBe(false);
    expect(existsSync(path.join(repository.root, "kubernetes/prod/vector"))).toBe(false);
    expect(read(repository.root, "environments/prod/environment.ts")).not.toContain("vector");
    expect(stdout).toContain("kubectl delete namespace observability-vector");
  });

  test("refuses while others consume it, at each of the edges", async () => {
    using repository = createRepository();
    const { exitCode, stderr } = await repository.run(["remove", "sonarr"]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /charts\/services\/recyclarr\/values\.ts:\d+:\d+ {2}error {2}SERVICE_CONSUMED/,
    );
    expect(lstatSync(path.join(repository.root, "charts/services/sonarr")).isDirectory()).toBe(
      true,
    );
  });

  test("says which service was meant", async () => {
    using repository = createRepository();
    const { exitCode, stderr } = await repository.run(["remove", "sonar"]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("npm run remove sonarr")]);
  });
});
