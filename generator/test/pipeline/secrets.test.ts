/** What `secrets` lists and makes, and that its scripts do what they say with a tool that behaves as Infisical's. */
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { baseFile, createRepository } from "../support/repository.ts";
import type { Repository } from "../support/repository.ts";

const sonarr = "charts/services/sonarr/values.ts";
const base = baseFile(sonarr);
const withFacts = (facts: string) =>
  base.replace("  offers:", `  secrets: { "api-key": ${facts} },\n  offers:`);

interface Listed {
  readonly path: string;
  readonly origin: string;
  readonly readers: readonly string[];
  readonly form?: object;
  readonly about?: string;
  readonly value?: string;
}

async function listed(repository: Repository, ...args: string[]): Promise<Listed[]> {
  const { stdout } = await repository.run(["secrets", ...args, "--format", "json"]);
  return JSON.parse(stdout) as Listed[];
}

describe("the list", () => {
  test("has every secret once: path, who makes it, who reads it", async () => {
    using repository = createRepository();
    const secrets = await listed(repository, "--environment", "prod");
    expect(secrets.map(({ path: where, origin, readers }) => [where, origin, ...readers])).toEqual([
      ["/edges/postgres/immich/password", "generated", "immich", "postgres"],
      ["/edges/postgres/sonarr/password", "generated", "postgres", "sonarr"],
      ["/services/postgres/owner-password", "generated", "postgres"],
      ["/services/prowlarr/api-key", "by hand", "prowlarr"],
      ["/services/sonarr/api-key", "by hand", "prowlarr", "recyclarr", "sonarr"],
    ]);
  });

  test("knows what a service says of its secrets", async () => {
    using repository = createRepository({
      files: {
        [sonarr]: withFacts('{ generate: "hex", length: 40, about: "What others call it with" }'),
      },
    });
    const found = (await listed(repository, "--environment", "prod")).find(
      ({ path: where }) => where === "/services/sonarr/api-key",
    );
    expect(found).toMatchObject({
      origin: "generated",
      form: { of: "hex", length: 40 },
      about: "What others call it with",
    });
  });

  test("is a table for people, with what nobody has to do", async () => {
    using repository = createRepository();
    const { exitCode, stdout } = await repository.run(["secrets", "--environment", "dev"]);
    expect(exitCode).toBe(0);
    expect(stdout.split("\n")[0]).toMatch(/^PATH +VALUE +READ BY +WHAT$/);
    expect(stdout).toMatch(/ login of sonarr at postgres\n/);
    expect(stdout).toMatch(/api-key .* not said: about, in secrets of sonarr\n/);
    expect(stdout).toContain("throw-away value for each");
    expect(stdout).not.toContain("On the cluster");
  });

  test("ends with the machine identities, which no store holds", async () => {
    using repository = createRepository();
    const { stdout } = await repository.run(["secrets", "--environment", "prod"]);
    expect(stdout.trim().split("\n").slice(-4)).toEqual([
      "3 generated, 2 by hand.",
      "On the cluster there must be too (npm run bootstrap -- --environment prod says how):",
      expect.stringMatching(
        /^Secret infisical-prod-data in namespace \S+, keys client-id and client-secret$/,
      ),
      expect.stringMatching(
        /^Secret infisical-prod-media in namespace \S+, keys client-id and client-secret$/,
      ),
    ]);
  });

  test("a folder that is read whole is filled by hand, but for what the service says is in it", async () => {
    using repository = createRepository({
      files: {
        [sonarr]: withFacts('{ generate: "hex" }, EXTRA: { generate: "password" }').replace(
          "  offers:",
          '  envFrom: [".", "more"],\n  offers:',
        ),
      },
    });
    const secrets = await listed(repository, "--environment", "prod");
    const own = secrets.filter(({ path: where }) => where.startsWith("/services/sonarr"));
    expect(own.map(({ path: where, origin }) => [where, origin])).toEqual([
      ["/services/sonarr", "by hand"],
      ["/services/sonarr/EXTRA", "generated"],
      ["/services/sonarr/api-key", "generated"],
      ["/services/sonarr/more", "by hand"],
    ]);
  });
});

