/** The programs as they are rendered, with the step that RZP writes: to which stream a line goes. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { z } from "zod";
import { VectorConfiguration } from "../../../../src/model/vector.ts";
import { projectRoot } from "../../../support/repository.ts";
import { runVrl } from "./vrl.ts";

const slow = { timeout: 1_800_000 };
const ConfigMap = z.object({ data: z.record(z.string(), z.string()) });
const kubernetes = join(projectRoot, "kubernetes");
const folderOf = (environment: string) => join(kubernetes, environment, "vector");
const carriers = readdirSync(kubernetes).filter((environment) => {
  try {
    return readdirSync(folderOf(environment)).length > 0;
  } catch {
    return false;
  }
});

test("vector runs once on each cluster", () => {
  expect(carriers).toEqual(["dev", "prod"]);
});

test.for(carriers)("in %s each line goes to the stream of its tier", slow, async (environment) => {
  const file = join(folderOf(environment), "configmap-vector-files.yaml");
  const { data } = ConfigMap.parse(load(readFileSync(file, "utf8")));
  const { transforms } = VectorConfiguration.parse(
    JSON.parse(data["etc.vector.vector.json"] ?? ""),
  );
  const programs = Object.values(transforms).map(
    ({ file: path, source }) => source ?? data[path?.slice(1).replaceAll("/", ".") ?? ""] ?? "",
  );
  const lineOf = (namespace_labels: object | undefined) => ({
    message: "hello",
    timestamp: "2026-11-25T10:00:00Z",
    stream: "stderr",
    kubernetes: { pod_namespace: "x", namespace_labels },
  });
  const of = (name: string, tier: string) => ({
    "rzp.local/environment": name,
    "rzp.local/tier": tier,
  });
  const events = [
    of(environment, "media"),
    of("staging", "media"),
    of(environment, "x"),
    undefined,
  ];
  const [verdict] = await runVrl([{ programs, events: events.map(lineOf) }]);
  if (verdict === undefined || "refused" in verdict) throw new Error(verdict?.refused);
  const streams = verdict.events.map((one) => ("event" in one ? one.event["stream"] : one));
  const ofStaging = environment === "dev" ? "staging_media" : "cluster";
  expect(streams).toEqual(["media", ofStaging, "cluster", "cluster"]);
});
