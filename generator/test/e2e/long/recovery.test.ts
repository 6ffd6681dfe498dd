/**
 * An environment comes back after a disaster: the commands of `npm run dr-plan`, one after the other, on a new cluster with a real Argo
 * CD. What keeps data does not start before its data is there; without the order it would.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import {
  applicationsOf,
  followApplications,
  isSettled,
  standingOf,
  waitUntilSettled,
} from "../../../cluster/argo-cd/applications.ts";
import type { Api } from "../../../cluster/api.ts";
import { waitFor } from "../../../cluster/wait.ts";
import { figure, usePlayground } from "../local.ts";
import {
  data,
  loseEverything,
  makeSmall,
  planOf,
  type Lost,
} from "../stand-ins/recovery-ground.ts";
import type { Claim } from "../stand-ins/velero-objects.ts";

const claimsPath = "/api/v1/persistentvolumeclaims";
const schedulesPath = "/apis/velero.io/v1/schedules";

describe("in the order of the plan", () => {
  const playground = usePlayground("prod");
  let lost: Lost;
  beforeAll(async () => {
    lost = await loseEverything(playground());
  });
  afterAll(() => lost.velero.stop());

  test("what keeps data starts on the data that was restored, and nothing is backed up before", async () => {
    const { cluster, publish, count, repository } = playground();
    const { api } = cluster;
    const { commit } = await publish("prod, lost", makeSmall);
    const begun = whatBegins(api, lost);
    const applications = followApplications(api);
    const start = performance.now();
    for (const { name, commands } of await planOf()) {
      const begin = performance.now();
      if (name === "backups") await lost.publish();
      for (const command of commands) await lost.run(command);
      figure(`${name}: ${commands.length} commands in`, performance.now() - begin);
      if (name === "platform") {
        // The command waited for all that this root lets in, and for nothing else.
        const there = await applicationsOf(api);
        expect(there.map(({ metadata }) => metadata.name).toSorted()).toEqual(
          letIn(repository.tree, "platform"),
        );
        expect(there.filter((one) => !isSettled(one)).map(standingOf)).toEqual([]);
        expect(await api.list(claimsPath)).toEqual([]);
      }
      if (name !== "all") expect(await api.list(schedulesPath)).toEqual([]);
    }
    await waitUntilSettled(applications, { commit, count: count(), seconds: 400 });
    applications.stop();
    figure(`${count()} Applications are back in`, performance.now() - start);

    expect(await begun.stop()).toEqual([]);
    expect(begun.seen()).toEqual(Object.keys(data).toSorted());
    for (const one of await dataClaims(api)) expect(await lost.isRestored(one)).toBe(true);
    expect((await api.list(schedulesPath)).length).toBeGreaterThan(0);
  });
});

describe("without the order", () => {
  const playground = usePlayground("prod");
  let lost: Lost;
  beforeAll(async () => {
    lost = await loseEverything(playground());
  });
  afterAll(() => lost.velero.stop());

  test("a service begins anew on an empty volume, and a restore changes nothing of it", async () => {
    const { cluster, publish, begin } = playground();
    const { api } = cluster;
    await publish("prod, lost", makeSmall);
    const begun = whatBegins(api, lost);
    await begin();
    await waitFor(() => begun.seen().includes("media-sonarr"), {
      for: "sonarr to start",
      seconds: 400,
    });
    expect(await begun.stop()).toContain("media-sonarr began without its data");
    await lost.publish();
    const step = (await planOf()).find(({ name }) => name.endsWith("-standard"));
    for (const command of step?.commands ?? []) await lost.run(command);
    const [claim] = await dataClaims(api, ["media-sonarr"]);
    expect(claim).toBeDefined();
    expect(await lost.isRestored(claim)).toBe(false);
  });
});

/** Claims that hold data, by namespace; undefined where there is none. */
const dataClaims = (api: Api, namespaces = Object.keys(data)): Promise<(Claim | undefined)[]> =>
  Promise.all(
    namespaces.map(async (namespace) => {
      const path = `/api/v1/namespaces/${namespace}/persistentvolumeclaims/${data[namespace]}`;
      const { status, body } = await api.call("GET", path);
      return status === 200 ? (body as Claim) : undefined;
    }),
  );

/** Notes what begins in namespaces with data: pods, and databases. */
function whatBegins(api: Api, { isRestored }: Lost) {
  const seen = new Map<string, Promise<boolean>>();
  const judge = async (namespace: string): Promise<boolean> => {
    const [claim] = await dataClaims(api, [namespace]);
    return isRestored(claim);
  };
  const stops = ["/api/v1/pods", "/apis/postgresql.cnpg.io/v1/clusters"].map((path) =>
    api.watch(path, ({ object: { metadata } }) => {
      const { namespace = "" } = metadata;
      if (data[namespace] === undefined || seen.has(namespace)) return;
      seen.set(namespace, judge(namespace));
    }),
  );
  return {
    /** Namespaces in which something has begun. */
    seen: () => [...seen.keys()].toSorted(),
    /** Out: what was wrong when it began. */
    stop: async (): Promise<string[]> => {
      for (const stop of stops) stop();
      const judged = await Promise.all(
        [...seen].map(async ([namespace, isRight]) => [namespace, await isRight] as const),
      );
      return judged.flatMap(([namespace, isRight]) =>
        isRight ? [] : [`${namespace} began without its data`],
      );
    },
  };
}

/** Applications that a root lets in, and itself. */
function letIn(tree: string, stage: string): string[] {
  const folder = join(tree, "kubernetes/prod");
  const file = join(folder, `_recovery/application-prod.${stage}.yaml`);
  const { spec } = parse(readFileSync(file, "utf8")) as {
    readonly spec: { readonly source: { readonly directory: { readonly exclude: string } } };
  };
  const out = new Set(spec.source.directory.exclude.slice(1, -1).split(","));
  return [
    ...readdirSync(join(folder, "_argocd"))
      .filter((name) => name.startsWith("application-") && !out.has(name))
      .map((name) => name.replace(/^application-(.*)\.yaml$/, "$1")),
    "prod",
  ].toSorted();
}
