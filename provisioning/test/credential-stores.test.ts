/** Both stores of credentials answer alike; then what only one of them can say. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Problem } from "../../generator/src/problems/problem.ts";
import { fileStore } from "../src/credential-stores/file.ts";
import { infisicalStore } from "../src/credential-stores/infisical.ts";
import type { CredentialStore } from "../src/credential-stores/store.ts";
import { startFakeInfisical, type FakeInfisical } from "./fakes/infisical/server.ts";

const token = "rzp-rack@pve!infra=00000000-0000-4000-8000-000000000001";
const key = "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n";
const passphrase = "correct horse battery staple";
const identity = { clientId: "infra", clientSecret: "clientsecret-of-infra" };

let folder: string;
let fake: FakeInfisical;
let kept: Record<string, string>;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "rzp-credentials-"));
  kept = {};
  fake = await startFakeInfisical({
    identities: [
      { ...identity, reads: [{ folder: "/infra" }] },
      { clientId: "blind", clientSecret: "x", reads: [{ folder: "/infra", values: false }] },
      { clientId: "media", clientSecret: "x", reads: [{ folder: "/services" }] },
    ],
    projects: {
      home: { prod: { "/infra/rack": kept, "/infra/lab": { "proxmox-token": "another" } } },
    },
  });
});
afterEach(async () => {
  await fake[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const file = () => path.join(folder, "kept", "rack.credentials.age");
const ofFile = (more: Partial<Parameters<typeof fileStore>[0]> = {}) =>
  fileStore({
    cluster: "rack",
    file: file(),
    shown: "rack.credentials.age",
    passphrase,
    rounds: 8,
    ...more,
  });
let waited: number[] = [];
const ofInfisical = (more: Partial<Parameters<typeof infisicalStore>[0]> = {}) =>
  infisicalStore({
    cluster: "rack",
    host: fake.host,
    project: "home",
    environment: "prod",
    ...identity,
    wait: async (seconds) => void waited.push(seconds),
    ...more,
  });

/** What each backend must do; a third one is a line here. */
const stores: readonly {
  readonly name: string;
  readonly open: () => CredentialStore;
  /** As a person puts it there. */
  readonly put: (name: string, value: string) => Promise<unknown>;
  readonly locked: () => CredentialStore;
}[] = [
  {
    name: "file",
    open: () => ofFile(),
    put: (name, value) => ofFile().set(name, value),
    locked: () => ofFile({ passphrase: "another" }),
  },
  {
    name: "infisical",
    open: () => ofInfisical(),
    put: async (name, value) => (kept[name] = value),
    locked: () => ofInfisical({ clientSecret: "another" }),
  },
];

const read = async (store: CredentialStore): Promise<Record<string, string> | string> => {
  const found = await store.read();
  return found instanceof Map ? Object.fromEntries(found) : line(found as Problem);
};
const line = ({ code, message, fix }: Problem): string => `${code} ${message} | ${fix ?? ""}`;

describe.each(stores)("$name", ({ open, put, locked }) => {
  test("holds nothing where nothing was ever kept", async () => {
    expect(await read(open())).toEqual({});
  });

  test("gives what was put there, to the last byte", async () => {
    await put("proxmox-token", token);
    await put("repository-ssh-key", key);
    expect(await read(open())).toEqual({ "proxmox-token": token, "repository-ssh-key": key });
  });

  test("gives the last value of a name", async () => {
    await put("proxmox-token", "old");
    await put("proxmox-token", token);
    expect(await read(open())).toEqual({ "proxmox-token": token });
  });

  test("opens for nobody else, who is not told what is in it", async () => {
    await put("proxmox-token", token);
    const told = await locked().read();
    expect(told).toMatchObject({
      code: "CREDENTIALS_UNREADABLE",
      place: { file: "environments/clusters/rack.ts" },
      path: "credentials",
    });
    expect(JSON.stringify(told)).not.toContain(token);
  });

  test("says where it is", () => {
    expect(open().place).toMatch(/rack/);
  });

  test("is of one cluster", async () => {
    await put("proxmox-token", token);
    expect(await read(open())).not.toMatchObject({ "proxmox-token": "another" });
  });
});

