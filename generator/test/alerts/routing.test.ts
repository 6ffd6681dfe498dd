/** Who is told, as the environment that carries Alertmanager says. */
import { expect, test } from "vitest";
import { build } from "../model-leaves/build.ts";
import { component, scene, sceneWith, service } from "../model-leaves/scene.ts";
import type { Fragment } from "../model-leaves/fixture.ts";
import { alertConsequences } from "../../src/explain/alerts.ts";
import { seconds } from "../../src/model/units.ts";
import { platformRules } from "../../src/release/monitoring/platform-rules.ts";
import { checkAlertRouting } from "../../src/resolve/cluster/alert-routing.ts";
import { toHelmValues } from "../../src/values/helm-values.ts";

/** In: what the environment says that carries Alertmanager, and what its cluster does. */
const carrying = (environment: Fragment, cluster: Fragment = {}) =>
  build(
    sceneWith({
      services: { app: service(component) },
      clusters: {
        home: {
          scraper: { namespace: "media-app", podLabels: { "app.kubernetes.io/name": "app" } },
          ...cluster,
        },
      },
      environments: { prod: { ...scene.environments["prod"], ...environment } },
    }),
  );

function built(more: Fragment) {
  const alerts = {
    receivers: { phone: { ntfy: { secret: "ntfy" } } },
    otherwise: "phone",
    ...more,
  };
  const { releases, problems } = carrying({ alerts });
  expect(problems.filter(({ code }) => code !== "ALERTS_UNGUARDED")).toEqual([]);
  const [release] = releases;
  if (release === undefined) throw new Error("no release");
  return { release, routing: toHelmValues(release).service.alertRouting["prod"] };
}

const routesOf = (more: Fragment) => built(more).routing?.routes;

test.for([
  [undefined, "5m", "150s"],
  ["1m", "1m", "30s"],
  ["1h30m", "1h30m", "2700s"],
  ["5s", "5s", "3s"],
] as const)("a dead man's switch every %s is told at every look", ([every, interval, repeat]) => {
  const routes = routesOf({ deadMansSwitch: { to: "phone", ...(every && { every }) } });
  expect(routes).toEqual([
    { to: "phone", matches: { alertname: ["Watchdog"] }, wait: "0s", interval, repeat },
  ]);
  // Told at one look, it is due at the next, however long the telling took within that time.
  expect(seconds(repeat)).toBeLessThan(seconds(interval));
});

test.for([
  ["nothing is said", {}, [{ code: "ALERTS_UNGUARDED", severity: "warning" }]],
  ["a reason is said", { deadMansSwitch: { because: "nobody listens", value: false } }, []],
  ["there is one", { deadMansSwitch: { to: "phone" } }, []],
] as const)("check and explain on a dead man's switch where %s", ([, said, problems]) => {
  const { release, routing } = built(said);
  expect(checkAlertRouting([release])).toMatchObject(problems);
  const hasSwitch = "deadMansSwitch" in said && "to" in said.deadMansSwitch;
  expect(routing?.ignores).toBe(hasSwitch ? undefined : "Watchdog");
  const told = alertConsequences(release).filter(({ about }) => about === "dead man's switch");
  expect(told.map(({ says }) => says)).toEqual(
    hasSwitch ? [] : [expect.stringMatching(/^there is none: while Prometheus/)],
  );
  const reason = "deadMansSwitch" in said ? { reason: "nobody listens" } : { absent: true };
  expect(told.flatMap(({ causes }) => causes)).toMatchObject(hasSwitch ? [] : [reason]);
});

test("other routes keep the times of all", () => {
  expect(routesOf({ routes: [{ to: "phone", tiers: ["media"] }] })).toEqual([
    { to: "phone", matches: { tier: ["media"], severity: ["critical", "warning"] } },
  ]);
});

test("no warning about the platform is kept silent: its alerts have one service, and are about many things", () => {
  const { release, routing } = built({});
  const labels = platformRules(release.facts, [release]).flatMap(({ labels: own }) =>
    own === undefined ? [] : [own],
  );
  expect(labels).toEqual([
    { environment: "prod", service: routing?.platform, tier: "environment" },
  ]);
});

test("only the receiver of the dead man's switch gets no message when an alert is resolved", () => {
  const receivers = {
    phone: { ntfy: { secret: "ntfy" } },
    switch: { webhook: { secret: "switch" } },
  };
  const beats = (more: Fragment) =>
    built({ receivers, ...more }).routing?.receivers.map(({ name, beat }) => [name, beat]);
  expect(beats({ deadMansSwitch: { to: "switch" } })).toEqual([
    ["phone", undefined],
    ["switch", true],
  ]);
  expect(beats({})).toEqual([
    ["phone", undefined],
    ["switch", undefined],
  ]);
});

test("nobody is told: a warning, or a reason, after which nothing is rendered of it", () => {
  const told = (environment: Fragment, cluster?: Fragment) =>
    checkAlertRouting(carrying(environment, cluster).releases);
  const silent = { alerts: { because: "somebody looks every day", value: false } };
  expect(told({})).toMatchObject([{ code: "ALERTS_UNTOLD", severity: "warning" }]);
  expect(told(silent)).toEqual([]);
  const [release] = carrying(silent).releases;
  expect(release && toHelmValues(release).service.alertRouting).toEqual({});
  const elsewhere = { scraper: { namespace: "monitoring", podLabels: { app: "prometheus" } } };
  expect(told({}, elsewhere), "a Prometheus of others").toEqual([]);
});
