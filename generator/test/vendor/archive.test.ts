/** An archive is rendered only if it is the one that was vendored. */
import { rmSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { checkRepository } from "../support/repository.ts";
import {
  archivedRepository,
  archiveFile,
  planned,
  serviceFile,
  vendorRepository,
  wordsOf,
} from "./repository.ts";
import type { ArchivedOptions, VendorRepository } from "./repository.ts";
import { changed, otherVersion, serviceText, standIn } from "./stand-in.ts";

interface Case {
  readonly name: string;
  readonly options?: ArchivedOptions;
  readonly spoil?: (repository: VendorRepository) => void;
  readonly code: string;
  readonly says: string;
}

const cases: readonly Case[] = [
  {
    name: "is not there",
    spoil: ({ root }) => rmSync(path.join(root, archiveFile)),
    code: "VENDOR_MISSING",
    says: `the copy of the chart, ${archiveFile}, is not there`,
  },
  {
    name: "has another digest",
    spoil: ({ write, read }) =>
      write(serviceFile, read(serviceFile).replace(/sha256:..../, "sha256:0000")),
    code: "VENDOR_MISMATCH",
    says: "is another file than the one that was vendored",
  },
  {
    name: "is another version than chart.version",
    options: { chart: changed({ "Chart.yaml": otherVersion("3.0.0") }) },
    code: "VENDOR_MISMATCH",
    says: "holds version 3.0.0",
  },
  {
    name: "is another chart than chart.from names",
    options: {
      chart: changed({ "Chart.yaml": (standIn["Chart.yaml"] ?? "").replace("standin", "other") }),
    },
    code: "VENDOR_MISMATCH",
    says: "holds the chart other",
  },
  {
    name: "is no chart at all",
    options: { bytes: Buffer.from("no archive") },
    code: "VENDOR_MISMATCH",
    says: "is no packaged chart",
  },
];

test.for(cases)(
  "an archive that $name is refused, and nothing else is told",
  async ({ options, spoil, code, says }) => {
    using repository = await archivedRepository(options);
    spoil?.(repository);
    const { problems } = await planned(repository);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      code,
      severity: "error",
      environments: ["prod"],
      place: { file: serviceFile },
    });
    expect(problems.map(wordsOf).join()).toContain(says);
    expect(problems.map(wordsOf).join()).toContain("npm run vendor standin");
  },
);

test("v1.2.3 and 1.2.3 are one version", async () => {
  using repository = await archivedRepository({ service: { version: "v1.2.3" } });
  expect(
    (await planned(repository)).problems.filter(({ severity }) => severity === "error"),
  ).toEqual([]);
});

test.for([
  "../outside/standin-1.2.3.tgz",
  "/tmp/standin-1.2.3.tgz",
  "charts/./vendor/standin-1.2.3.tgz",
  "charts/../../standin.tgz",
  "charts/vendor/standin.zip",
])("the path %s is refused", async (file) => {
  const archive = `archive: { file: "${file}", digest: "sha256:${"0".repeat(64)}" },`;
  using repository = vendorRepository(
    serviceText({ from: "oci://charts.example.com/standin", archive }),
  );
  expect((await checkRepository(repository.root)).map(wordsOf).join()).toContain(
    "a .tgz file of this repository, by its path from the root",
  );
});
