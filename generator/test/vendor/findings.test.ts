/** The checks on objects people did not write: advice where only the chart's values help, errors where it would break. */
import { describe, expect, test } from "vitest";
import type { Problem } from "../../src/problems/problem.ts";
import {
  archivedRepository,
  archiveFile,
  planned,
  serviceFile,
  vendorRepository,
  wordsOf,
} from "./repository.ts";
import type { ArchivedOptions } from "./repository.ts";
import { changed, serviceText } from "./stand-in.ts";

async function problemsOf(options: ArchivedOptions): Promise<readonly Problem[]> {
  using repository = await archivedRepository(options);
  return (await planned(repository)).problems;
}

const errors = (problems: readonly Problem[]) =>
  problems.filter(({ severity }) => severity === "error");
const template = (name: string, text: string) => ({
  chart: changed({ [`templates/${name}.yaml`]: text }),
});

describe("advice", () => {
  test("what people could only change in the values is told, and stops nothing", async () => {
    const problems = await problemsOf({});
    expect(errors(problems)).toEqual([]);
    expect(new Set(problems.map(({ code }) => code))).toEqual(
      new Set(["MANIFEST_PROBE_MISSING", "MANIFEST_RESOURCES_MISSING"]),
    );
    for (const problem of problems)
      expect(problem).toMatchObject({
        path: "chart.values",
        place: { file: serviceFile, line: 12 },
        fix: "change it in chart.values, where the chart can; else in patches",
      });
  });

  test("a tag that moves", async () => {
    const problems = await problemsOf({
      service: { values: '{ image: "quay.io/standin/server:latest" }' },
    });
    expect(errors(problems)).toEqual([]);
    expect(problems.map(({ code }) => code)).toContain("MANIFEST_FLOATING_TAG");
  });

  test("objects without a name are left out, and that is told", async () => {
    const problems = await problemsOf(
      template("nameless", "apiVersion: v1\nkind: Pod\nmetadata: { generateName: some- }\n"),
    );
    expect(errors(problems)).toEqual([]);
    expect(problems.map(wordsOf).join()).toContain("VENDOR_NAMELESS");
  });
});

const config = (name: string, data: string) =>
  template(name, `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: ${data}\n`);

const withWeb = '{ "http-metrics": 9402, web: 8443 }';
const servesWeb = changed({
  "templates/service.yaml": `apiVersion: v1
kind: Service
metadata: { name: standin-server }
spec: { selector: { app.kubernetes.io/name: standin }, ports: [{ port: 8443, targetPort: web }] }
`,
});

