/**
 * The tools that are built from Go modules. Versions are not written here: the go.mod of the wrapper
 * module under `tools/` is their only home.
 */
export interface GoTool {
  /** The folder under `tools/` whose go.mod pins the tool. Tools of one module are built from the same libraries, each of them once. */
  readonly module: string;
  /** The package to build, as the module names it. */
  readonly package: string;
  /** The variables the linker sets to the pinned version, for a tool that is asked for it. */
  readonly versionVariables?: readonly string[];
  /** Build tags, of a tool that leaves parts of itself out by them. */
  readonly tags?: string;
  /** Libraries it is built from without what it is never asked for: files below `trimmed/` of its module stand in for theirs. */
  readonly trims?: readonly string[];
  /** Files it embeds that are not in the tree, as they follow from the pins. */
  readonly embeds?: EmbeddedFiles;
  /** What it is for, for `npm run tools -- --help`. */
  readonly purpose: string;
}

/** Files beside a tool's sources, and the program of its module that writes them. */
export interface EmbeddedFiles {
  readonly writer: string;
  /** Its arguments; the folder to write into is added. */
  readonly args: readonly string[];
  readonly files: readonly string[];
}

/** Where Kubernetes' programs and their clients look for their version. */
const kubernetesVersion = [
  "k8s.io/component-base/version.gitVersion",
  "k8s.io/client-go/pkg/version.gitVersion",
];

export const goTools = {
  ct: {
    module: "lint",
    package: "github.com/helm/chart-testing/v3/ct",
    purpose: "lints every chart with every environment's values",
  },
  "kubectl-validate": {
    module: "kubernetes",
    package: "sigs.k8s.io/kubectl-validate",
    purpose: "checks objects as the API server does, CEL rules included",
  },
  actionlint: {
    module: "static",
    package: "github.com/rhysd/actionlint/cmd/actionlint",
    purpose: "checks the CI workflows",
  },
  gitleaks: {
    module: "static",
    package: "github.com/zricethezav/gitleaks/v8",
    purpose: "finds secrets that were committed by mistake",
  },
  argocd: {
    module: "argocd",
    package: ".",
    purpose:
      "Argo CD: its health checks without a cluster; its controller and repo server on the local one",
  },
  admission: {
    module: "kubernetes",
    package: "./admission",
    purpose: "judges objects by admission policies as the API server does",
  },
  "network-policy": {
    module: "kubernetes",
    package: "./network-policy",
    purpose: "says which traffic network policies allow, as cyclonus understands them",
  },
  promtool: {
    module: "prometheus",
    package: "github.com/prometheus/prometheus/cmd/promtool",
    // Service discovery of clouds is most of it, and rules need none.
    tags: "remove_all_sd",
    purpose: "checks and tests the rules of alerts as Prometheus evaluates them",
  },
  sloth: {
    module: "sloth",
    package: "github.com/slok/sloth/cmd/sloth",
    purpose: "makes the rules of an objective, which ours are compared with",
  },
  etcd: {
    module: "etcd",
    package: "go.etcd.io/etcd/server/v3",
    purpose: "keeps what the local cluster knows",
  },
  "kube-apiserver": {
    module: "kubernetes",
    package: "k8s.io/kubernetes/cmd/kube-apiserver",
    versionVariables: kubernetesVersion,
    purpose: "the API server of the local cluster",
  },
  "kube-controller-manager": {
    module: "kubernetes",
    package: "k8s.io/kubernetes/cmd/kube-controller-manager",
    versionVariables: kubernetesVersion,
    purpose: "the controllers of the local cluster",
  },
  "kube-scheduler": {
    module: "kubernetes",
    package: "k8s.io/kubernetes/cmd/kube-scheduler",
    versionVariables: kubernetesVersion,
    purpose: "the scheduler of the local cluster",
  },
  kwok: {
    module: "kwok",
    package: "sigs.k8s.io/kwok/cmd/kwok",
    purpose: "acts as the nodes of the local cluster, and as the controllers it lacks",
  },
  pulumi: {
    module: "pulumi",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    versionVariables: ["github.com/pulumi/pulumi/sdk/v3/go/common/version.Version"],
    // State in clouds, their secrets managers and their logs are more than a quarter of what it is compiled from.
    trims: ["gocloud.dev", "github.com/pulumi/pulumi/pkg/v3"],
    purpose: "makes the machines: the engine that provisioning drives",
  },
  "pulumi-resource-proxmoxve": {
    module: "proxmoxve",
    package: ".",
    embeds: {
      writer: "./schema",
      args: ["schema", "--skip-docs", "--skip-examples", "--out"],
      files: ["schema.json", "bridge-metadata.json"],
    },
    purpose: "makes Proxmox machines: the provider that pulumi starts",
  },
  talosctl: {
    module: "talosctl",
    package: "github.com/siderolabs/talos/cmd/talosctl",
    purpose: "makes the nodes' configurations, judges them, and talks to nodes that run Talos",
  },
  "talos-nodes": {
    module: "talos-nodes",
    package: ".",
    purpose: "answers talosctl as nodes with Talos do, for tests",
  },
  helm: {
    module: "helm",
    package: "helm.sh/helm/v4/cmd/helm",
    versionVariables: ["helm.sh/helm/v4/internal/version.version"],
    purpose: "renders charts on machines that the npm carrier does not serve",
  },
} as const satisfies Record<string, GoTool>;

export type GoToolName = keyof typeof goTools;
