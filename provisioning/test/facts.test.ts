/** Facts of a cluster as commands get them: what `npm run check` refuses, none of them goes on with. */
import { expect, test } from "vitest";
import { createRepository } from "../../generator/test/support/repository.ts";
import { readFacts } from "../src/facts.ts";
import { carrierFile, rackFile } from "./engine/rack-file.ts";

const read = async (cluster: string) => {
  using repository = createRepository();
  repository.write("environments/rack/environment.ts", carrierFile);
  repository.write("environments/clusters/rack.ts", cluster);
  return await readFacts(repository.root, "rack");
};
const rack = rackFile("https://10.0.40.2:8006", {});

test("a cluster with its own carrier has facts", async () => {
  expect(await read(rack)).toMatchObject({ name: "rack", cluster: { carrier: "rack" } });
});

test("a carrier on another cluster is refused as by check", async () => {
  expect(await read(rack.replace('carrier: "rack"', 'carrier: "prod"'))).toEqual([
    expect.objectContaining({
      code: "CARRIER_ELSEWHERE",
      message: "prod, which is to carry rack, is on cluster home",
      fix: 'write carrier: "rack"',
    }),
  ]);
});
