import { chmod, readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { ensureTool } from "../../src/tools/ensure-tool.ts";
import { goToolPaths } from "../../src/tools/go-tool-paths.ts";
import { codeOf, makeFakeHost } from "./fake-host.ts";

/** What each Go here begins with, and how it comes to the file it is to write, `$2`. */
const answersEnv = 'if [ "$1" = env ]; then echo go1.99.0; exit 0; fi';
const findsOutput = 'while [ "$1" != -o ]; do shift; done';

/** Answers `go env` and `go build … -o FILE PACKAGE`; writes down each build. */
const fakeGo = `
${answersEnv}
echo "$@" >> "$HOME/builds"
sleep 0.3
${findsOutput}
printf 'built' > "$2"
chmod 755 "$2"`;

describe("ensureTool with Go", () => {
  test("builds once, with the pinned module, and links the tool into the tree", async () => {
    await using fake = await makeFakeHost();
    await fake.program("go", fakeGo);
    const path = await ensureTool("ct", fake.host);
    expect(await ensureTool("ct", fake.host)).toBe(path);
    const home = fake.host.environment["HOME"] ?? "";
    const builds = (await readFile(join(home, "builds"), "utf8")).trim().split("\n");
    expect(builds).toHaveLength(1);
    expect(builds[0]).toMatch(/^build -trimpath .*github\.com\/helm\/chart-testing\/v3\/ct$/);
    expect(await readFile(join(fake.host.root, ".tools/bin/ct"), "utf8")).toBe("built");
    expect(fake.lines[0]).toBe("building ct …");
    expect(fake.lines[1]).toMatch(/^building ct … \d+\.\d s$/);
  });

  test("gives Helm the version that its go.mod pins", async () => {
    await using fake = await makeFakeHost();
    await fake.program("go", fakeGo);
    await ensureTool("helm", fake.host);
    const home = fake.host.environment["HOME"] ?? "";
    expect(await readFile(join(home, "builds"), "utf8")).toContain("version.version=v4.1.4");
  });

  /** Builds a writer that notes its arguments and writes one file less or not, and a plugin of what is laid over it. */
  const goWithWriter = (writes: string): string => `
${answersEnv}
for word in "$@"; do case "$word" in -overlay=*) cp "\${word#-overlay=}" "$HOME/overlay" ;; esac; done
${findsOutput}
if [ "$3" = ./schema ]; then
  printf '#!/bin/sh\necho "$@" > %s/writer\n${writes}\n' "$HOME" > "$2"
else
  cat $(sed 's/[{}",:]/ /g' "$HOME/overlay" | tr ' ' '\n' | grep '/files/') > "$2" || exit 1
fi
chmod 755 "$2"`;
  const plugin = "pulumi-resource-proxmoxve";

  test("lays what a writer of the module wrote over the sources, which stay as they are", async () => {
    await using fake = await makeFakeHost();
    const writes = 'printf one > "$5/schema.json"; printf two > "$5/bridge-metadata.json"';
    await fake.program("go", goWithWriter(writes));
    const source = join(fake.host.root, "tools/proxmoxve");
    const before = await readdir(source);
    const path = String(await ensureTool(plugin, fake.host));
    expect(await readFile(path, "utf8")).toBe("onetwo");
    const home = fake.host.environment["HOME"] ?? "";
    expect(await readFile(join(home, "writer"), "utf8")).toMatch(
      /^schema --skip-docs --skip-examples --out \/.*\/files\n$/,
    );
    const overlay = JSON.parse(await readFile(join(home, "overlay"), "utf8")) as {
      Replace: object;
    };
    expect(Object.keys(overlay.Replace)).toEqual([
      join(source, "schema.json"),
      join(source, "bridge-metadata.json"),
    ]);
    expect(await readdir(source)).toEqual(before);
    expect(await readdir(dirname(path)), "no work folder stays").toEqual([plugin]);
  });

  test("says what the writer said when it fails, and leaves nothing behind", async () => {
    await using fake = await makeFakeHost();
    await fake.program("go", goWithWriter("echo no such resource >&2; exit 3"));
    expect(await ensureTool(plugin, fake.host)).toMatchObject({
      code: "TOOL_BUILD_FAILED",
      place: { file: "tools/proxmoxve/go.mod" },
      message: "./schema schema --skip-docs --skip-examples --out failed:\nno such resource",
    });
    expect(await readdir((await goToolPaths(plugin, fake.host))?.folder ?? "")).toEqual([]);
  });

  /** Has libraries, and keeps what it is told to build pulumi from. */
  const goWithLibraries = `
${answersEnv}
if [ "$1" = mod ]; then printf '{"Dir":"%s"}' "$HOME/library/$4"; exit 0; fi
for word in "$@"; do case "$word" in -modfile=*) cp -R "$(dirname "\${word#-modfile=}")" "$HOME/built" ;; esac; done
${findsOutput}
printf 'built' > "$2"`;

  test("builds pulumi from its libraries, with what stands in for some of their files", async () => {
    await using fake = await makeFakeHost();
    await fake.program("go", goWithLibraries);
    const home = fake.host.environment["HOME"] ?? "";
    const theirs = {
      "gocloud.dev/blob/blob.go": "kept",
      "gocloud.dev/blob/blob_test.go": "a test",
      "gocloud.dev/blob/s3blob/s3blob.go": "all of S3",
      "gocloud.dev/blob/testdata/x.go": "an example",
      "github.com/pulumi/pulumi/pkg/v3/go.mod": "module",
    };
    for (const [file, text] of Object.entries(theirs)) {
      await fake.write(`../library/${file}`, text);
      await chmod(join(home, "library", file), 0o444);
    }
    const path = String(await ensureTool("pulumi", fake.host));
    const built = (file: string) => readFile(join(home, "built", file), "utf8");
    expect(await built("modules/gocloud.dev/blob/blob.go")).toBe("kept");
    expect(await built("modules/gocloud.dev/blob/s3blob/s3blob.go")).toContain("stands for");
    expect(await readdir(join(home, "built/modules/gocloud.dev/blob"))).toEqual(
      expect.not.arrayContaining(["blob_test.go", "testdata"]),
    );
    const pins = await readFile(join(fake.host.root, "tools/pulumi/go.mod"), "utf8");
    const replaced = (await built("go.mod")).slice(pins.length).trim().split("\n");
    expect(replaced.map((line) => line.replace(/ => "\/.*\/modules\/(.*)"$/, " => $1"))).toEqual([
      "replace gocloud.dev => gocloud.dev",
      "replace github.com/pulumi/pulumi/pkg/v3 => github.com/pulumi/pulumi/pkg/v3",
    ]);
    expect(await built("go.sum")).toBe(
      await readFile(join(fake.host.root, "tools/pulumi/go.sum"), "utf8"),
    );
    expect(await readdir(dirname(path)), "no work folder stays").toEqual(["pulumi"]);
  });

  test("says so when a library cannot be fetched, and leaves nothing behind", async () => {
    await using fake = await makeFakeHost();
    const away = 'if [ "$1" = mod ]; then echo "dial tcp: no route" >&2; exit 1; fi';
    await fake.program("go", `${away}\n${fakeGo}`);
    expect(codeOf(await ensureTool("pulumi", fake.host))).toBe("TOOL_DOWNLOAD_FAILED");
    expect(await readdir((await goToolPaths("pulumi", fake.host))?.folder ?? "")).toEqual([]);
  });

  test("builds pulumi again when what stands in for a file of a library changes", async () => {
    await using fake = await makeFakeHost();
    const before = await goToolPaths("pulumi", fake.host);
    await fake.write("tools/pulumi/trimmed/gocloud.dev/blob/s3blob/s3blob.go", "another");
    expect((await goToolPaths("pulumi", fake.host))?.folder).not.toBe(before?.folder);
  });

  test.for(["bridge/info.go", "stubs/yaml/go.mod", "schema/main.go"])(
    "builds again when %s changes",
    async (file) => {
      await using fake = await makeFakeHost();
      const before = await goToolPaths(plugin, fake.host);
      await fake.write(`tools/proxmoxve/${file}`, "another");
      expect((await goToolPaths(plugin, fake.host))?.folder).not.toBe(before?.folder);
    },
  );

  test("builds again when its own sources change, and not for those of another tool of its module", async () => {
    await using fake = await makeFakeHost();
    const folders = async () => [
      (await goToolPaths("admission", fake.host))?.folder,
      (await goToolPaths("kube-apiserver", fake.host))?.folder,
    ];
    const [admission, server] = await folders();
    await fake.write("tools/kubernetes/admission/court.go", "another");
    const [admissionAfter, serverAfter] = await folders();
    expect(admissionAfter).not.toBe(admission);
    expect(serverAfter).toBe(server);
  });

  test("builds again when a pin changes, in another folder", async () => {
    await using fake = await makeFakeHost();
    await fake.program("go", fakeGo);
    const before = await ensureTool("ct", fake.host);
    await fake.write("tools/lint/go.sum", "another");
    expect(await ensureTool("ct", fake.host)).not.toBe(before);
  });

  test("two runs at once build once", async () => {
    await using fake = await makeFakeHost();
    await fake.program("go", fakeGo);
    const [first, second] = await Promise.all([
      ensureTool("ct", fake.host),
      ensureTool("ct", fake.host),
    ]);
    expect(first).toBe(second);
    const home = fake.host.environment["HOME"] ?? "";
    expect((await readFile(join(home, "builds"), "utf8")).trim().split("\n")).toHaveLength(1);
    expect(fake.lines).toContain("waiting for another run that builds ct …");
    expect(await readdir(dirname(String(first))), "no lock and no rest stays").toEqual(["ct"]);
  });

  test("takes over from a run that was killed", async () => {
    await using fake = await makeFakeHost();
    await fake.program("go", fakeGo);
    const paths = await goToolPaths("ct", fake.host);
    await fake.write("../cache/x", "");
    const lock = `${paths?.binary}.lock`;
    await fake.write(join("..", lock.slice(dirname(fake.host.cache).length)), "killed");
    await utimes(lock, new Date(), new Date(Date.now() - 60_000));
    expect(await ensureTool("ct", fake.host)).toBe(paths?.binary);
  });

  test.for([
    ["TOOL_DOWNLOAD_FAILED", "go: x@v1: Get https://p/x: dial tcp: lookup p: no such host"],
    ["TOOL_DOWNLOAD_FAILED", "go: x@v1: reading https://p/x/@v/v1.zip: 403 Forbidden"],
    ["TOOL_CORRUPT", "verifying x@v1: checksum mismatch\nSECURITY ERROR"],
    ["TOOL_BUILD_FAILED", "a.go:3:1: undefined: b"],
  ] as const)("%s for %s, and leaves nothing behind", async ([code, said]) => {
    await using fake = await makeFakeHost();
    await fake.program(
      "go",
      `[ "$1" = env ] && echo go1.99.0 && exit\nprintf '${said}\\n' >&2\nexit 1`,
    );
    const problem = await ensureTool("gitleaks", fake.host);
    expect(problem).toMatchObject({
      code,
      message: expect.stringContaining(said.split("\n")[0] ?? ""),
    });
    const paths = await goToolPaths("gitleaks", fake.host);
    expect(await readdir(paths?.folder ?? "")).toEqual([]);
  });

  test.for([
    ["echo go1.20.1", "1.20.1"],
    [
      "echo 'go: go.mod requires go >= 1.26.0 (running go 1.25.4; GOTOOLCHAIN=local)' >&2; exit 1",
      "1.25.4",
    ],
  ] as const)("says which Go is needed when `%s`", async ([script, found]) => {
    await using fake = await makeFakeHost();
    await fake.program("go", script);
    expect(await ensureTool("ct", fake.host)).toMatchObject({
      code: "TOOL_TOO_OLD",
      found,
      expected: "Go 1.26.0 or newer",
    });
  });

  test("says what to install when there is no Go", async () => {
    await using fake = await makeFakeHost({ environment: { PATH: "/nowhere" } });
    expect(await ensureTool("ct", fake.host)).toMatchObject({
      code: "TOOL_MISSING",
      place: { file: "tools/lint/go.mod" },
      fix: expect.stringContaining("Install Go 1.26.0"),
    });
  });

  test("says so when the cache is a file", async () => {
    await using fake = await makeFakeHost();
    await writeFile(fake.host.cache, "");
    expect(codeOf(await ensureTool("ct", fake.host))).toBe("TOOL_CACHE_UNUSABLE");
    expect((await stat(fake.host.cache)).isFile()).toBe(true);
  });
});

test("the key of a tool holds the machine: one cache may serve two kinds", async () => {
  await using intel = await makeFakeHost();
  const arm = { ...intel.host, arch: "arm64" as const };
  const [a, b] = [await goToolPaths("ct", intel.host), await goToolPaths("ct", arm)];
  expect(a?.folder).not.toBe(b?.folder);
});