describe("errors", () => {
  const cases: readonly {
    readonly name: string;
    readonly options: ArchivedOptions;
    readonly says: readonly string[];
  }[] = [
    {
      name: "labels that no pod has",
      options: { service: { pods: '{ app: "nobody" }' } },
      says: ["MANIFEST_PODS_UNMATCHED", "Deployment standin-server", "components.server.pods"],
    },
    {
      name: "a port that no pod has",
      options: { service: { ports: '{ "http-metrics": 9999 }' } },
      says: ["MANIFEST_PODS_UNMATCHED", "http-metrics 9402/TCP", "has port 9999"],
    },
    {
      name: "metrics at a port the pods call otherwise",
      options: { service: { ports: '{ "http-metrics": 8443 }' } },
      says: ["MANIFEST_PODS_UNMATCHED", "metrics are read at a port by its name"],
    },
    {
      name: "a route to a component that is called otherwise than its Service",
      options: { service: { ports: withWeb, to: "server/web" } },
      says: [
        "MANIFEST_DANGLING_REFERENCE",
        "routes.web.to",
        "there is no Service `server`",
        "standin-server",
        "name the component as the chart names its Service",
      ],
    },
    {
      name: "a route to a port that its Service has under another number",
      options: {
        service: { ports: withWeb, component: "standin-server", to: "standin-server/web" },
      },
      says: [
        "MANIFEST_DANGLING_REFERENCE",
        "routes.web.to",
        "Service `standin-server` has no port `8443`",
        "one of: 443",
        "let chart.values give the Service the number its pods have",
      ],
    },
    {
      name: "a secret in plain text",
      options: { service: { values: '{ password: "hunter2" }' } },
      says: ["MANIFEST_SECRET_MATERIAL", "Secret standin-ca", "chart.values"],
    },
    {
      name: "a password it makes up",
      options: template(
        "password",
        "apiVersion: v1\nkind: Secret\nmetadata: { name: made-up }\nstringData: { key: {{ randAlphaNum 20 }} }\n",
      ),
      says: ["VENDOR_UNSTABLE", "Secret made-up"],
    },
    {
      name: "the time",
      options: config("clock", "{ second: {{ now | unixEpoch | quote }} }"),
      says: ["VENDOR_UNSTABLE", "ConfigMap clock"],
    },
    {
      name: "the date",
      options: config("calendar", '{ day: {{ now | date "2006-01-02" | quote }} }'),
      says: ["VENDOR_UNSTABLE", "ConfigMap calendar"],
    },
    {
      name: "values it cannot render",
      options: {
        ...config("refuses", '{{ fail "broken must not be set" }}'),
        service: { ports: withWeb, to: "server/web" },
      },
      says: [
        "HELM_TEMPLATE_FAILED",
        "broken must not be set",
        `helm template standin ${archiveFile} --namespace platform-standin --include-crds --skip-tests --kube-version 1.35.4`,
      ],
    },
    {
      name: "what is no object",
      options: { chart: changed({ "crds/text.yaml": "just a text\n" }) },
      says: ["HELM_TEMPLATE_FAILED", "no object: just a text"],
    },
    {
      name: "a name that leads out of its folder",
      options: template(
        "out",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ../../../out }\n",
      ),
      says: ["HELM_TEMPLATE_FAILED", "a name no object can have"],
    },
    {
      name: "the namespace RZP makes",
      options: template(
        "namespace",
        "apiVersion: v1\nkind: Namespace\nmetadata: { name: {{ .Release.Namespace }} }\n",
      ),
      says: ["MANIFEST_DUPLICATE", "switch it off in chart.values"],
    },
    {
      name: "a pod its namespace refuses",
      options: template(
        "privileged",
        "apiVersion: v1\nkind: Pod\nmetadata: { name: privileged }\nspec: { hostNetwork: true, containers: [] }\n",
      ),
      says: ["MANIFEST_POD_SECURITY", "podSecurity: because"],
    },
  ];
  test.for(cases)("$name", async ({ options, says }) => {
    const found = errors(await problemsOf(options)).map(wordsOf);
    expect(found).toHaveLength(1);
    for (const text of says) expect(found[0]).toContain(text);
    expect(found[0]).not.toContain("hunter2");
  });
});

test("pods a controller makes later, and ports of pods that list none, are taken at our word", async () => {
  const problems = await problemsOf({
    service: { pods: '{ app: "migrate" }', ports: '{ "http-metrics": 1234 }' },
  });
  expect(errors(problems)).toEqual([]);
});

describe("routes that lead somewhere", () => {
  const cases: readonly { readonly name: string; readonly options: ArchivedOptions }[] = [
    {
      name: "to the Service of the chart",
      options: {
        chart: servesWeb,
        service: { ports: withWeb, component: "standin-server", to: "standin-server/web" },
      },
    },
    { name: "to what a controller makes", options: { service: { to: "maker/web" } } },
  ];
  test.for(cases)("$name", async ({ options }) => {
    expect(errors(await problemsOf(options))).toEqual([]);
  });

  test("a chart that Argo CD fetches is taken at our word", async () => {
    using repository = vendorRepository(
      serviceText({ from: "oci://charts.example.com/standin", ports: withWeb, to: "server/web" }),
    );
    expect(errors((await planned(repository)).problems)).toEqual([]);
  });
});

test("a selector that would change is told before the cluster refuses it", async () => {
  const template =
    "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: agent }\nspec:\n  selector: { matchLabels: { part: {{ .Values.part }} } }\n  template:\n    metadata: { labels: { part: {{ .Values.part }} } }\n    spec: { containers: [] }\n";
  using repository = await archivedRepository({
    chart: changed({ "templates/agent.yaml": template }),
    service: { values: '{ part: "old" }' },
  });
  expect((await repository.run("render")).exitCode).toBe(0);
  repository.write(serviceFile, repository.read(serviceFile).replace('part: "old"', 'part: "new"'));
  expect(
    errors((await planned(repository)).problems)
      .map(wordsOf)
      .join(),
  ).toContain("FROZEN_SELECTOR\ndaemonset `agent`");
});
