/** The rule on what a namespace reads, as the API server applies it: its own CEL, the table of the check. */
import { execa } from "execa";
import { expect, test } from "vitest";
import { secretPolicySpec } from "../../../src/security/secret-policy.ts";
import { ensureTool, isToolName } from "../../../src/tools/ensure-tool.ts";
import { readCases, readingNamespace } from "../../security/secret-reads.ts";
import type { ReadCase } from "../../security/secret-reads.ts";

interface Answer {
  readonly problems: readonly object[];
  readonly verdicts: readonly {
    readonly refusals: readonly { readonly validation: number; readonly error?: true }[];
  }[];
}

/** Which validation refuses what, in the order of the policy. */
const validations = ["write", "store", "generator", "key", "folder"] as const;
const name = "admission";

async function judge(tool: string, cases: readonly ReadCase[], namespace: object): Promise<Answer> {
  const policy = {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingAdmissionPolicy",
    metadata: { name: "secrets" },
    spec: secretPolicySpec(),
  };
  const { stdout } = await execa(tool, {
    input: JSON.stringify({
      kubernetesVersion: "1.35",
      policies: [policy],
      namespaces: [namespace],
      requests: cases.map(({ object }) => ({ object })),
    }),
  });
  return JSON.parse(stdout) as Answer;
}

test.runIf(isToolName(name))("every case of the table", { timeout: 600_000 }, async () => {
  const tool = isToolName(name) ? await ensureTool(name) : "";
  if (typeof tool !== "string") throw new Error(tool.message);
  const byNamespace = Map.groupBy(
    Object.entries(readCases),
    ([, { namespace = readingNamespace }]) => namespace,
  );
  let judged = 0;
  for (const [namespace, cases] of byNamespace) {
    const { problems, verdicts } = await judge(
      tool,
      cases.map(([, each]) => each),
      namespace,
    );
    expect(problems).toEqual([]);
    const found = cases.map(([title], index) => [
      title,
      (verdicts[index]?.refusals ?? []).map(({ validation, error }) =>
        error === true ? "error" : validations[validation],
      ),
    ]);
    expect(found).toEqual(cases.map(([title, { refused = [] }]) => [title, refused]));
    judged += found.length;
  }
  expect(judged).toBe(Object.keys(readCases).length);
});
