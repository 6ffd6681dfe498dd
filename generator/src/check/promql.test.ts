import { expect, test } from "vitest";
import { objectiveExpressions, recordedObjectives } from "../model/alerts/objectives.ts";
import { recorded } from "../model/alerts/recorded.ts";
import { metricsIn } from "./promql.ts";

test.each<[string, readonly string[]]>([
  ["up == 0", ["up"]],
  ["vector(1)", []],
  ["absent(up{namespace='a', job='b'})", ["up"]],
  ["max by (namespace, job) (pg_up{job='kube_x'}) == 0", ["pg_up"]],
  ["rate(a_total[5m]) / on (x) group_left (y) b", ["a_total", "b"]],
  ["sum(a) by (pod) > bool 1e3 or a unless on () c offset 5m", ["a", "c"]],
  ["slo:x:ratio > 14.4 * slo:y:ratio", ["slo:x:ratio", "slo:y:ratio"]],
  ["time() - kube_x < +Inf", ["kube_x"]],
  ["a # not b\n + c{x='#'} + d", ["a", "c", "d"]],
  ["label_replace(m, 'a', '$1', 'b', '(.+)')", ["m"]],
])("%s", (expression, metrics) => {
  expect(metricsIn(expression)).toEqual(metrics);
});

test("nothing in our own rules is taken for a metric that is none", () => {
  const ours = [
    ...Object.values(recorded),
    ...Object.values(objectiveExpressions),
    ...Object.values(recordedObjectives).flatMap(({ records }) => records.map(([, expr]) => expr)),
  ];
  const found = new Set(ours.flatMap(metricsIn));
  expect(
    [...found].filter(
      (name) =>
        !/^(up$|(kube|kubelet|container|certmanager|argocd|externalsecret|blackbox_exporter)_)|^(rzp|slo):/.test(
          name,
        ),
    ),
  ).toEqual([]);
  expect(found.size).toBeGreaterThan(25);
});
