import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureTool } from "../../../src/tools/ensure-tool.ts";
import { currentHost } from "../../../src/tools/host.ts";
import { isCarried } from "../../../src/tools/kubernetes-versions.ts";
import { isProblem } from "../../../src/tools/problems.ts";
import { run } from "../../../src/tools/process.ts";
import { validateRendered } from "../../../src/tools/validate.ts";
import { makeTree } from "../sample-tree.ts";
import { twoClusters } from "../two-clusters.ts";

const slow = { timeout: 900_000 };

const configMap = `# marker
apiVersion: v1
kind: ConfigMap
metadata:
  name: sonarr
  namespace: media-sonarr
data:
  key: value
`;

function route(rule: string): string {
  return `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: web
  namespace: media-sonarr
spec:
  hostnames: [sonarr.example.org]
  rules:
    - backendRefs:
        - name: sonarr
          port: 8989
${rule}`;
}

const widgetCrd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.example.org
spec:
  group: example.org
  scope: Namespaced
  names:
    kind: Widget
    listKind: WidgetList
    plural: widgets
    singular: widget
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                size:
                  type: integer
                  minimum: 1
`;

/** Served up to Kubernetes 1.25. */
const oldAutoscaler = `apiVersion: autoscaling/v2beta2
kind: HorizontalPodAutoscaler
metadata:
  name: a
  namespace: b
spec:
  maxReplicas: 2
  scaleTargetRef:
    kind: Deployment
    name: a
`;

function widget(size: number): string {
  return `apiVersion: example.org/v1\nkind: Widget\nmetadata:\n  name: a\n  namespace: b\nspec:\n  size: ${size}\n`;
}

describe("validateRendered", () => {
  beforeAll(async () => {
    // With the shared cache: a private one would build the validator again.
    for (const name of ["kubectl-validate", "crds"] as const) {
      expect(isProblem(await ensureTool(name))).toBe(false);
    }
  }, 900_000);

  test("passes good objects, and does not check them twice", slow, async () => {
    await using tree = await makeTree({
      "kubernetes/prod/sonarr/configmap-sonarr.yaml": configMap.replace(
        "value",
        `at ${Date.now()}`,
      ),
      "kubernetes/prod/sonarr/httproute-web.yaml": route(`# ${Date.now()}\n`),
    });
    const first = await validateRendered(tree.host, "1.35");
    expect(first.problems).toEqual([]);
    expect(first.counts).toEqual({ objects: 2, unchanged: 0, checked: 2 });
    const second = await validateRendered(tree.host, "1.35");
    expect(second.counts).toEqual({ objects: 2, unchanged: 2, checked: 0 });
  });

  test("names the file and the field of what the API server would refuse", slow, async () => {
    const file = "kubernetes/prod/sonarr/httproute-web.yaml";
    await using tree = await makeTree({
      "kubernetes/prod/sonarr/configmap-sonarr.yaml": configMap,
      [file]: route("      timeout: 5s\n"),
    });
    const { problems } = await validateRendered(tree.host, "1.35");
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      code: "MANIFEST_INVALID",
      place: { file },
      path: "spec.rules[0].timeout",
      environments: ["prod"],
    });
    const again = await validateRendered(tree.host, "1.35");
    expect(again.problems, "a finding is never remembered as passed").toHaveLength(1);
  });

  test("runs the CEL rules of a CRD", slow, async () => {
    const redirect =
      "      filters:\n        - type: RequestRedirect\n          requestRedirect:\n            scheme: https\n";
    await using tree = await makeTree({ "kubernetes/prod/a/httproute-web.yaml": route(redirect) });
    const { problems } = await validateRendered(tree.host, "1.35");
    expect(problems.map((problem) => problem.message).join("\n")).toContain(
      "RequestRedirect filter must not be used together with backendRefs",
    );
  });

  test.for([
    ["group", "apiVersion: unknown.example.org/v1\nkind: Thing\nmetadata:\n  name: a\n"],
    ["kind", "apiVersion: apps/v1\nkind: Deploymint\nmetadata:\n  name: a\n"],
    [
      "version",
      "apiVersion: gateway.networking.k8s.io/v9\nkind: HTTPRoute\nmetadata:\n  name: a\n",
    ],
  ] as const)("reports an unknown %s instead of skipping it", slow, async ([, text]) => {
    await using tree = await makeTree({ "kubernetes/dev/a/thing-a.yaml": text });
    const { problems } = await validateRendered(tree.host, "1.35");
    expect(problems.map((problem) => problem.code)).toEqual(["MANIFEST_NO_SCHEMA"]);
  });

  test("takes a CRD that is rendered, in every environment of the cluster", slow, async () => {
    await using tree = await makeTree({
      "kubernetes/prod/widgets/customresourcedefinition-widgets.yaml": widgetCrd,
      "kubernetes/prod/a/widget-a.yaml": widget(1),
      "kubernetes/dev/a/widget-a.yaml": widget(0),
    });
    const { problems } = await validateRendered(tree.host, "1.35");
    expect(problems.map(({ code, place }) => `${code} ${place.file}`)).toEqual([
      "MANIFEST_INVALID kubernetes/dev/a/widget-a.yaml",
    ]);
  });

  test("refuses a file without an object, and an empty tree", slow, async () => {
    await using tree = await makeTree({ "kubernetes/dev/a/thing-a.yaml": "# nothing\n" });
    const { problems } = await validateRendered(tree.host, "1.35");
    expect(problems[0]?.message).toContain("nothing to check");
    await using empty = await makeTree();
    expect((await validateRendered(empty.host, "1.35")).problems[0]?.message).toContain(
      "nothing was checked",
    );
  });

  test("takes each environment's version from its cluster", slow, async () => {
    using repository = twoClusters(
      { dev: "1.25.3", prod: "1.26.1" },
      {
        "kubernetes/dev/a/horizontalpodautoscaler-a.yaml": oldAutoscaler,
        "kubernetes/prod/a/horizontalpodautoscaler-a.yaml": oldAutoscaler,
      },
    );
    const host = { ...currentHost(), root: repository.root, report: () => undefined };
    const { problems } = await validateRendered(host);
    expect(problems.map(({ code, place }) => `${code} ${place.file}`)).toEqual([
      "MANIFEST_NO_SCHEMA kubernetes/prod/a/horizontalpodautoscaler-a.yaml",
    ]);
    expect((await validateRendered(host, "1.25")).problems).toEqual([]);
  });

  test("carries the schemas of exactly the versions it says", slow, async () => {
    const root = resolve(import.meta.dirname, "../../../..");
    const { stdout } = await run(
      "go",
      ["list", "-m", "-f", "{{.Dir}}", "sigs.k8s.io/kubectl-validate"],
      { cwd: join(root, "tools/kubernetes"), environment: process.env },
    );
    const carried = await readdir(join(stdout.trim(), "pkg/openapiclient/builtins"));
    const asked = Array.from({ length: 60 }, (_, minor) => `1.${minor}`).filter(isCarried);
    expect(asked).toEqual(carried.toSorted());
  });
});

describe("validateRendered on an empty cache of results", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "rzp-cache-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("says what to install when Go is missing", slow, async () => {
    await using tree = await makeTree({ "kubernetes/dev/a/configmap-a.yaml": configMap });
    const host = { ...tree.host, cache: folder, environment: { PATH: "/nowhere" } };
    const { problems } = await validateRendered(host, "1.35");
    expect(problems.map((problem) => problem.code)).toEqual(["TOOL_MISSING"]);
    expect(problems[0]?.fix).toContain("Install Go 1.26");
  });
});
