/** A cluster somebody else made, with public names in a fake Cloudflare, and the commands of `infra` on it. */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { createRepository } from "../../../generator/test/support/repository.ts";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import {
  forget,
  freeState,
  makeMachines,
  previewMachines,
  removeMachines,
} from "../../src/commands/machines.ts";
import { startTimer } from "../../src/timer.ts";
import { placed, readFacts } from "../../src/facts.ts";
import { installTestPlugin } from "../fakes/cloudflare/install.ts";
import {
  startFakeCloudflare,
  type FakeCloudflare,
  type FakeCloudflareFacts,
} from "../fakes/cloudflare/server.ts";
import type { Token } from "../fakes/cloudflare/world.ts";
import { passphrase } from "./support.ts";

export const zone = "023e105f4ecef8ad9ca31a8372d0c353";
export const account = "372e67954025e0ba6aaa6d586b9e0b59";
const tokenValue = `cfut_${"a".repeat(40)}`;

/** What `infra token` says the token needs. */
export const token: Token = {
  value: tokenValue,
  zoneRead: [zone],
  dnsWrite: [zone],
  tunnelWrite: [account],
};

/** What of the cluster a test changes. */
export interface NamesText {
  /** `address: "203.0.113.10"`, say; a tunnel without. */
  readonly wayIn?: string;
  /** Labels of public hosts. */
  readonly hosts?: readonly string[];
  /** More services that run. */
  readonly services?: readonly string[];
  /** The whole of publicNames; the usual one unless said. */
  readonly publicNames?: string;
  /** More of the cluster's file. */
  readonly more?: string;
  readonly nodes?: string;
  readonly apiServer?: readonly string[];
}

const service = (name: string, routes: string) => `import { defineService } from "#rzp";

export default defineService({
  tier: "media",
  about: "Stands for ${name}",
  image: "registry.example.com/${name}:1.0.0",
  ports: { http: 8080 },
  health: { http: "/", port: "http" },
  ${routes}
});
`;

const clusterFile = ({
  wayIn = "",
  publicNames,
  more = "",
  nodes,
  apiServer = ["10.0.40.11"],
}: NamesText) => `import { because, defineCluster } from "#rzp";

export default defineCluster({
  kubernetesVersion: "1.35.4",
  carrier: "lab",
  nodes: { ${nodes ?? '"worker-1": { cpu: "64", memory: "128Gi", address: "10.0.40.21" }'} },
  apiServer: { addresses: ${JSON.stringify(apiServer)} },
  networks: { pods: "10.248.0.0/16", services: "10.128.0.0/12", nodes: "10.0.40.0/24", lan: ["10.0.10.0/24"] },
  dns: { namespace: "kube-system", podLabels: { "k8s-app": "kube-dns" }, domain: "cluster.local" },
  storageClasses: { standard: "longhorn" },
  gateways: {
    internal: { name: "internal", namespace: "gateway", podNamespace: "gateway", podLabels: { app: "gateway" } },
    public: { name: "public", namespace: "gateway", podNamespace: "gateway", podLabels: { app: "gateway" }, address: "10.0.40.201" },
  },
  ${publicNames ?? `publicNames: { zone: { name: "example.com", id: "${zone}" }, account: "${account}", ${wayIn} },`}
  ${more}
  repository: { url: "https://git.example.com/home/platform.git" },
});
`;

const environmentFile = (services: readonly string[]) => `import { defineEnvironment } from "#rzp";

export default defineEnvironment({
  cluster: "lab",
  domain: "example.com",
  revision: "refs/heads/main",
  services: ${JSON.stringify(services)},
  secrets: { backend: "fake" },
});
`;

type Word = "preview" | "up" | "destroy" | "unlock" | "forget";
const commands = {
  preview: previewMachines,
  up: makeMachines,
  destroy: removeMachines,
  unlock: freeState,
  forget,
} as const;

/** What a command said and found. */
export interface Said {
  readonly text: string;
  readonly problems: readonly Problem[];
}

export interface NamesLab extends AsyncDisposable {
  readonly fake: FakeCloudflare;
  /** Edits the facts of the cluster. */
  readonly write: (text: NamesText) => void;
  readonly infra: (word: Word, ...allow: readonly string[]) => Promise<Said>;
  readonly infraWith: (
    variables: Readonly<Record<string, string>>,
    word: Word,
    ...allow: readonly string[]
  ) => Promise<Said>;
  /** The folder in which the state lies. */
  readonly state: string;
  readonly root: string;
  /** What the environment of the command holds. */
  readonly variables: Readonly<Record<string, string>>;
}

export async function startNames(facts: Partial<FakeCloudflareFacts> = {}): Promise<NamesLab> {
  const fake = await startFakeCloudflare({
    zones: [{ id: zone, name: "example.com", account }],
    tokens: [token],
    ...facts,
  });
  const repository = createRepository();
  const write = (text: NamesText): void => {
    const ends = text.wayIn === undefined && text.publicNames === undefined ? ["cloudflared"] : [];
    const more = [...ends, ...(text.services ?? [])];
    const { hosts = ["photos"] } = text;
    const routes = hosts.map(
      (host, index) =>
        `r${index}: { host: "${host}", to: "http", audience: "public", signIn: "own" }`,
    );
    repository.write("environments/clusters/lab.ts", clusterFile(text));
    repository.write("environments/lab/environment.ts", environmentFile(["app", ...more]));
    repository.write(
      "charts/services/app/values.ts",
      service("app", `routes: { ${routes.join(", ")} },`),
    );
    for (const name of more)
      repository.write(`charts/services/${name}/values.ts`, service(name, ""));
  };
  write({});
  // As if it were not a part of this repository.
  mkdirSync(path.join(repository.root, "provisioning"), { recursive: true });
  const programs = installTestPlugin(path.join(repository.root, ".programs"));
  const searched = `${programs}${path.delimiter}${process.env["PATH"] ?? ""}`;
  process.env["PATH"] = searched;
  const credentials = {
    PATH: searched,
    CLOUDFLARE_API_TOKEN: tokenValue,
    CLOUDFLARE_BASE_URL: fake.url,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
  };
  const infraWith: NamesLab["infraWith"] = async (variables, word, ...allow) => {
    const written: string[] = [];
    const read = await readFacts(repository.root, "lab");
    if (!("cluster" in read)) return { text: "", problems: read };
    const problems = await commands[word](
      {
        root: repository.root,
        cluster: "lab",
        allow,
        phases: startTimer(() => {}),
        say: (text) => void written.push(text),
        environment: { ...credentials, ...variables },
      },
      read,
    );
    return { text: written.join(""), problems: await placed(read, problems) };
  };
  return {
    fake,
    write,
    infraWith,
    infra: (word, ...allow) => infraWith({}, word, ...allow),
    state: path.join(repository.root, ".infra"),
    root: repository.root,
    variables: credentials,
    async [Symbol.asyncDispose]() {
      await fake.stop();
      repository[Symbol.dispose]();
    },
  };
}

/** A problem as one line. */
export const line = ({ code, message, fix }: Problem): string =>
  `${code} ${message} | ${fix ?? ""}`;

export const hidden = [tokenValue, passphrase];
