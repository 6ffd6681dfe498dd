/** Metrics that rules ask for and nothing makes. */
import { expect, test } from "vitest";
import { metricsOfRules, metricsWithoutProducer } from "../../src/check/metrics.ts";
import { readTree } from "../../src/load/tree.ts";
import type { Release } from "../../src/model/platform.ts";
import { informOptionalMetrics } from "../../src/resolve/cluster/optional-metrics.ts";
import { toHelmValues } from "../../src/values/helm-values.ts";
import { releasesOf } from "../support/releases.ts";
import { projectRoot } from "../support/repository.ts";

const tree = readTree(projectRoot);
const releases = await releasesOf(tree);
const found = (among: readonly Release[]) =>
  metricsWithoutProducer(
    among.map((release) => ({ release, metrics: metricsOfRules(toHelmValues(release)) })),
  );

test("everything our rules ask for is made, in every environment", () => {
  expect(releases.length).toBeGreaterThan(0);
  expect(found(releases)).toEqual([]);
});

/** Prometheus in prod with other values of its chart. */
const withValues = (values: object) =>
  releases.map((release): Release => {
    const { service, facts } = release;
    if (service.name !== "prometheus" || service.kind !== "chart" || facts.name !== "prod")
      return release;
    const chart = {
      ...service.spec.chart,
      values: { ...service.spec.chart.values, ...values },
    };
    return { ...release, service: { ...service, spec: { ...service.spec, chart } } };
  });

test("without the exporter of nodes the platform's rules ask for what nobody makes", () => {
  const problems = found(withValues({ nodeExporter: { enabled: false } }));
  expect(new Set(problems.map(({ place }) => place.file))).toEqual(
    new Set(["environments/prod/environment.ts"]),
  );
  expect(problems.map((problem) => problem.found)).toContain("node_memory_MemTotal_bytes");
  expect(problems[0]).toMatchObject({ code: "METRIC_WITHOUT_PRODUCER", environments: ["prod"] });
});

test("a kind that kube-state-metrics does not read: what makes its metrics again is named", () => {
  const problems = found(withValues({ "kube-state-metrics": { collectors: ["pods", "jobs"] } }));
  const fixOf = (metric: string) => problems.find((problem) => problem.found === metric)?.fix;
  expect(fixOf("kube_resourcequota")).toContain('add "resourcequotas" to collectors');
  expect(fixOf("kube_cronjob_created")).toContain('add "cronjobs" to collectors');
  expect(fixOf("kube_job_failed")).toBeUndefined();
  const gone = found(withValues({ kubeStateMetrics: { enabled: false } }));
  expect(gone.find((problem) => problem.found === "kube_resourcequota")?.fix).not.toContain(
    "collectors",
  );
});

test("what no operator runs for is asked of nobody", () => {
  const operators = ["argo-cd", "cert-manager", "external-secrets", "vector"];
  const others = informOptionalMetrics(
    releases.filter(({ service }) => !operators.includes(service.name)),
  );
  expect(found(others)).toEqual([]);
});

test("a service that asks for what is not recorded without cert-manager is found", () => {
  const others = releases.filter(({ service }) => service.name !== "cert-manager");
  expect(found(others).map((problem) => problem.found)).toContain("rzp:certificate_left:days");
});

test("a rule of a service that asks for what nobody makes is found in its file, with the nearest name", () => {
  const problems = metricsWithoutProducer(
    releases.map((release) => {
      const values = toHelmValues(release);
      if (release.service.name !== "sonarr" || release.facts.name !== "prod")
        return { release, metrics: metricsOfRules(values) };
      const expr = "sum(kube_pod_inf{namespace='media-sonarr'}) / sum(kube_pod_inf)";
      const rules = [{ record: "a:b:c", expr }];
      const own = { runbooks: "", labels: {}, groups: { one: { rules } } };
      const changed = { service: { ...values.service, alertRules: { sonarr: own } } };
      return { release, metrics: metricsOfRules(changed) };
    }),
  );
  expect(problems).toMatchObject([
    { place: { file: "charts/services/sonarr/values.ts" }, found: "kube_pod_inf" },
  ]);
  expect(problems[0]?.fix).toContain("kube_pod_info");
});

test("where Prometheus is somebody else's, nothing is known of what it reads", () => {
  expect(found(releases.filter(({ service }) => service.name !== "prometheus"))).toEqual([]);
});