describe("--missing", () => {
  const have = "have.txt";
  const run = (repository: Repository, list: string, ...args: string[]) => {
    repository.write(have, list);
    return repository.run([
      "secrets",
      "--environment",
      "prod",
      "--missing",
      "--have",
      have,
      ...args,
    ]);
  };

  test("lists what is not there, and ends with 1", async () => {
    using repository = createRepository();
    const { exitCode, stdout } = await run(
      repository,
      "# /services/sonarr\napi-key='x'\n/edges/postgres/sonarr/password\n",
    );
    expect(exitCode).toBe(1);
    expect(stdout).toContain("/edges/postgres/immich/password");
    expect(stdout).not.toContain("/services/sonarr/api-key");
    expect(stdout).not.toContain("/edges/postgres/sonarr/password");
    expect(stdout).toContain("Missing: 2 generated, 1 by hand.");
  });

  test("ends with 0 when nothing is", async () => {
    using repository = createRepository();
    const all = await listed(repository, "--environment", "prod");
    const { exitCode, stdout } = await run(
      repository,
      all.map(({ path: where }) => where).join("\n"),
    );
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("Nothing is missing.")]);
  });

  test("--generate makes values of what may be generated, other ones each time, and keeps none", async () => {
    using repository = createRepository({ files: { [sonarr]: withFacts('{ generate: "hex" }') } });
    repository.write(have, "# nothing\n");
    const args = ["--environment", "prod", "--missing", "--generate", "--have", have];
    const [one, two] = [await listed(repository, ...args), await listed(repository, ...args)];
    const valueOf = (from: Listed[], where: string) =>
      from.find((each) => each.path === where)?.value;
    expect(valueOf(one, "/services/sonarr/api-key")).toMatch(/^[0-9a-f]{32}$/);
    expect(valueOf(one, "/edges/postgres/sonarr/password")).toMatch(/^[A-Za-z0-9_-]{32}$/);
    expect(valueOf(one, "/services/prowlarr/api-key")).toBeUndefined();
    expect(valueOf(two, "/services/sonarr/api-key")).not.toBe(
      valueOf(one, "/services/sonarr/api-key"),
    );
    const files = readdirSync(repository.root, {
      recursive: true,
      encoding: "utf8",
      withFileTypes: true,
    });
    const written = files
      .filter((file) => file.isFile() && !file.parentPath.includes("node_modules"))
      .map((file) => readFileSync(path.join(file.parentPath, file.name), "utf8"))
      .join("\n");
    for (const { value } of [...one, ...two])
      if (value !== undefined) expect(written).not.toContain(value);
  });

  test("what --format dotenv prints is a list of what is there, once it is filled in", async () => {
    using repository = createRepository();
    const { stdout } = await run(repository, "# nothing\n", "--generate", "--format", "dotenv");
    const rest = await run(repository, stdout);
    expect(rest.stdout).toContain("Missing: 0 generated, 2 by hand.");
    const filled = await run(repository, stdout.replaceAll("=''", "='mine'"));
    expect(filled.exitCode).toBe(0);
  });
});

/** Keeps a folder as a folder and a secret as a file, and says of its flags and answers what Infisical's tool does. */
const tool = `#!/bin/sh
set -eu
store="$FAKE_STORE"; path=/; name=; file=; what=
[ "$FAKE_LOGIN" = yes ] || { echo "not logged in" >&2; exit 1; }
while [ $# -gt 0 ]; do case "$1" in
  --projectId) [ "$2" = project ]; shift 2 ;;
  --env) [ "$2" = prod ]; shift 2 ;;
  --path) path="$2"; shift 2 ;;
  --name) name="$2"; shift 2 ;;
  --file) file="$2"; shift 2 ;;
  --format) [ "$2" = dotenv ]; shift 2 ;;
  *) what="$what $1"; shift ;;
esac; done
[ -d "$store$path" ] || { echo "no folder $path" >&2; exit 1; }
case "$what" in
  " export") for each in "$store$path"/*; do [ -f "$each" ] && echo "\${each##*/}='$(cat "$each")'" || :; done ;;
  " secrets folders create") mkdir "$store$path/$name" ;;
  " secrets set") while IFS= read -r line; do key=\${line%%=*}; value=\${line#*=\\'}; printf %s "\${value%\\'}" > "$store$path/$key"; echo "| $key | $value |"; done < "$file" ;;
  *) echo "unknown:$what" >&2; exit 1 ;;
esac
`;

