/**
 * The counter-proof of the order: where Argo CD judges Applications as its documentation says, the same judgement as in
 * `synced.test.ts` finds who came too early. What is shipped keeps the order also without a delay between waves.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { waitUntilSettled } from "../../../cluster/argo-cd/applications.ts";
import { startPlayground, type Playground } from "../../../cluster/playground.ts";
import type { Copy } from "../copy.ts";
import { figure, platformOf, useStarted } from "../local.ts";
import { followOrder, tooEarly } from "../order.ts";
import { smallRepository } from "../small.ts";
import { holdPods } from "../spoil.ts";

const environment = "prod";
const folder = mkdtempSync(path.join(tmpdir(), "rzp-e2e-order-"));
let copy: Copy;
beforeAll(async () => {
  copy = await smallRepository(folder, ["argo-cd", "external-secrets", "valkey"]);
  const image = ["--image", "ghcr.io/me/my-app:1.2.3", "--port", "8080"];
  await copy.run("new-service", "my-app", ...image, "--environment", environment);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A database is held unready, for which applications wait. */
const hold = holdPods("valkey/statefulset-valkey.yaml", 8);

/** Starts Argo CD with no delay between waves. In: the health check of Applications, given Argo CD's module; none is the shipped one. */
const useArgoCd = (check?: (module: string) => string): (() => Playground) =>
  useStarted(async (ground) =>
    startPlayground({
      ...ground,
      root: copy.root,
      platform: await platformOf(copy.root),
      environment,
      argoCd: {
        controller: { ARGOCD_SYNC_WAVE_DELAY: "0" },
        settings: check === undefined ? {} : { [key]: check(ground.programs.modules.argocd) },
      },
    }),
  );

const key = "resource.customizations.health.argoproj.io_Application";

/** The one of "Argocd App" in Argo CD's documentation: it copies what an Application says of its health. */
function documented(module: string): string {
  const page = readFileSync(path.join(module, "docs/operator-manual/health.md"), "utf8");
  const script = new RegExp(`${key}: \\|\n((?: {4}.*\n)+)`).exec(page)?.[1];
  if (script === undefined) throw new Error("Argo CD's documentation has no such check any more");
  return script.replaceAll(/^ {4}/gm, "");
}

/** Brings all of it up from nothing. Out: who came too early. */
async function broughtUp({
  cluster,
  publish,
  begin,
  count,
}: Playground): Promise<readonly string[]> {
  const { commit } = await publish("from nothing", hold);
  const { applications, times } = followOrder(cluster.api, environment);
  const start = performance.now();
  await begin();
  await waitUntilSettled(applications, { commit, count: count(), seconds: 300 });
  const layers = new Set([...times.values()].map(({ wave }) => wave)).size;
  figure(
    `${count()} Applications of ${layers} layers synced and healthy in`,
    performance.now() - start,
  );
  const early = tooEarly(times);
  const who = new Set(early.map((sentence) => sentence.split(" ", 1)[0]));
  process.stdout.write(`${who.size} Applications came too early\n`);
  return early;
}

describe("with the health check of Argo CD's documentation", () => {
  const playground = useArgoCd(documented);
  test("applications come before the database they wait for", async () => {
    const early = await broughtUp(playground());
    expect(early).toContain("prod.my-app came before prod.valkey was healthy");
  });
});

describe("with the health check that is shipped", () => {
  const playground = useArgoCd();
  test("no layer begins before the one below is healthy", async () => {
    expect(await broughtUp(playground())).toEqual([]);
  });
});
