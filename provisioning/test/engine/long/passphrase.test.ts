/** Another passphrase for all that one opens, with the real engine; cut off half-way, each thing is opened by the old one or by the new one. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import path from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Problem } from "../../../../generator/src/problems/problem.ts";
import { keepSecrets, readSecrets, secretsPlace } from "../../../src/cluster/talos/secrets.ts";
import { changePassphrase } from "../../../src/commands/passphrase.ts";
import { startTimer } from "../../../src/timer.ts";
import { fileStore } from "../../../src/credential-stores/file.ts";
import { readFacts } from "../../../src/facts.ts";
import { openState } from "../../../src/infra.ts";
import { line, startNames, type NamesLab } from "../names.ts";
import { passphrase as old } from "../support.ts";

let lab: NamesLab;
const next = "another horse, another battery";
beforeAll(async () => {
  lab = await startNames();
  lab.write({ more: 'credentials: "file",' });
  expect((await lab.infra("up")).problems.map(line)).toEqual([]);
  await store(old).set("repository-password", "hunter2");
  await keepSecrets(place(old), { machine: "secrets of machines" });
});
afterAll(() => lab?.[Symbol.asyncDispose]());

const orderWith = (variables: Readonly<Record<string, string>>, said: string[] = []) => ({
  root: lab.root,
  cluster: "lab",
  allow: [],
  phases: startTimer(() => {}),
  say: (text: string) => void said.push(text),
  environment: { ...lab.variables, ...variables },
});
const place = (passphrase: string) => secretsPlace(orderWith({}), passphrase);
const store = (passphrase: string) =>
  fileStore({
    cluster: "lab",
    file: path.join(lab.state, "lab.credentials.age"),
    shown: "lab.credentials.age",
    passphrase,
  });

async function change(from: string, to: string): Promise<{ text: string; problems: string[] }> {
  const facts = await readFacts(lab.root, "lab");
  if (!("cluster" in facts)) throw new Error(facts.map(line).join("\n"));
  const said: string[] = [];
  const order = orderWith({ PULUMI_CONFIG_PASSPHRASE: from, RZP_NEW_PASSPHRASE: to }, said);
  const problems: readonly Problem[] = await changePassphrase(order, facts);
  return { text: said.join(""), problems: problems.map(line) };
}

/** Of state, credentials and machine secrets, which a passphrase opens. */
async function opened(passphrase: string): Promise<string[]> {
  const facts = await readFacts(lab.root, "lab");
  if (!("cluster" in facts)) throw new Error(facts.map(line).join("\n"));
  const state = await openState(orderWith({ PULUMI_CONFIG_PASSPHRASE: passphrase }), facts);
  return [
    ...("stack" in state ? ["state"] : []),
    ...((await store(passphrase).read()) instanceof Map ? ["credentials"] : []),
    ...("machine" in ((await readSecrets(place(passphrase))) ?? {}) ? ["machine secrets"] : []),
  ];
}
const all = ["state", "credentials", "machine secrets"];

test.for([
  ["", "CREDENTIAL_MISSING RZP_NEW_PASSPHRASE is not set"],
  [old, "CREDENTIAL_MISSING RZP_NEW_PASSPHRASE is the passphrase of now"],
  ["two ", "CREDENTIAL_MISSING RZP_NEW_PASSPHRASE is more than a line, or has space around it"],
  ["two\nlines", "CREDENTIAL_MISSING RZP_NEW_PASSPHRASE is more than a line, or has space around"],
] as const)("%j is none", async ([to, message]) => {
  const { problems } = await change(old, to);
  expect(problems).toEqual([expect.stringContaining(message)]);
});

test("with a wrong passphrase nothing is changed, and all that it does not open is told", async () => {
  const { problems } = await change("wrong", next);
  const told = (what: string) =>
    `STATE_UNREADABLE neither PULUMI_CONFIG_PASSPHRASE nor RZP_NEW_PASSPHRASE opens ${what}: nothing is changed | export the right one`;
  expect(problems).toEqual(
    [".infra/talos/lab.age", ".infra/lab.credentials.age", "the state"].map(told),
  );
  expect(await opened(old)).toEqual(all);
});

