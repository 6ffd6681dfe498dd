/** Argo CD brings prod up from nothing, layer by layer. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import {
  followApplications,
  isSettled,
  waitUntilSettled,
  type Application,
} from "../../cluster/argo-cd/applications.ts";
import { figure, usePlayground } from "./local.ts";

const playground = usePlayground("prod");

/** When an Application came, and when it first was synced and healthy; milliseconds since the push. */
interface Times {
  readonly wave: number;
  readonly created: number;
  settled?: number;
}

/** Holds one database unready for 20 s. */
const slowDatabase = { service: "postgres", file: "cluster-postgres.yaml", seconds: 20 };

function slowDown(environment: string): void {
  const file = path.join(environment, slowDatabase.service, slowDatabase.file);
  const text = readFileSync(file, "utf8");
  const annotation = `\n    rzp.local/ready-after: ${slowDatabase.seconds}s`;
  writeFileSync(file, text.replace(/^ {2}annotations:$/m, `$&${annotation}`));
}

test("no layer begins before the one below is healthy, and nobody waits for another of its layer", async () => {
  const { cluster, publish, begin, count: countOf } = playground();
  const commit = await publish("prod from nothing", slowDown);
  const times = new Map<string, Times>();
  const start = performance.now();
  const applications = followApplications(cluster.api, (application) => {
    note(times, application, performance.now() - start);
  });
  const count = countOf();
  await begin();
  await waitUntilSettled(applications, commit, { count, seconds: 500 }).finally(applications.stop);
  figure(`${count} Applications synced and healthy in`, performance.now() - start);

  // The root is all of them.
  times.delete("prod");
  const early = [...times].flatMap(([name, { wave, created }]) =>
    [...times]
      .filter(([, below]) => below.wave < wave && (below.settled ?? Infinity) > created)
      .map(([below]) => `${name} came before ${below} was healthy`),
  );
  expect(early).toEqual([]);
  const database = times.get("prod.postgres");
  expect((database?.settled ?? 0) - (database?.created ?? 0)).toBeGreaterThan(
    slowDatabase.seconds * 1_000,
  );
  // Those of one layer come together, though one of them takes its time.
  for (const [wave, own] of Map.groupBy(times.values(), (one) => one.wave)) {
    const created = own.map((one) => one.created);
    const span = Math.max(...created) - Math.min(...created);
    process.stdout.write(
      `wave ${wave}: ${own.length} Applications came within ${(span / 1000).toFixed(1)} s\n`,
    );
    expect(span).toBeLessThan(15_000);
  }
});

function note(times: Map<string, Times>, application: Application, at: number): void {
  const { name, annotations } = application.metadata;
  const wave = Number(annotations?.["argocd.argoproj.io/sync-wave"] ?? 0);
  const known = times.get(name) ?? { wave, created: at };
  times.set(name, known);
  if (isSettled(application)) known.settled ??= at;
}