describe("the scripts for Infisical", () => {
  async function withTool(repository: Repository, script: string, login = "yes") {
    const bin = path.join(repository.root, "bin");
    mkdirSync(path.join(repository.root, "store"), { recursive: true });
    mkdirSync(bin, { recursive: true });
    writeFileSync(path.join(bin, "infisical"), tool);
    chmodSync(path.join(bin, "infisical"), 0o755);
    return execa("sh", {
      input: script,
      reject: false,
      env: {
        PATH: `${bin}:${process.env["PATH"]}`,
        FAKE_STORE: path.join(repository.root, "store"),
        FAKE_LOGIN: login,
        INFISICAL_PROJECT_ID: "project",
      },
    });
  }
  const script = async (repository: Repository, ...args: string[]) =>
    (await repository.run(["secrets", "--environment", "prod", "--format", "infisical", ...args]))
      .stdout;

  test("ask, load, ask again: nothing that can be generated is missing, and no value is ever printed", async () => {
    using repository = createRepository();
    const asking = await script(repository);
    const before = await withTool(repository, asking);
    expect([before.exitCode, before.stdout]).toEqual([0, expect.not.stringContaining("=")]);
    repository.write("have.txt", before.stdout);
    const missing = ["--missing", "--have", "have.txt"];
    const loading = await script(repository, ...missing, "--generate");
    const loaded = await withTool(repository, loading);
    expect([loaded.exitCode, loaded.stdout]).toEqual([0, ""]);
    const stored = path.join(repository.root, "store/edges/postgres/sonarr/password");
    expect(readFileSync(stored, "utf8")).toMatch(/^[A-Za-z0-9_-]{32}$/);
    const after = await withTool(repository, asking);
    expect(after.stdout).not.toContain(readFileSync(stored, "utf8"));
    repository.write("have.txt", after.stdout);
    const { stdout } = await repository.run(["secrets", "--environment", "prod", ...missing]);
    expect(stdout).toContain("Missing: 0 generated, 2 by hand.");
  });

  test("loading never replaces what is there", async () => {
    using repository = createRepository();
    const loading = await script(repository, "--missing", "--generate", "--have", "/dev/null");
    await withTool(repository, loading);
    const stored = path.join(repository.root, "store/edges/postgres/immich/password");
    const first = readFileSync(stored, "utf8");
    const again = await withTool(
      repository,
      await script(repository, "--missing", "--generate", "--have", "/dev/null"),
    );
    expect([again.exitCode, again.stderr]).toEqual([
      1,
      "/edges/postgres/immich/password is there already: nothing more was put there",
    ]);
    expect(readFileSync(stored, "utf8")).toBe(first);
  });

  test("who is not logged in gets no list, and no list is not an empty store", async () => {
    using repository = createRepository();
    const { exitCode, stdout } = await withTool(repository, await script(repository), "no");
    expect([exitCode, stdout]).toEqual([1, ""]);
    const { exitCode: refused, stderr } = await execa(
      process.execPath,
      [
        path.join(repository.root, "generator/rzp.js"),
        "secrets",
        "--environment",
        "prod",
        "--missing",
        "--have",
        "-",
      ],
      { cwd: repository.root, input: "", reject: false },
    );
    expect(refused).toBe(2);
    expect(stderr).toContain("there is no list of what is in the store: it is empty");
  });

  test("an environment with throw-away values has none", async () => {
    using repository = createRepository();
    const { exitCode, stderr } = await repository.run([
      "secrets",
      "--environment",
      "dev",
      "--format",
      "infisical",
    ]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("dev has the backend fake");
  });
});

test.for([
  [["--environment", "pord"], "there is no environment `pord`"],
  [["--environment", "prod", "--missing", "--have", "nowhere.txt"], "no such file"],
  [["--environment", "prod", "--missing", "--have", "empty.txt"], "it is empty"],
  [["--environment", "prod", "--missing", "--have", "words.txt"], "line 2 is neither a path"],
] as const)("refuses %j", async ([args, message]) => {
  using repository = createRepository({
    files: { "empty.txt": "", "words.txt": "/services/a/x\nhello world foo\n" },
  });
  const { exitCode, stdout, stderr } = await repository.run(["secrets", ...args]);
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(message);
});
