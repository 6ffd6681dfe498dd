/**
 * publicNames are taken out of a cluster whose nodes somebody else made: what was made goes all the same, and a cluster that never had
 * any needs neither engine nor passphrase. Not run with the upstream plugin (test/fakes/cloudflare/plugin.ts).
 */
import { rmSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { machineBackend } from "../../../src/commands/machine-backends.ts";
import { startTimer } from "../../../src/timer.ts";
import { placed, readFacts } from "../../../src/facts.ts";
import { line, startNames, token, type NamesLab } from "../names.ts";

let lab: NamesLab;
/** What Cloudflare knows. */
const tokens = [token];
beforeAll(async () => {
  lab = await startNames({ tokens });
});
afterAll(() => lab?.[Symbol.asyncDispose]());

/** What `npm run infra` does, whatever the nodes are. */
async function infra(
  word: "preview" | "up" | "destroy",
  {
    allow = [] as readonly string[],
    ...environment
  }: Record<string, string | readonly string[]> = {},
): Promise<readonly string[]> {
  const facts = await readFacts(lab.root, "lab");
  if (!("cluster" in facts)) return facts.map(line);
  const said: string[] = [];
  const order = {
    root: lab.root,
    cluster: "lab",
    allow: [allow].flat(),
    phases: startTimer(() => {}),
    say: (text: string) => void said.push(...text.trimEnd().split("\n")),
    environment: { ...lab.variables, ...environment } as Record<string, string>,
  };
  const problems = await placed(facts, await machineBackend(facts, order)[word](order));
  return [...said, ...problems.map(line)];
}
const nothing = {
  PULUMI_CONFIG_PASSPHRASE: "",
  CLOUDFLARE_API_TOKEN: "",
  CLOUDFLARE_BASE_URL: "",
};
const isThere = "1 node of lab are there already: nothing would be made";
const stays = "1 node of lab were not made here, so nothing is removed";

test("what never had any asks for nothing, and makes no state", async () => {
  lab.write({ publicNames: "" });
  expect(await infra("preview", nothing)).toEqual([isThere]);
  expect(await infra("up", nothing)).toEqual([]);
  expect(await infra("destroy", nothing)).toEqual([stays]);
  expect(lab.fake.calls).toEqual([]);
});

test("a bucket is asked, as nothing else tells what it holds", async () => {
  expect(await infra("preview", { ...nothing, RZP_STATE: "s3://states" })).toEqual([
    isThere,
    expect.stringMatching(/^CREDENTIAL_MISSING PULUMI_CONFIG_PASSPHRASE is not set/),
  ]);
});

test("what it had is guarded, and removed when it is allowed by its names", async () => {
  lab.write({});
  expect((await infra("up")).filter((said) => said.startsWith("CHANGE"))).toEqual([]);
  const names = lab.fake.records().map(({ name }) => name);
  expect(names.sort()).toEqual(["gateway-lab.example.com", "photos.example.com"]);
  lab.write({ publicNames: "" });
  expect((await infra("up", nothing)).at(-1)).toMatch(
    /^CREDENTIAL_MISSING PULUMI_CONFIG_PASSPHRASE/,
  );
  const withoutToken = { CLOUDFLARE_API_TOKEN: "", CLOUDFLARE_BASE_URL: "" };
  expect(await infra("preview", withoutToken)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/REMOVE +photos\.example\.com/),
      "CHANGE_GUARDED photos.example.com would be removed: nobody would find photos.example.com any more | undo the edit, or allow it: --allow photos.example.com",
    ]),
  );
  expect(lab.fake.records()).toHaveLength(2);
  const left = await infra("up", { ...withoutToken, allow: [...names, "rzp-lab"] });
  expect(left).toContain(
    "  removed  photos.example.com       CNAME gateway-lab.example.com, through Cloudflare",
  );
  expect(lab.fake.records()).toEqual([]);
  expect(lab.fake.tunnels().filter(({ deleted }) => !deleted)).toEqual([]);
  // Nothing is left that anybody would have to know.
  expect(await infra("preview", nothing)).toEqual([isThere]);
});

test("they go with the token of now, where the one they were made with is void", async () => {
  lab.write({});
  await infra("up");
  const other = { ...token, value: `cfut_${"b".repeat(40)}` };
  tokens.splice(0, 1, other);
  lab.write({ publicNames: "" });
  const allow = ["gateway-lab.example.com", "photos.example.com", "rzp-lab"];
  expect((await infra("up", { allow })).at(-1)).toMatch(/^CHANGE_FAILED/);
  const left = await infra("up", { allow, CLOUDFLARE_API_TOKEN: other.value });
  expect(left.filter((said) => said.startsWith("CHANGE"))).toEqual([]);
  expect(lab.fake.records()).toEqual([]);
  rmSync(path.join(lab.root, ".infra"), { recursive: true });
});
