/**
 * What goes wrong in the middle of `up` of names, and how the next one mends it; the command as a process of its own. Not run with
 * the upstream plugin of Cloudflare (test/fakes/cloudflare/plugin.ts).
 */
import path from "node:path";
import { execa } from "execa";
import { afterEach, expect, test } from "vitest";
import { waitFor } from "../../../../generator/cluster/wait.ts";
import { hidden, line, startNames, zone, type NamesLab } from "../names.ts";

let lab: NamesLab;
afterEach(() => lab?.[Symbol.asyncDispose]());

const command = (word: string, env: Readonly<Record<string, string>> = {}) =>
  execa(process.execPath, [path.resolve(import.meta.dirname, "../../../src/cli.ts"), word, "lab"], {
    cwd: lab.root,
    env: { ...lab.variables, INIT_CWD: lab.root, KUBECONFIG: "", RZP_STATE: "", ...env },
    reject: false,
    detached: true,
  });
const up = async () => (await lab.infra("up")).problems.map(line);
const names = () =>
  lab.fake
    .records()
    .map(({ name }) => name)
    .sort();

/** An engine that is killed when it has asked for something. Cloudflare takes its time: nobody is there any more when that is answered. */
async function killWhileAsking(): Promise<void> {
  lab = await startNames({ delay: 400 });
  const child = command("up");
  await waitFor(() => lab.fake.asked.some(({ method }) => method === "POST"), {
    for: "a record or tunnel that is asked for",
    seconds: 60,
  });
  process.kill(-(child.pid ?? 0), "SIGKILL");
  await child;
}

test("an engine that is killed leaves a lock; freed, the next run makes again what nobody knows, and nothing is there twice", async () => {
  await killWhileAsking();
  expect(await up()).toEqual([expect.stringMatching(/^STATE_LOCKED .*unlock lab$/)]);
  expect(lab.fake.records().length + lab.fake.tunnels().length).toBeGreaterThan(0);
  expect((await lab.infra("unlock")).problems).toEqual([]);
  expect(await up()).toEqual([]);
  expect(lab.fake.tunnels().filter(({ deleted }) => !deleted)).toHaveLength(1);
  expect(names()).toEqual(["gateway-lab.example.com", "photos.example.com"]);
  expect((await lab.infra("up")).text).toBe("  keep     4\n  kept     4\n");
});

test("what was left over stays known as ours when Cloudflare does not let it be removed", async () => {
  await killWhileAsking();
  expect((await lab.infra("unlock")).problems).toEqual([]);
  lab.fake.fail({ method: "DELETE", status: 500, message: "Internal error", times: 1 });
  expect(await up()).toEqual([
    expect.stringMatching(/^CLOUDFLARE_UNREACHABLE .* gives no answer: 500 Internal error/),
  ]);
  expect(await up()).toEqual([]);
  expect(lab.fake.tunnels().filter(({ deleted }) => !deleted)).toHaveLength(1);
  expect(names()).toEqual(["gateway-lab.example.com", "photos.example.com"]);
});

test("names that were asked for by an engine that was killed may not be taken out of the facts", async () => {
  await killWhileAsking();
  expect((await lab.infra("unlock")).problems).toEqual([]);
  const left = lab.fake.records().length + lab.fake.tunnels().length;
  lab.write({ publicNames: "" });
  const refused = (await lab.infra("preview")).problems.map(line);
  expect(refused.length).toBeGreaterThan(0);
  expect(await up()).toEqual(refused);
  for (const problem of refused)
    expect(problem).toMatch(
      /^CLOUDFLARE_TAKEN a command that was killed had asked Cloudflare for \S+, which is not said to be ours any more \| write publicNames again, and `npm run infra -- up lab`; then take them out$/,
    );
  expect(lab.fake.records().length + lab.fake.tunnels().length).toBe(left);

  lab.write({});
  expect(await up()).toEqual([]);
  lab.write({ publicNames: "" });
  const { problems } = await lab.infra("up", ...names(), "rzp-lab");
  expect(problems.map(line)).toEqual([]);
  expect(names()).toEqual([]);
});

test("the command tells what stands against it with its place, and no token", async () => {
  lab = await startNames();
  const content = "198.51.100.7";
  const record = { zone, type: "A", content, proxied: false, ttl: 300, comment: null };
  lab.fake.put({ ...record, name: "photos.example.com" });
  const said = await command("preview");
  expect(said.exitCode).toBe(2);
  expect(said.stderr).toContain(
    "environments/clusters/lab.ts:15:24  error  CLOUDFLARE_TAKEN\n  photos.example.com is a record in the zone already, which our state does not know: A 198.51.100.7",
  );
  const missing = await command("preview", { CLOUDFLARE_API_TOKEN: "" });
  expect(missing.stderr).toContain("CREDENTIAL_MISSING");
  const told = await command("token");
  expect(told.exitCode).toBe(0);
  expect(told.stdout).toContain(
    "rzp-lab-cert-manager: Zone Read, DNS Edit of the zone example.com",
  );
  const texts = [said, missing, told].map(({ stdout, stderr }) => stdout + stderr).join("\n");
  for (const secret of hidden) expect(texts).not.toContain(secret);
});
