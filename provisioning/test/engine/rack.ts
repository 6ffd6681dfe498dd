/** A cluster of machines on a fake Proxmox VE, and the commands of `infra` on it, as a person gives them. */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { createRepository } from "../../../generator/test/support/repository.ts";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import {
  makeMachines,
  previewMachines,
  removeMachines,
  forget,
  freeState,
} from "../../src/commands/machines.ts";
import { tellStatus } from "../../src/commands/status.ts";
import { startTimer } from "../../src/timer.ts";
import { backUp, restore } from "../../src/commands/backups.ts";
import { placed, readFacts } from "../../src/facts.ts";
import { neededRights } from "../../src/proxmox/rights.ts";
import { everything, type Grant } from "../fakes/proxmox/access.ts";
import { GiB, MiB } from "../fakes/proxmox/bytes.ts";
import {
  startFakeProxmox,
  type FakeProxmox,
  type FakeProxmoxFacts,
} from "../fakes/proxmox/server.ts";
import { usualStorages } from "../fakes/proxmox/storages.ts";
import { carrierFile, imageUrl, rackFile, sha256, type RackText } from "./rack-file.ts";
import { passphrase } from "./support.ts";

export { nodes, sha256 } from "./rack-file.ts";
export type { RackText } from "./rack-file.ts";

const secret = "00000000-0000-4000-8000-000000000001";
type Word = "preview" | "up" | "destroy" | "unlock" | "backup" | "restore" | "forget" | "status";

/** What a command said and found. */
export interface Said {
  readonly text: string;
  readonly problems: readonly Problem[];
}

export interface Rack extends AsyncDisposable {
  readonly fake: FakeProxmox;
  readonly root: string;
  /** Edits the facts of the cluster. */
  readonly write: (text: RackText) => void;
  readonly infra: (word: Word, ...allow: readonly string[]) => Promise<Said>;
  /** `up`, and what a person does on the hosts between what was judged and what is done. */
  readonly upWhile: (meanwhile: () => void) => Promise<Said>;
  /** `restore --from`. */
  readonly restore: (from: string, variables?: Readonly<Record<string, string>>) => Promise<Said>;
  /** The same with other variables than those that fit. */
  readonly infraWith: (
    variables: Readonly<Record<string, string>>,
    word: Word,
    ...allow: readonly string[]
  ) => Promise<Said>;
  /** The folder in which the state lies. */
  readonly state: string;
  /** Variables of the environment a command wants. */
  readonly credentials: Readonly<Record<string, string>>;
}

const commands = {
  preview: previewMachines,
  up: makeMachines,
  destroy: removeMachines,
  unlock: freeState,
  forget,
  backup: backUp,
  restore,
  status: tellStatus,
} as const;

export interface RackOptions {
  readonly fake?: Partial<FakeProxmoxFacts>;
  /** Exactly the rights `infra` says it needs, unless said. */
  readonly grants?: readonly Grant[];
}

/** A second of the fake lasts a hundredth. */
export async function startRack({ fake: more = {}, grants }: RackOptions = {}): Promise<Rack> {
  const fake = await startFakeProxmox({
    hosts: [
      { name: "pve-1", cores: 16, memory: 64 * GiB },
      { name: "pve-2", cores: 16, memory: 64 * GiB },
    ],
    tokens: [{ id: "rzp@pve!infra", secret, grants: grants ?? leastGrants() }],
    images: ["v1.11.0", "v1.12.0"].map((version) => ({
      url: imageUrl(version),
      size: 300 * MiB,
      diskSize: 2 * GiB,
      checksums: { sha256 },
    })),
    scale: 0.01,
    ...more,
  });
  const repository = createRepository();
  const write = (text: RackText): void => {
    const file = rackFile(fake.endpoint.replace(/\/$/, ""), text);
    repository.write(
      "environments/clusters/rack.ts",
      text.loopback ? file.replaceAll("10.0.40.", "127.0.40.") : file,
    );
  };
  repository.write("environments/rack/environment.ts", carrierFile);
  write({});
  // As if it were not a part of this repository.
  mkdirSync(path.join(repository.root, "provisioning"), { recursive: true });
  return {
    fake,
    root: repository.root,
    write,
    infra: (word, ...allow) => call(repository.root, { word, allow }),
    upWhile: (meanwhile) => call(repository.root, { word: "up", meanwhile }),
    infraWith: (variables, word, ...allow) => call(repository.root, { word, allow, variables }),
    restore: (from, variables = {}) => call(repository.root, { word: "restore", from, variables }),
    credentials,
    state: path.join(repository.root, ".infra"),
    async [Symbol.asyncDispose]() {
      await fake.stop();
      repository[Symbol.dispose]();
    },
  };
}

/** A storage that all hosts have, beside what an installer leaves: for a rack whose machines can move. */
export const ceph = {
  storages: [
    ...usualStorages,
    { name: "ceph", type: "nfs", content: ["images"], total: 4096 * GiB, isShared: true },
  ],
  facts: { images: "local", disks: "ceph", shared: true },
  text: '{ images: "local", disks: "ceph", shared: true }',
} as const;

type Facts = Parameters<typeof neededRights>[0];

/** What `infra token` prints, as the access control lists it makes. In: what more is said of machines. */
export const leastGrants = (more: Partial<Facts> = {}): readonly Grant[] =>
  neededRights({
    storage: { images: "local", disks: "local-lvm" },
    network: { gateway: "10.0.40.1", nameservers: ["10.0.40.1"] },
    ...more,
  } as Facts).map(({ path: at, privileges, below }) => ({
    path: at,
    privileges,
    propagate: below,
  }));

export const administrator = everything;

const credentials = {
  PROXMOX_VE_API_TOKEN: `rzp@pve!infra=${secret}`,
  PULUMI_CONFIG_PASSPHRASE: passphrase,
};

interface Call {
  readonly word: Word;
  readonly allow?: readonly string[];
  readonly from?: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** Before the phase that makes machines. */
  readonly meanwhile?: () => void;
}

async function call(
  root: string,
  { word, allow = [], from, variables = {}, meanwhile }: Call,
): Promise<Said> {
  const written: string[] = [];
  const facts = await readFacts(root, "rack");
  if (!("cluster" in facts)) return { text: "", problems: facts };
  const problems = await commands[word](
    {
      root,
      cluster: "rack",
      allow,
      phases: {
        phase: (name, work) => {
          if (name === "machines") meanwhile?.();
          return work();
        },
      },
      say: (text) => void written.push(text),
      // Nothing of whoever runs the tests: neither their state nor their clusters.
      environment: { ...credentials, ...variables },
      ...(from !== undefined && { from }),
    },
    facts,
  );
  return { text: written.join(""), problems: await placed(facts, problems) };
}

/** A way to call what is no command: a backend of machines. */
export function orderOn({ root }: Rack, allow: readonly string[] = []) {
  const written: string[] = [];
  return {
    order: {
      root,
      cluster: "rack",
      allow,
      phases: startTimer(() => {}),
      say: (text: string) => void written.push(text),
      environment: credentials,
    },
    said: () => written.join(""),
  };
}

/** A problem as one line. */
export const line = ({ code, message, fix }: Problem): string =>
  `${code} ${message} | ${fix ?? ""}`;

export const hidden = [secret, passphrase];