test("a state that is in use keeps its passphrase, and the next run goes on", async () => {
  const locks = path.join(lab.state, "state/.pulumi/locks/organization/rzp/lab");
  const lock = path.join(locks, "somebody.json");
  expect(existsSync(path.dirname(path.dirname(locks)))).toBe(true);
  writeFileSync(lock, "{}");
  expect((await change(old, next)).problems).toEqual([
    expect.stringMatching(/^STATE_LOCKED another command works on lab/),
  ]);
  const { problems } = await lab.infra("unlock");
  expect(problems).toEqual([]);
  expect(await opened(old)).toEqual(["state"]);
  expect(await opened(next)).toEqual(["credentials", "machine secrets"]);
  expect((await change(old, next)).problems).toEqual([]);
});

test("everything is opened by the new one, and by it alone", async () => {
  expect(await opened(next)).toEqual(all);
  expect(await opened(old)).toEqual([]);
  const again = await change(old, next);
  expect(again.problems).toEqual([]);
  expect(again.text).toMatch(
    /^The new passphrase opens \.infra\/talos\/lab\.age, \.infra\/lab\.credentials\.age, the state\.\n/,
  );
  expect(again.text).not.toContain(next);
  const up = await lab.infraWith({ PULUMI_CONFIG_PASSPHRASE: next }, "up");
  expect([up.text, ...up.problems.map(line)]).toEqual(["  keep     4\n  kept     4\n"]);
});

test("a wrong passphrase leaves nothing behind that hinders the right one", async () => {
  const wrong = await lab.infraWith({ PULUMI_CONFIG_PASSPHRASE: "wrong" }, "preview");
  expect(wrong.problems.map(line)).toEqual([expect.stringMatching(/^STATE_UNREADABLE/)]);
  expect(await opened(next)).toEqual(all);
});

test("killed at any time, each is opened by one of both, and the same command ends it", async () => {
  const cli = path.resolve(import.meta.dirname, "../../../src/cli.ts");
  const [credentials, locks, state] = [
    path.join(lab.state, "lab.credentials.age"),
    path.join(lab.state, "state/.pulumi/locks"),
    path.join(lab.state, "state/.pulumi/stacks/rzp/lab.json"),
  ];
  // Each is written as another file, which takes the name of the one before.
  const files = () => ({ sealed: statSync(credentials).ino, state: statSync(state).ino });
  const isLocked = () =>
    readdirSync(locks, { recursive: true, encoding: "utf8" }).some((name) =>
      name.endsWith(".json"),
    );
  type Files = ReturnType<typeof files>;
  const moments: Readonly<Record<string, (before: Files) => boolean>> = {
    "the first file is sealed anew": ({ sealed }) => files().sealed !== sealed,
    // It writes them before the state, for the new passphrase.
    "the engine has written its settings": () =>
      existsSync(path.join(lab.state, "work/Pulumi.lab.yaml")),
    "the engine holds its lock": isLocked,
    "the engine has written the state": (before) => {
      // It gives its lock back at once: nothing else is done while this is waited for.
      while (isLocked() && files().state === before.state);
      return files().state !== before.state;
    },
  };
  let [from, to] = (await opened(old)).length === all.length ? [old, next] : [next, old];
  for (const [moment, hasCome] of Object.entries(moments)) {
    const before = files();
    rmSync(path.join(lab.state, "work/Pulumi.lab.yaml"), { force: true });
    const running = execa(process.execPath, [cli, "passphrase", "lab"], {
      cwd: lab.root,
      env: {
        ...lab.variables,
        INIT_CWD: lab.root,
        RZP_STATE: "",
        PULUMI_CONFIG_PASSPHRASE: from,
        RZP_NEW_PASSPHRASE: to,
      },
      reject: false,
      detached: true,
    });
    const end = { hasCome: false };
    void running.finally(() => (end.hasCome = true));
    while (!end.hasCome && !hasCome(before)) await sleep(2);
    try {
      process.kill(-(running.pid ?? 0), "SIGKILL");
    } catch {
      // It was done.
    }
    await running;
    const left = isLocked() ? "locked" : "free";
    // Whichever opens it frees it.
    for (const one of [from, to]) await lab.infraWith({ PULUMI_CONFIG_PASSPHRASE: one }, "unlock");
    const [byOld, byNew] = [await opened(from), await opened(to)];
    process.stderr.write(`${moment} (${left}): old opens ${byOld}; new opens ${byNew}\n`);
    if (files().state !== before.state) expect(byNew).toEqual(all);
    expect([...byOld, ...byNew].sort()).toEqual([...all].sort());
    expect((await change(from, to)).problems).toEqual([]);
    expect(await opened(to)).toEqual(all);
    [from, to] = [to, from];
  }
  expect(readFileSync(state, "utf8")).not.toContain(lab.variables["CLOUDFLARE_API_TOKEN"]);
});
