/**
 * What the test plugin does for each kind of resource: the calls the upstream provider makes (create POST, update PUT, read GET,
 * remove DELETE; what is not found is gone). Inputs have the names of the package @pulumi/cloudflare.
 */
export type Inputs = Readonly<Record<string, unknown>>;

export interface Api {
  (method: string, path: string, body?: object): Promise<unknown>;
}

/** The API says there is no such thing. */
export class Gone extends Error {}

export interface Kind {
  /** Inputs that make it another thing. */
  readonly replaces: readonly string[];
  create(api: Api, inputs: Inputs): Promise<string>;
  update(api: Api, id: string, inputs: Inputs): Promise<void>;
  /** Inputs as they are there. Throws Gone. */
  read(api: Api, id: string, inputs: Inputs): Promise<Inputs>;
  remove(api: Api, id: string, inputs: Inputs): Promise<void>;
}

const recordPath = ({ zoneId }: Inputs, id = "") =>
  `/zones/${String(zoneId)}/dns_records${id === "" ? "" : `/${id}`}`;
/** The zone is in the path. */
const recordBody = (inputs: Inputs): object =>
  Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== "zoneId"));

const record: Kind = {
  replaces: ["zoneId"],
  create: async (api, inputs) => idOf(await api("POST", recordPath(inputs), recordBody(inputs))),
  update: async (api, id, inputs) =>
    void (await api("PUT", recordPath(inputs, id), recordBody(inputs))),
  async read(api, id, inputs) {
    const there = (await api("GET", recordPath(inputs, id))) as Inputs;
    return Object.fromEntries(
      Object.entries(inputs).map(([key, value]) => [key, key in there ? there[key] : value]),
    );
  },
  remove: async (api, id, inputs) => void (await api("DELETE", recordPath(inputs, id))),
};

const tunnelPath = ({ accountId }: Inputs, id = "") =>
  `/accounts/${String(accountId)}/cfd_tunnel${id === "" ? "" : `/${id}`}`;

const tunnel: Kind = {
  replaces: ["accountId", "configSrc"],
  create: async (api, inputs) =>
    idOf(await api("POST", tunnelPath(inputs), { name: inputs["name"], config_src: "cloudflare" })),
  update: async (api, id, inputs) =>
    void (await api("PATCH", tunnelPath(inputs, id), { name: inputs["name"] })),
  async read(api, id, inputs) {
    const there = (await api("GET", tunnelPath(inputs, id))) as Inputs;
    if (there["deleted_at"] !== null) throw new Gone();
    return { ...inputs, name: there["name"] };
  },
  remove: async (api, id, inputs) => void (await api("DELETE", tunnelPath(inputs, id))),
};

interface Ingress {
  readonly hostname?: string;
  readonly service: string;
  readonly originRequest?: { readonly matchSnItoHost?: boolean; readonly matchSNItoHost?: boolean };
}

const rulesPath = (inputs: Inputs) =>
  `${tunnelPath(inputs, String(inputs["tunnelId"]))}/configurations`;

function rulesBody({ config }: Inputs): object {
  const { ingresses } = config as { ingresses: readonly Ingress[] };
  const ingress = ingresses.map(({ originRequest, ...rule }) => ({
    ...rule,
    ...(originRequest && { originRequest: { matchSNItoHost: originRequest.matchSnItoHost } }),
  }));
  return { config: { ingress } };
}

const rules: Kind = {
  replaces: ["accountId", "tunnelId"],
  async create(api, inputs) {
    await api("PUT", rulesPath(inputs), rulesBody(inputs));
    return String(inputs["tunnelId"]);
  },
  update: async (api, _, inputs) => void (await api("PUT", rulesPath(inputs), rulesBody(inputs))),
  async read(api, _, inputs) {
    const { config } = (await api("GET", rulesPath(inputs))) as {
      config: { ingress: readonly Ingress[] } | null;
    };
    if (config === null) throw new Gone();
    const ingresses = config.ingress.map(({ originRequest, ...rule }) => ({
      ...rule,
      ...(originRequest && { originRequest: { matchSnItoHost: originRequest.matchSNItoHost } }),
    }));
    return { ...inputs, config: { ingresses } };
  },
  // The API has no such call: it goes with its tunnel.
  remove: () => Promise.resolve(),
};

const idOf = (answer: unknown): string => (answer as { id: string }).id;

export const kinds: Readonly<Record<string, Kind>> = {
  "cloudflare:index/dnsRecord:DnsRecord": record,
  "cloudflare:index/zeroTrustTunnelCloudflared:ZeroTrustTunnelCloudflared": tunnel,
  "cloudflare:index/zeroTrustTunnelCloudflaredConfig:ZeroTrustTunnelCloudflaredConfig": rules,
};
