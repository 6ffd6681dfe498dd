/** Which alerts a service has, by its facts, and what is asked for in them. That promtool raises them is shown in tools/verify/alerts. */
import { describe, expect, test } from "vitest";
import { build } from "../model-leaves/build.ts";
import { chart, component, composed, sceneWith, service } from "../model-leaves/scene.ts";
import type { Fragment, Surroundings } from "../model-leaves/fixture.ts";
import { toHelmValues } from "../../src/values/helm-values.ts";

const schedule = {
  image: component["image"],
  runs: { as: "schedule", cron: "0 4 * * *", endsWithin: "1h" },
};

function rulesOf(app: Fragment, around: Surroundings = {}) {
  const { releases, problems } = build(
    sceneWith({ ...around, services: { ...around.services, app } }),
  );
  expect(problems).toEqual([]);
  const release = releases.find(({ service: { name } }) => name === "app");
  if (release === undefined) throw new Error("no release");
  const { alertRules } = toHelmValues(release).service;
  return Object.values(alertRules).flatMap(({ groups }) =>
    Object.values(groups).flatMap(({ rules }) => rules),
  );
}
const namesOf = (app: Fragment, around?: Surroundings) =>
  rulesOf(app, around).map((rule) => ("alert" in rule ? rule.alert : rule.record));
const exprOf = (name: string, app: Fragment, around?: Surroundings) =>
  rulesOf(app, around).find((rule) => ("alert" in rule ? rule.alert : rule.record) === name)?.expr;

const ofPods = ["ContainerCrashLooping", "ContainerOomKilled", "PodNotReady"];
const watched = { ...component, metrics: { port: "http" } };

test("a service that nothing can ask: its pods and its quota", () => {
  const mute = service({ image: component["image"], health: { exec: ["true"] } });
  expect(namesOf(mute)).toEqual([...ofPods, "QuotaNearFull"]);
});

test("what is stopped is silent, and so is everything where nobody watches", () => {
  expect(namesOf(service({ ...watched, stopped: true }))).toEqual([]);
  const [release] = build(sceneWith({ services: { app: service(watched) } })).releases;
  if (release === undefined) throw new Error("no release");
  const { scraper: _, ...cluster } = release.facts.cluster;
  const blind = { ...release, facts: { ...release.facts, cluster } };
  expect(toHelmValues(blind).service.alertRules).toEqual({});
});

test("one that a probe asks is told of when it is slow", () => {
  expect(exprOf("ProbeSlow", service())).toBe(
    "avg_over_time(probe_duration_seconds{namespace='media-app', job='app-probe'}[5m]) > 2",
  );
  expect(exprOf("ServiceDown", service())).toContain("probe_success{");
  expect(exprOf("ProbeSlow", service(watched))).toBeUndefined();
});

test("a service that is read: whether it answers, and its objective", () => {
  const names = namesOf(service(watched));
  expect(names).toEqual([
    "slo:service_available:ratio",
    "slo:objective:ratio",
    "ServiceDown",
    "ServiceAbsent",
    ...ofPods,
    "QuotaNearFull",
  ]);
  expect(exprOf("ServiceDown", service(watched))).toBe(
    "count by (namespace, job) (min by (namespace, job, pod) (up{namespace='media-app', job='app'})) unless on (namespace, job) min by (namespace, job, pod) (up{namespace='media-app', job='app'}) == 1",
  );
});

test("what runs on every node, and is read there, is told of when one of them lacks it", () => {
  const every = { runs: { as: "daemonSet" } };
  expect(exprOf("ServiceDownOnNode", service({ ...watched, ...every }))).toBe(
    "rzp:daemon_pods_missed:count{namespace='media-app'} > 0",
  );
  expect(namesOf(service(watched))).not.toContain("ServiceDownOnNode");
  const unread = service({ image: component["image"], health: { exec: ["true"] }, ...every });
  expect(namesOf(unread)).not.toContain("ServiceDownOnNode");
});

describe("objectives", () => {
  const said = (objective: unknown) => service({ ...watched, objective });
  test("are the tier's unless said", () => {
    expect(exprOf("slo:objective:ratio", service(watched))).toBe("vector(0.99)");
    expect(exprOf("slo:objective:ratio", said(99.9))).toBe("vector(0.999)");
    expect(exprOf("slo:objective:ratio", said(99.95))).toBe("vector(0.9995)");
  });
  test("are none with a reason", () => {
    const none = said({ because: "an experiment", value: false });
    expect(exprOf("slo:objective:ratio", none)).toBeUndefined();
    expect(exprOf("ServiceDown", none)).toBeDefined();
  });
  test("ask every component that can be asked, and count one that is not there as away", () => {
    const app = composed({ main: watched, web: watched, nightly: schedule });
    expect(exprOf("slo:service_available:ratio", app)).toBe(
      "count(max by (job) (min by (namespace, job, pod) (up{namespace='media-app', job='app'}) == 1) or max by (job) (min by (namespace, job, pod) (up{namespace='media-app', job='web'}) == 1)) == bool 2 or vector(0)",
    );
    expect(exprOf("slo:service_available:ratio", service(watched))).toBe(
      "max(min by (namespace, job, pod) (up{namespace='media-app', job='app'})) or vector(0)",
    );
  });
});

