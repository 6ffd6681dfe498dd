/** What is made of the validator's report, above all of one that cannot be trusted. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { validateFiles } from "../../src/tools/kubectl-validate.ts";
import type { Verdict } from "../../src/tools/kubectl-validate.ts";
import type { RenderedFile } from "../../src/tools/rendered-files.ts";
import { makeFakeHost } from "./fake-host.ts";

const rendered = (file: string, ...groups: string[]): RenderedFile => ({
  file,
  environment: "prod",
  text: "",
  hash: file,
  groups,
});
const [good, bad] = [rendered("good.yaml", ""), rendered("bad.yaml", "apps")];
const success = { status: "Success" };

interface Said {
  readonly report: object | string;
  readonly exitCode: number;
  readonly stderr?: string;
}

/** In: what a validator prints and ends with. Out: the verdict on the files, and the words it was called with. */
async function verdictOn(
  files: readonly RenderedFile[],
  { report, exitCode, stderr = "" }: Said,
): Promise<Verdict & { readonly called: string }> {
  await using fake = await makeFakeHost();
  await fake.write("report", typeof report === "string" ? report : JSON.stringify(report));
  const path = await fake.program(
    "kubectl-validate",
    `echo "$KUBECONFIG $@" > called\ncat report\necho '${stderr}' >&2\nexit ${exitCode}`,
  );
  const validator = {
    path,
    kubernetesVersion: "1.35",
    crdFolder: "/crds",
    crdGroups: new Set(["example.org"]),
  };
  const verdict = await validateFiles(validator, files, fake.host);
  const called = await readFile(join(fake.host.root, "called"), "utf8").catch(() => "");
  return { ...verdict, called: called.trim() };
}

describe("a report that can be trusted", () => {
  test("what passed, and each cause with its field", async () => {
    const causes = [{ message: "unknown field", field: "spec.a" }, { message: "is required" }];
    const { passed, problems } = await verdictOn([good, bad], {
      report: {
        "good.yaml": [success],
        "bad.yaml": [{ status: "Failure", message: "both", details: { causes } }],
      },
      exitCode: 1,
    });
    expect(passed).toEqual([good]);
    expect(problems).toMatchObject([
      {
        code: "MANIFEST_INVALID",
        place: { file: "bad.yaml" },
        message: "spec.a: unknown field",
        path: "spec.a",
        environments: ["prod"],
      },
      { code: "MANIFEST_INVALID", message: "is required" },
    ]);
  });

  test.for([
    { message: "is wrong", code: "MANIFEST_INVALID" },
    { message: "failed to locate OpenAPI spec for a/v1", code: "MANIFEST_NO_SCHEMA" },
    { message: 'kind "Thing" not found in apps/v1', code: "MANIFEST_NO_SCHEMA" },
  ])("a failure without causes: $message", async ({ message, code }) => {
    const { problems } = await verdictOn([bad], {
      report: { "bad.yaml": [{ status: "Failure", message }] },
      exitCode: 1,
    });
    expect(problems).toMatchObject([{ code, message }]);
  });

  test("CRDs are given only for groups that are there, and no cluster can be asked", async () => {
    const { called } = await verdictOn([rendered("a.yaml", "example.org", "apps")], {
      report: { "a.yaml": [success] },
      exitCode: 0,
    });
    expect(called).toBe(
      "/dev/null --version 1.35 --output json --local-crds /crds/example.org a.yaml",
    );
  });
});

describe("never passed", () => {
  test("a file without an object, which the validator would pass: it is not even asked", async () => {
    const { passed, problems, called } = await verdictOn([rendered("empty.yaml")], {
      report: { "empty.yaml": [success] },
      exitCode: 0,
    });
    expect([passed, called]).toEqual([[], ""]);
    expect(problems).toMatchObject([
      {
        code: "MANIFEST_INVALID",
        place: { file: "empty.yaml" },
        message: expect.stringContaining("holds no object"),
      },
    ]);
  });

  test("a file the report does not name", async () => {
    const { passed, problems } = await verdictOn([good, bad], {
      report: { "good.yaml": [success] },
      exitCode: 1,
    });
    expect(passed).toEqual([good]);
    expect(problems).toMatchObject([{ code: "TOOL_FAILED", place: { file: "bad.yaml" } }]);
  });

  test.for([
    { name: "no finding but an exit code", status: "Success", exitCode: 3 },
    { name: "a finding but no exit code", status: "Failure", exitCode: 0 },
  ])("anything, when the report and the exit code disagree: $name", async (said) => {
    const { passed, problems } = await verdictOn([good], {
      report: { "good.yaml": [{ status: said.status, message: "m" }] },
      exitCode: said.exitCode,
      stderr: "odd",
    });
    expect(passed).toEqual([]);
    expect(problems.at(-1)).toMatchObject({
      code: "TOOL_FAILED",
      message: `kubectl-validate ended with ${said.exitCode}, which its report does not explain:\nodd`,
    });
  });

  test.for([
    { name: "no report", report: "", exitCode: 1 },
    { name: "a report of another shape", report: { "good.yaml": "Success" }, exitCode: 0 },
  ])("anything, with $name", async ({ report, exitCode }) => {
    const { passed, problems } = await verdictOn([good], { report, exitCode, stderr: "broken" });
    expect(passed).toEqual([]);
    expect(problems).toMatchObject([
      {
        code: "TOOL_FAILED",
        message: "kubectl-validate gave no report for Kubernetes 1.35:\nbroken",
      },
    ]);
  });
});
