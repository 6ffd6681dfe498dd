/** A machine that is lost with its host is forgotten, and the public names of its cluster stay. */
import { expect, test } from "vitest";
import { line, startNames } from "../names.ts";
import { machinesText, nodes } from "../rack-file.ts";
import { startRack } from "../rack.ts";

test("public names stay when a machine is forgotten, and that is said", async () => {
  await using rack = await startRack();
  await using lab = await startNames();
  const facts = machinesText(rack.fake.endpoint.replace(/\/$/, ""), {});
  const { "control-1": control, "worker-1": worker } = nodes;
  lab.write({ nodes: `"control-1": ${control}, "worker-1": ${worker}`, more: facts });
  const infra = async (word: "up" | "forget", ...allow: readonly string[]) => {
    const { text, problems } = await lab.infraWith(rack.credentials, word, ...allow);
    expect(problems.map(line)).toEqual([]);
    return text;
  };
  await infra("up");
  const records = lab.fake.records();
  expect(records.length).toBeGreaterThan(0);
  expect(await infra("forget", "worker-1")).toBe(
    "worker-1 forgotten: what is left of it on its host is yours to remove\nPublic names stay as they are: they lead to the cluster, and to no host\n",
  );
  rack.fake.remove(221);
  expect(await infra("up")).toMatch(/^ +made +worker-1/m);
  expect(lab.fake.records()).toEqual(records);
});