test("of a prober that is missing one problem tells, in the cluster's file, with those that ask", () => {
  const problems = found(
    informOptionalMetrics(
      releases.filter(
        ({ facts, service }) => facts.name === "prod" && service.name !== "blackbox-exporter",
      ),
    ),
  );
  expect(problems).toMatchObject([
    {
      place: { file: "environments/clusters/home.ts" },
      keys: ["prober"],
      message:
        "no prober runs in observability-blackbox-exporter, and rules of home-assistant, immich, mosquitto and 2 more ask for what it makes: probe_duration_seconds, probe_success",
      fix: "let blackbox-exporter run in `prod`, or correct its `namespace`",
    },
  ]);
});

/** What runs on the cluster of prod, whose file says that the prober is in this namespace. */
function probedFrom(namespace: string): Release[] {
  const facts = new Map(
    releases.map(({ facts: one }) => {
      const prober = one.cluster.prober && { ...one.cluster.prober, namespace };
      return [one, { ...one, cluster: { ...one.cluster, prober } }];
    }),
  );
  return releases
    .filter(({ facts: { name } }) => name === "prod")
    .map((release) => ({ ...release, facts: facts.get(release.facts) ?? release.facts }));
}

test.each(["monitoring", "observability-tools"])(
  "a prober that is somebody else's makes what it makes, as in %s, whatever that begins with",
  (namespace) => {
    const others = probedFrom(namespace).filter(
      ({ service }) => service.name !== "blackbox-exporter",
    );
    expect(found(informOptionalMetrics(others))).toEqual([]);
  },
);

test("a prober of ours is ours in the namespace that an overlay pins too, and makes nothing while it is stopped", () => {
  const pinned = probedFrom("probes").map((release) =>
    release.service.name === "blackbox-exporter"
      ? ({
          ...release,
          service: {
            ...release.service,
            namespace: "probes",
            spec: { ...release.service.spec, stopped: true },
          },
        } as Release)
      : release,
  );
  expect(found(informOptionalMetrics(pinned))).toMatchObject([
    { place: { file: "charts/services/blackbox-exporter/values.ts" }, keys: ["stopped"] },
  ]);
});

test("namespaces of ours are those of all services, pinned or not, listed or not", () => {
  const listing = releases.find(({ facts }) => facts.services.length < tree.services.length);
  const namespaces = listing?.facts.ownNamespaces ?? new Set();
  expect(namespaces.has("argocd")).toBe(true);
  expect(namespaces.size).toBeGreaterThanOrEqual(tree.services.length);
});

/** What runs on the cluster of prod, which has stopped some of it. */
const stopping = (names: readonly string[]) =>
  informOptionalMetrics(
    releases
      .filter(({ facts }) => facts.name === "prod")
      .map((release) =>
        names.includes(release.service.name)
          ? (withSpec(release, { stopped: true }) as Release)
          : release,
      ),
  );
const withSpec = (release: Release, more: object) => ({
  ...release,
  service: { ...release.service, spec: { ...release.service.spec, ...more } },
});
const asking = ["home-assistant", "immich", "mosquitto", "qbittorrent", "zigbee2mqtt"];

test("of a prober that is stopped one problem tells, where it is stopped, with those that ask", () => {
  expect(found(stopping(["blackbox-exporter"]))).toMatchObject([
    {
      place: { file: "charts/services/blackbox-exporter/values.ts" },
      keys: ["stopped"],
      environments: ["prod"],
      message:
        "blackbox-exporter is stopped, and rules of home-assistant, immich, mosquitto and 2 more ask for what it makes: probe_duration_seconds, probe_success",
      fix: "take stopped out of blackbox-exporter, or say stopped: true of those that ask too",
    },
  ]);
});

test.each([
  ["a chart", "blackbox-exporter", ["immich", "velero"]],
  ["the platform", "prometheus", []],
] as const)(
  "where %s asks for what is stopped, nobody is told to stop that too",
  (_, name, asks) => {
    const problems = metricsWithoutProducer(
      stopping([name]).map((release) => ({
        release,
        metrics: asks.some((one) => one === release.service.name) ? ["probe_success"] : [],
      })),
    );
    expect(problems.map(({ fix }) => fix)).toEqual([`take stopped out of ${name}`]);
  },
);

test("where those that ask are stopped too, as it says, nothing is told", () => {
  expect(found(stopping(["blackbox-exporter", ...asking]))).toEqual([]);
});