describe("a file", () => {
  test("holds nothing in plain, is its owner's, and leaves no other behind", async () => {
    await ofFile().set("proxmox-token", token);
    const text = readFileSync(file(), "utf8");
    expect(text).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----/);
    for (const secret of [token, passphrase, "proxmox-token"]) expect(text).not.toContain(secret);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(readdirSync(path.dirname(file()))).toEqual(["rack.credentials.age"]);
  });

  test("that is damaged is told, and not written over", async () => {
    await ofFile().set("proxmox-token", token);
    const half = readFileSync(file(), "utf8").slice(0, 200);
    writeFileSync(file(), half);
    expect(await read(ofFile())).toMatch(
      /^CREDENTIALS_UNREADABLE rack\.credentials\.age is no file of credentials that this passphrase opens/,
    );
    expect(await ofFile().set("proxmox-token", token)).toMatchObject({
      code: "CREDENTIALS_UNREADABLE",
    });
    expect(readFileSync(file(), "utf8")).toBe(half);
  });

  test("of another cluster is told", async () => {
    await ofFile({ cluster: "home" }).set("proxmox-token", token);
    expect(await read(ofFile())).toBe(
      "CREDENTIALS_UNREADABLE rack.credentials.age holds the credentials of home | put it back where it was: each cluster has a file of its own",
    );
  });
});

describe("infisical", () => {
  const place = "/infra/rack in environment prod of project home";

  test("refuses a wrong identity, and is not asked again, as that would lock it", async () => {
    expect(await read(ofInfisical({ clientSecret: "wrong" }))).toBe(
      "CREDENTIALS_UNREADABLE Infisical refuses the machine identity: Invalid credentials | export INFISICAL_UNIVERSAL_AUTH_CLIENT_ID and INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET of one; three wrong tries lock it for some minutes",
    );
    expect(fake.calls).toHaveLength(1);
    for (let tried = 0; tried < 2; tried += 1) await ofInfisical({ clientSecret: "wrong" }).read();
    expect(await read(ofInfisical())).toMatch(/temporarily locked/);
  });

  test("refuses an identity without the right, and one that sees names alone", async () => {
    expect(await read(ofInfisical({ clientId: "media", clientSecret: "x" }))).toBe(
      `CREDENTIALS_UNREADABLE the machine identity may not read ${place}: You are not allowed to describeSecret on secrets | give the identity a role with that right in the project`,
    );
    kept["proxmox-token"] = token;
    expect(await read(ofInfisical({ clientId: "blind", clientSecret: "x" }))).toBe(
      `CREDENTIALS_UNREADABLE the machine identity may not read ${place}: it may know that there is proxmox-token, and not read its value | give the identity a role with that right in the project`,
    );
  });

  test("has no such project", async () => {
    expect(await read(ofInfisical({ project: "hoem" }))).toMatch(
      /^CREDENTIALS_UNREADABLE Infisical has nothing of that name: Project with slug 'hoem' not found/,
    );
  });

  test("asks again after as long as it is told to wait, and gives up in the end", async () => {
    kept["proxmox-token"] = token;
    waited = [];
    fake.refuse(2, 7);
    expect(await read(ofInfisical())).toEqual({ "proxmox-token": token });
    expect(waited).toEqual([7, 7]);
    fake.refuse(9, 1);
    expect(await read(ofInfisical())).toMatch(
      /^CREDENTIALS_UNREADABLE Infisical is asked too often: Rate limit exceeded/,
    );
    expect(waited).toHaveLength(5);
    fake.refuse(1, 7200);
    expect(await read(ofInfisical())).toMatch(/Infisical is asked too often/);
    expect(waited).toHaveLength(5);
  });

  test("signs in once more when its token has expired meanwhile", async () => {
    kept["proxmox-token"] = token;
    fake.expireFirst();
    expect(await read(ofInfisical())).toEqual({ "proxmox-token": token });
    expect(fake.calls.map((call) => call.slice(0, 4))).toEqual(["POST", "GET ", "POST", "GET "]);
  });

  test("nothing that answers, and something else that does", async () => {
    expect(await read(ofInfisical({ host: "http://127.0.0.1:1" }))).toMatch(
      /^CREDENTIALS_UNREADABLE http:\/\/127\.0\.0\.1:1 does not answer as Infisical does: /,
    );
  });

  test("is written to by nobody here", async () => {
    const problem = await ofInfisical().set("proxmox-token", token);
    expect(problem).toMatchObject({
      code: "CREDENTIAL_MISSING",
      expected: `proxmox-token in ${place}`,
    });
    expect(JSON.stringify(problem)).not.toContain(token);
  });
});
