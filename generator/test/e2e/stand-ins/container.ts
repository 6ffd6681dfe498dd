/**
 * Runs a container of a pod as a process, with what the kubelet would give it and nothing else: its command, its environment, the
 * files of its ConfigMaps, its claims, and a token of its account that is bound to the pod. Root is a folder of its own, with the
 * programs of this machine, in a mount namespace that goes with the process.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { messageOf, type Api, type KubernetesObject } from "../../../cluster/api.ts";
import { certificateFile } from "../../../cluster/keys.ts";

interface Named {
  readonly name: string;
}

interface Container extends Named {
  readonly image: string;
  readonly command: readonly string[];
  readonly env?: readonly (Named & {
    readonly value?: string;
    /** The only field anybody asks for is `metadata.name`. */
    readonly valueFrom?: object;
  })[];
  readonly volumeMounts?: readonly Mount[];
}

interface Mount extends Named {
  readonly mountPath: string;
  readonly subPath?: string;
}

export interface Pod extends KubernetesObject {
  readonly metadata: KubernetesObject["metadata"] & {
    readonly ownerReferences?: readonly { readonly kind: string }[];
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    readonly serviceAccountName?: string;
    readonly automountServiceAccountToken?: boolean;
    readonly containers: readonly Container[];
    readonly volumes?: readonly (Named & {
      readonly configMap?: Named;
      readonly persistentVolumeClaim?: { readonly claimName: string };
    })[];
  };
  readonly status?: { readonly phase?: string };
}

export interface Running {
  readonly signal: (name: NodeJS.Signals) => void;
  /** Exit code, or -1 for one that was killed. */
  readonly ended: Promise<number>;
  /** Everything it has written. */
  readonly log: () => string;
  /** What it left for the kubelet to tell. */
  readonly message: () => string;
}

interface Place {
  readonly api: Api;
  /** Of the cluster. */
  readonly folder: string;
  /** Where its root comes. */
  readonly root: string;
  /** Folders for volumes, by name, which nothing in the cluster says. */
  readonly folders?: Readonly<Record<string, string>>;
  /** More than the pod says: files by their path, and variables. */
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
}

const accountFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

/**
 * Programs of this machine and devices that do nothing, then what is mounted. Nobody else sees these mounts, and they go with the
 * process. In: root, pairs of a folder and where it is mounted, `--`, the command.
 */
const script = `set -e
root=$1; shift
for own in /bin /sbin /lib /lib64 /usr /etc /proc; do
  if [ -L "$own" ]; then cp -P "$own" "$root$own"
  elif [ -d "$own" ]; then mkdir -p "$root$own"; mount --rbind "$own" "$root$own"; fi
done
mkdir -p "$root/dev" "$root/tmp"
for device in null zero random urandom; do
  : > "$root/dev/$device"; mount --bind "/dev/$device" "$root/dev/$device"
done
while [ "$1" != -- ]; do mkdir -p "$root$2"; mount --bind "$1" "$root$2"; shift 2; done
shift
exec chroot "$root" "$@"
`;

/** Starts the first container of a pod. */
export async function runContainer(pod: Pod, place: Place): Promise<Running> {
  const { api, root, environment = {} } = place;
  const [container] = pod.spec.containers;
  if (container === undefined) throw new Error(`pod ${pod.metadata.name} has no container`);
  const files = { ...(await accountFiles(pod, place)), ...place.files };
  for (const [file, text] of Object.entries(files)) put(root, file, text);
  // Where Node is not among the machine's own programs.
  const node = path.dirname(process.execPath);
  const mounts = node.startsWith("/usr/") ? [] : [node, node];
  for (const mount of container.volumeMounts ?? [])
    mounts.push(...(await mounted(pod, mount, place)));
  const { hostname, port } = new URL(api.url);
  const env = {
    PATH: `${node}:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
    KUBERNETES_SERVICE_HOST: hostname,
    KUBERNETES_SERVICE_PORT: port,
    ...Object.fromEntries(
      (container.env ?? []).map(({ name, value }) => [name, value ?? pod.metadata.name]),
    ),
    ...environment,
  };
  return start(root, [...mounts, "--", ...container.command], env);
}

function put(root: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

/** What the kubelet puts beside the files of a pod that may ask the API server: a token for as long as this pod is there. */
async function accountFiles(
  { metadata, spec }: Pod,
  { api, folder }: Place,
): Promise<Record<string, string>> {
  if (spec.automountServiceAccountToken !== true) return {};
  const { name, namespace = "", uid } = metadata;
  const account = `/api/v1/namespaces/${namespace}/serviceaccounts/${spec.serviceAccountName}`;
  const boundObjectRef = { apiVersion: "v1", kind: "Pod", name, uid };
  const { status, body } = await api.call("POST", `${account}/token`, {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    spec: { boundObjectRef, expirationSeconds: 3607 },
  });
  if (status !== 201) throw new Error(messageOf(body));
  const { token } = (body as { readonly status: { readonly token: string } }).status;
  return {
    [`${accountFolder}/token`]: token,
    [`${accountFolder}/ca.crt`]: readFileSync(certificateFile(folder), "utf8"),
    [`${accountFolder}/namespace`]: namespace,
  };
}

/** Writes the files of a mount, or names what is to be mounted and where. */
async function mounted(
  { metadata, spec }: Pod,
  { name, mountPath, subPath }: Mount,
  { api, root, folders = {} }: Place,
): Promise<string[]> {
  const own = `/api/v1/namespaces/${metadata.namespace}`;
  const volume = spec.volumes?.find((one) => one.name === name);
  if (volume?.configMap !== undefined) {
    interface ConfigMap {
      readonly data: Readonly<Record<string, string>>;
    }
    const { data } = await api.get<ConfigMap>(`${own}/configmaps/${volume.configMap.name}`);
    for (const [key, text] of Object.entries(data)) {
      if (subPath === undefined) put(root, `${mountPath}/${key}`, text);
      else if (subPath === key) put(root, mountPath, text);
    }
  }
  const claim = volume?.persistentVolumeClaim?.claimName;
  const given =
    claim === undefined
      ? folders[name]
      : await folderOf(api, `${own}/persistentvolumeclaims/${claim}`);
  return given === undefined ? [] : [given, mountPath];
}

/** The folder that is the volume of a claim. */
export async function folderOf(api: Api, claim: string): Promise<string> {
  interface Bound {
    readonly spec: { readonly volumeName: string };
  }
  interface Volume {
    readonly spec: { readonly hostPath: { readonly path: string } };
  }
  const { spec } = await api.get<Bound>(claim);
  const volume = await api.get<Volume>(`/api/v1/persistentvolumes/${spec.volumeName}`);
  return volume.spec.hostPath.path;
}

/** A user who is not root is root in a namespace of their own. */
const asRoot = process.getuid?.() === 0 ? [] : ["--map-root-user"];

function start(
  root: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Running {
  const all = ["--mount", ...asRoot, "--", "sh", "-c", script, "sh", root, ...args];
  const child = spawn("unshare", all, { env, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (log += chunk.toString()));
  const { promise: ended, resolve } = Promise.withResolvers<number>();
  child.on("close", (code) => resolve(code ?? -1));
  child.on("error", (error) => {
    log += error.message;
    resolve(-1);
  });
  return {
    signal: (name) => child.kill(name),
    ended,
    log: () => log,
    message: () => {
      const file = path.join(root, "dev/termination-log");
      return existsSync(file) ? readFileSync(file, "utf8") : "";
    },
  };
}
