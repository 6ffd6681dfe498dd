/** What `vendor` and rendering a vendored chart refuse, in words a person can act on; never a stack trace. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { chartRepository, packageChart } from "./registry.ts";
import { archiveFile, serviceFile, vendorRepository } from "./repository.ts";
import type { VendorRepository } from "./repository.ts";
import { changed, otherVersion, serviceText, standIn } from "./stand-in.ts";

const noStack = /\bat .+\.ts:\d+/;

async function refused(repository: VendorRepository, ...args: string[]): Promise<string> {
  const { exitCode, stderr } = await repository.run(...args);
  expect(stderr).not.toMatch(noStack);
  expect(exitCode, stderr).toBe(2);
  return stderr;
}

describe("vendor refuses", () => {
  test.for([
    { args: ["vendor"], says: "vendor takes one service" },
    { args: ["vendor", "standn"], says: "npm run vendor standin" },
    { args: ["vendor", "sonarr"], says: "VENDOR_NO_CHART" },
    { args: ["vendor", "standin", "--to", "../elsewhere"], says: "--to is a folder of this repository" },
    { args: ["vendor", "standin", "--remove"], says: "has no copy of its chart" },
  ])("$args", async ({ args, says }) => {
    using repository = vendorRepository(serviceText({ from: "http://127.0.0.1:1/charts/standin" }));
    expect(await refused(repository, ...args)).toContain(says);
  });

  test("a server that does not answer, in Helm's own words, and leaves everything as it was", async () => {
    const text = serviceText({ from: "http://127.0.0.1:1/charts/standin" });
    using repository = vendorRepository(text);
    const stderr = await refused(repository, "vendor", "standin");
    expect(stderr).toContain("VENDOR_PULL_FAILED");
    expect(stderr).toContain("connection refused");
    expect(stderr).toContain(`${serviceFile}:8:`);
    expect(repository.read(serviceFile)).toBe(text);
    expect(existsSync(path.join(repository.root, "charts/vendor"))).toBe(false);
  });

  test("a version the repository does not have", async () => {
    await using server = await chartRepository([standIn]);
    using repository = vendorRepository(serviceText({ from: `${server.url}/standin`, version: "9.9.9" }));
    const stderr = await refused(repository, "vendor", "standin");
    expect(stderr).toContain("VENDOR_PULL_FAILED");
    expect(stderr).toContain("9.9.9");
  });

  test("a range for a version: what came back is not what is written", async () => {
    await using server = await chartRepository([standIn]);
    using repository = vendorRepository(serviceText({ from: `${server.url}/standin`, version: "^1.0.0" }));
    const stderr = await refused(repository, "vendor", "standin");
    expect(stderr).toContain("VENDOR_MISMATCH");
    expect(stderr).toContain('write "1.2.3"');
  });

  test("another file for the version that was vendored", async () => {
    await using server = await chartRepository([standIn]);
    using repository = vendorRepository(serviceText({ from: `${server.url}/standin` }));
    await repository.run("vendor", "standin");
    const before = readFileSync(path.join(repository.root, archiveFile));
    await server.serve([changed({ "values.yaml": `${standIn["values.yaml"]}more: 1\n` })]);
    expect(await refused(repository, "vendor", "standin")).toContain("standin 1.2.3 is another file today than when it was vendored");
    expect(readFileSync(path.join(repository.root, archiveFile))).toEqual(before);
  });

  test("a file in which `chart` is no plain object; the line to write is told", async () => {
    await using server = await chartRepository([standIn]);
    const text = serviceText({ from: `${server.url}/standin` }).replace("chart: {", "chart: Object.freeze({").replace("values: {},\n  }", "values: {},\n  })");
    using repository = vendorRepository(text);
    const stderr = await refused(repository, "vendor", "standin");
    expect(stderr).toContain("VENDOR_NOT_WRITTEN");
    expect(stderr).toContain(`write into it: archive: { file: "${archiveFile}", digest: "sha256:`);
  });
});

describe("rendering refuses", () => {
  /** A repository whose chart is vendored and renders. */
  async function vendored(): Promise<VendorRepository> {
    await using server = await chartRepository([standIn]);
    const repository = vendorRepository(serviceText({ from: `${server.url}/standin` }));
    expect((await repository.run("vendor", "standin")).exitCode).toBe(0);
    return repository;
  }

  test("an archive that is not there", async () => {
    using repository = await vendored();
    rmSync(path.join(repository.root, archiveFile));
    const stderr = await refused(repository, "render");
    expect(stderr).toContain("VENDOR_MISSING");
    expect(stderr).toContain(archiveFile);
    expect(stderr).not.toContain("MANIFEST_");
  });

  test("an archive with another digest", async () => {
    using repository = await vendored();
    const file = path.join(repository.root, archiveFile);
    writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.from("\0")]));
    expect(await refused(repository, "render")).toContain("is another file than the one that was vendored");
  });

  test.for([
    { name: "another chart than chart.from names", chart: changed({ "Chart.yaml": (standIn["Chart.yaml"] ?? "").replace("standin", "other") }), says: "holds the chart other" },
    { name: "another version", chart: changed({ "Chart.yaml": otherVersion("3.0.0") }), says: "holds version 3.0.0" },
    { name: "no chart at all", chart: undefined, says: "is no packaged chart" },
  ])("an archive with $name", async ({ chart, says }) => {
    using repository = await vendored();
    const { readArchive } = await import("../../src/render/charts/archive.ts");
    const file = path.join(repository.root, archiveFile);
    writeFileSync(file, chart === undefined ? "no archive" : (await packageChart(chart)).bytes);
    const archive = readArchive(file);
    const digest = archive.kind === "missing" ? "" : archive.digest;
    repository.write(serviceFile, repository.read(serviceFile).replace(/digest: ".+"/, `digest: "${digest}"`));
    const stderr = await refused(repository, "render");
    expect(stderr).toContain("VENDOR_MISMATCH");
    expect(stderr).toContain(says);
  });

  test.for(["../outside/standin-1.2.3.tgz", "/tmp/standin-1.2.3.tgz", "charts/./vendor/standin-1.2.3.tgz", "charts/vendor/standin.zip"])("the path %s", async (file) => {
    using repository = await vendored();
    repository.write(serviceFile, repository.read(serviceFile).replace(/file: ".+"/, `file: "${file}"`));
    expect(await refused(repository, "render")).toContain("a .tgz file of this repository, by its path from the root");
  });
});