describe("volumes", () => {
  const keeping = (volume: Fragment, more: Fragment = {}) =>
    service({ ...component, ...more, storage: { data: { at: "/data", ...volume } } });
  const asked = (app: Fragment) => exprOf("VolumeAlmostFull", app);
  const claim = { holds: "state", size: "1Gi" };

  test("are asked for by the name of their claim", () => {
    expect(asked(keeping(claim))).toContain("persistentvolumeclaim='data'");
    expect(asked(keeping({ ...claim, adopt: "old-data" }))).toContain("'old-data'");
    expect(asked(keeping(claim, { runs: { as: "statefulSet" } }))).toContain(
      "persistentvolumeclaim=~'data-app-[0-9]+'",
    );
  });
  test("that are no claims raise none", () => {
    expect(asked(keeping({ holds: "scratch" }))).toBeUndefined();
    expect(asked(keeping({ holds: "share", share: "media" }))).toBeUndefined();
  });
});

test("only a limit of processor time can hold a container back", () => {
  const asking = (more: Fragment) =>
    service({ ...component, resources: { cpu: "100m", memory: "64Mi", ...more } });
  expect(exprOf("ContainerThrottled", asking({}))).toBeUndefined();
  expect(exprOf("ContainerThrottled", asking({ cpuLimit: "1" }))).toBe(
    ["throttled_periods", "periods"]
      .map(
        (counted) =>
          `sum by (namespace, pod, container) (increase(container_cpu_cfs_${counted}_total{namespace='media-app', container='main'}[5m]))`,
      )
      .join(" / ") + " > 0.25",
  );
});

test("a schedule is overdue after its widest gap, a run and an hour; a job that runs once never is", () => {
  const night = service(schedule);
  expect(exprOf("JobOverdue", night)).toBe(
    `rzp:schedule_since_success:seconds{namespace='media-app', cronjob='app'} > ${24 * 3600 + 2 * 3600} unless on (namespace, cronjob) (time() - rzp:schedule_suspended:time{namespace='media-app', cronjob='app'} < 93600 unless on (namespace, cronjob) kube_cronjob_spec_suspend{namespace='media-app', cronjob='app'} == 1)`,
  );
  const once = service({ ...schedule, runs: { as: "job", endsWithin: "1h" } });
  expect(namesOf(once)).toContain("JobFailed");
  expect(namesOf(once)).not.toContain("JobOverdue");
});

const operator = (name: string) => ({
  services: {
    [name]: chart(
      { it: { pods: { app: name }, ports: { metrics: 8080 }, metrics: { port: "metrics" } } },
      {
        tier: "platform",
        chart: { from: `oci://registry.example.com/charts/${name}`, version: "1.0.0" },
      },
    ),
  },
});

test("of an upstream chart every claim of its namespace is asked for", () => {
  const app = chart({ it: { pods: { app: "it" } } });
  expect(exprOf("VolumeAlmostFull", app)).toBe(
    "rzp:volume_left:ratio{namespace='media-app', persistentvolumeclaim=~'.+'} < 0.05",
  );
});

test("a Secret that is fetched is told of where External Secrets is read, once however many keys it has", () => {
  const secret = { TOKEN: { secret: "token" }, KEY: { secret: "key" } };
  const about = (key: string) => ({ [key]: { about: "Something" } });
  const app = service({
    ...component,
    env: secret,
    secrets: { ...about("token"), ...about("key") },
  });
  const around = operator("external-secrets");
  expect(exprOf("ExternalSecretNotReady", app, around)).toBe(
    "60 * count_over_time((rzp:external_secret_not_ready:max{namespace='media-app'})[1d:1m]) and rzp:external_secret_not_ready:max{namespace='media-app'}",
  );
  expect(namesOf(app, around).filter((name) => name === "ExternalSecretNotReady")).toHaveLength(1);
  expect(exprOf("ExternalSecretNotReady", app)).toBeUndefined();
  expect(exprOf("ExternalSecretNotReady", app, operator("cert-manager"))).toBeUndefined();
  expect(exprOf("ExternalSecretNotReady", service(), around)).toBeUndefined();
});

test("certificates are told of where objects ask for some, and cert-manager is asked about them", () => {
  const bringing = (kind: string, metadata: Fragment) =>
    service({
      ...component,
      objects: { it: { apiVersion: "gateway.networking.k8s.io/v1", kind, metadata, spec: {} } },
    });
  const annotations = { "cert-manager.io/cluster-issuer": "letsencrypt" };
  const around = operator("cert-manager");
  expect(namesOf(bringing("Gateway", { annotations }), around)).toEqual(
    expect.arrayContaining(["CertificateExpiring", "CertificateNotReady"]),
  );
  expect(namesOf(bringing("Gateway", {}), around)).not.toContain("CertificateExpiring");
  expect(namesOf(bringing("Gateway", { annotations }))).not.toContain("CertificateExpiring");
});
