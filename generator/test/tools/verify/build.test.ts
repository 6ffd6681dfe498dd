import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { ensureTool, toolList, isToolName } from "../../../src/tools/ensure-tool.ts";

const slow = { timeout: 1_800_000 };
const root = resolve(import.meta.dirname, "../../../..");

/** Each tool with a call that ends with 0 when the tool works. */
const calls = {
  ct: ["version"],
  "kubectl-validate": ["--help"],
  actionlint: ["-version"],
  gitleaks: ["version"],
  promtool: ["--version"],
  sloth: ["version"],
  yamllint: ["--version"],
  yamale: ["--version"],
  etcd: ["--version"],
  "kube-apiserver": ["--version"],
  "kube-controller-manager": ["--version"],
  "kube-scheduler": ["--version"],
  kwok: ["--version"],
  "redis-server": ["--version"],
  pulumi: ["version"],
  talosctl: ["version", "--client"],
  "talos-nodes": ["-help"],
} as const;

describe("ensureTool", () => {
  test.for(Object.entries(calls))("%s is built and runs", slow, async ([name, args]) => {
    if (!isToolName(name)) throw new Error(`${name} is no tool`);
    const path = await ensureTool(name);
    expect((await execa(String(path), args)).exitCode).toBe(0);
  });

  test("nothing is left out here", () => {
    const elsewhere = [
      "argocd",
      "admission",
      "network-policy",
      "helm",
      "crds",
      "vrl",
      "pulumi-resource-proxmoxve",
    ];
    expect([...Object.keys(calls), ...elsewhere].toSorted()).toEqual(
      Object.keys(toolList).toSorted(),
    );
  });

  test("the workflows pass actionlint", slow, async () => {
    const actionlint = await ensureTool("actionlint");
    const folder = ".github/workflows";
    const files = (await readdir(join(root, folder))).map((file) => `${folder}/${file}`);
    const result = await execa(String(actionlint), files, { cwd: root, reject: false });
    expect(result.stdout).toBe("");
    expect(result.exitCode).toBe(0);
  });
});

describe("the argocd wrapper", () => {
  const configMap = `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  resource.customizations.health.argoproj.io_Application: |
    return {status = obj.status.health.status, message = "own check"}
`;

  test.for([
    [
      "a script of argocd-cm",
      "argoproj.io/v1alpha1",
      "Application",
      "status: {health: {status: Degraded}}",
      "STATUS: Degraded\nMESSAGE: own check",
    ],
    [
      "a built-in check in Go",
      "apps/v1",
      "Deployment",
      "metadata: {generation: 2}\nspec: {replicas: 1}\nstatus: {observedGeneration: 1}",
      "STATUS: Progressing\nMESSAGE: Waiting for rollout to finish: observed deployment generation less than desired generation",
    ],
    [
      "a built-in check in Lua",
      "cert-manager.io/v1",
      "Certificate",
      'status: {conditions: [{type: Ready, status: "True", message: good}]}',
      "STATUS: Healthy\nMESSAGE: good",
    ],
    ["no check at all", "v1", "ConfigMap", "", "Health script is not configured for '/ConfigMap'"],
  ] as const)("runs %s", slow, async ([, apiVersion, kind, rest, expected]) => {
    const argocd = await ensureTool("argocd");
    const folder = await mkdtemp(join(tmpdir(), "rzp-argocd-"));
    await writeFile(join(folder, "cm.yaml"), configMap);
    await writeFile(
      join(folder, "object.yaml"),
      `apiVersion: ${apiVersion}\nkind: ${kind}\n${rest}\n`,
    );
    const args = ["admin", "settings", "resource-overrides", "health", "object.yaml"];
    const result = await execa(String(argocd), [...args, "--argocd-cm-path", "cm.yaml"], {
      cwd: folder,
    });
    await rm(folder, { recursive: true });
    expect(result.stdout).toBe(expected);
  });
});
