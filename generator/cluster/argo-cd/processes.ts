/** Argo CD's programs, as its chart runs them but for where they listen. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { kubeconfigFile } from "../keys.ts";
import type { Program } from "../process.ts";

interface Where {
  readonly folder: string;
  readonly ports: {
    readonly redis: number;
    readonly repoServer: number;
    readonly repoServerMetrics: number;
    readonly controllerMetrics: number;
  };
}

export function redis(command: string, { folder, ports }: Where): Program {
  const data = join(folder, "redis");
  mkdirSync(data, { recursive: true });
  return {
    name: "redis",
    command,
    args: [
      "--bind",
      "127.0.0.1",
      "--port",
      String(ports.redis),
      "--save",
      "",
      "--appendonly",
      "no",
      "--dir",
      data,
    ],
  };
}

/** In: the binary, and a folder with `helm` and `git-verify-wrapper.sh`, which it calls by name. */
export function repoServer(command: string, helpers: string, where: Where): Program {
  const { ports } = where;
  return {
    name: "argocd-repo-server",
    command,
    environment: environment("argocd-repo-server", where, helpers),
    args: [
      "--address=127.0.0.1",
      `--port=${ports.repoServer}`,
      "--metrics-address=127.0.0.1",
      `--metrics-port=${ports.repoServerMetrics}`,
      `--redis=127.0.0.1:${ports.redis}`,
      "--redis-compress=none",
      "--disable-tls",
      // Its default is a file, which would need TLS.
      "--client-ca-path=",
      "--logformat=text",
    ],
  };
}

/** In: as above, and the variables of its settings. */
export function applicationController(
  command: string,
  helpers: string,
  where: Where,
  settings: Readonly<Record<string, string>>,
): Program {
  const { ports, folder } = where;
  return {
    name: "argocd-application-controller",
    command,
    environment: {
      ...environment("argocd-application-controller", where, helpers),
      HOSTNAME: "local",
      GOGC: "400",
      ...settings,
    },
    args: [
      `--kubeconfig=${kubeconfigFile(folder, "argocd")}`,
      "--namespace=argocd",
      `--repo-server=127.0.0.1:${ports.repoServer}`,
      "--repo-server-plaintext",
      `--redis=127.0.0.1:${ports.redis}`,
      "--redis-compress=none",
      `--metrics-port=${ports.controllerMetrics}`,
      "--app-resync-jitter=0",
      "--server-side-diff-enabled",
      "--logformat=text",
    ],
  };
}

function environment(name: string, { folder }: Where, helpers: string): Record<string, string> {
  const own = join(folder, "argocd", name);
  const folders = {
    HOME: "home",
    TMPDIR: "tmp",
    ARGOCD_TLS_DATA_PATH: "tls",
    ARGOCD_SSH_DATA_PATH: "ssh",
    ARGOCD_GPG_DATA_PATH: "gpg",
  };
  const paths = Object.entries(folders).map(
    ([variable, folderName]) => [variable, join(own, folderName)] as const,
  );
  for (const [, path] of paths) mkdirSync(path, { recursive: true });
  return {
    ...Object.fromEntries(paths),
    ARGOCD_BINARY_NAME: name,
    ARGOCD_GPG_ENABLED: "false",
    // `https://kubernetes.default.svc` is the cluster of this kubeconfig.
    ARGOCD_FAKE_IN_CLUSTER: "true",
    KUBECONFIG: kubeconfigFile(folder, "argocd"),
    REDIS_PASSWORD: "",
    GIT_CONFIG_NOSYSTEM: "1",
    // Charts come from loopback; a proxy of the machine has no part in that.
    NO_PROXY: "127.0.0.1",
    ARGOCD_K8S_CLIENT_QPS: "500",
    ARGOCD_K8S_CLIENT_BURST: "1000",
    PATH: `${helpers}:${process.env["PATH"] ?? ""}`,
  };
}
