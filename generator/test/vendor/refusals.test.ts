/** What `vendor` refuses, in words a person can act on; never a stack trace, and nothing is changed. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { chartRepository } from "./registry.ts";
import { archiveFile, serviceFile, vendorRepository } from "./repository.ts";
import type { VendorRepository } from "./repository.ts";
import { changed, serviceText, standIn } from "./stand-in.ts";

async function refused(repository: VendorRepository, ...args: string[]): Promise<string> {
  const { exitCode, stderr } = await repository.run(...args);
  expect(stderr).not.toMatch(/\bat .+\.ts:\d+/);
  expect(exitCode, stderr).toBe(2);
  return stderr;
}

const withoutChart = `import { defineService } from "#rzp";

export default defineService({
  tier: "media",
  about: "A service without an upstream chart",
  image: "example.com/plain:1.2.3",
  health: { exec: ["true"] },
});
`;

describe("vendor refuses", () => {
  test.for([
    { args: ["vendor"], says: "`vendor` takes one name" },
    { args: ["vendor", "standn"], says: "npm run vendor standin" },
    { args: ["vendor", "plain"], says: "VENDOR_NO_CHART" },
    {
      args: ["vendor", "standin", "--to", "../elsewhere"],
      says: "--to is a folder of this repository",
    },
    { args: ["vendor", "standin", "--remove"], says: "has no copy of its chart" },
  ])("$args", async ({ args, says }) => {
    using repository = vendorRepository(
      serviceText({ from: "http://127.0.0.1:1/charts/standin" }),
      { "charts/services/plain/values.ts": withoutChart },
    );
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

  test.for([
    {
      name: "a version the repository does not have",
      version: "9.9.9",
      says: ["VENDOR_PULL_FAILED", "9.9.9"],
    },
    {
      name: "a range for a version: what came back is not what is written",
      version: "^1.0.0",
      says: ["VENDOR_MISMATCH", 'write "1.2.3"'],
    },
  ])("$name", async ({ version, says }) => {
    await using server = await chartRepository([standIn]);
    using repository = vendorRepository(serviceText({ from: `${server.url}/standin`, version }));
    const stderr = await refused(repository, "vendor", "standin");
    for (const text of says) expect(stderr).toContain(text);
  });

  test("another file for the version that was vendored", async () => {
    await using server = await chartRepository([standIn]);
    using repository = vendorRepository(serviceText({ from: `${server.url}/standin` }));
    await repository.run("vendor", "standin");
    const before = readFileSync(path.join(repository.root, archiveFile));
    await server.serve([changed({ "values.yaml": `${standIn["values.yaml"]}more: 1\n` })]);
    expect(await refused(repository, "vendor", "standin")).toContain(
      "standin 1.2.3 is another file today than when it was vendored",
    );
    expect(readFileSync(path.join(repository.root, archiveFile))).toEqual(before);
  });

  test("a file in which `chart` is no plain object; the line to write is told", async () => {
    await using server = await chartRepository([standIn]);
    const text = serviceText({ from: `${server.url}/standin` })
      .replace("chart: {", "chart: Object.freeze({")
      .replace("values: {},\n  }", "values: {},\n  })");
    using repository = vendorRepository(text);
    const stderr = await refused(repository, "vendor", "standin");
    expect(stderr).toContain("VENDOR_NOT_WRITTEN");
    expect(stderr).toContain(`write into it: archive: { file: "${archiveFile}", digest: "sha256:`);
  });

  test("the same where it is to be taken out; what was looked for is told", async () => {
    await using server = await chartRepository([standIn]);
    using repository = vendorRepository(serviceText({ from: `${server.url}/standin` }));
    await repository.run("vendor", "standin");
    const text = readFileSync(path.join(repository.root, serviceFile), "utf8")
      .replace("chart: {", "chart: Object.freeze({")
      .replace(/^ {2}\},$/m, "  }),");
    writeFileSync(path.join(repository.root, serviceFile), text);
    const stderr = await refused(repository, "vendor", "standin", "--remove");
    expect(stderr).toContain("VENDOR_NOT_WRITTEN");
    expect(stderr).toContain("expected  chart: { from: …, version: …, archive: … }");
  });
});
