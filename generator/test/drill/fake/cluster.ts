/**
 * What acts on objects in a cluster: Velero restores, volumes are bound, pods run. Each `tick` is one step. The data
 * of a volume is a folder, and a pod that checks one is the real program, started on that folder.
 */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { notRestricted } from "./admission.ts";
import { modified } from "./modifiers.ts";
import type { DrillModifier } from "../../../src/model/drill-plan.ts";
import type { Store, Stored } from "./store.ts";

export interface BackedUp {
  /** Objects of the backup: resource (`deployments.apps`) to objects. */
  readonly objects: Readonly<Record<string, readonly Stored[]>>;
  /** Folder with the data of each claim, and whether Velero fills it through a pod. */
  readonly volumes: Readonly<
    Record<
      string,
      {
        readonly data: string;
        readonly throughPod: boolean;
        /** What PostgreSQL would say of it, as files. */
        readonly answers?: Readonly<Record<string, string>>;
      }
    >
  >;
}

export interface Behaviour {
  /** Phase every Restore ends in, unless what is created is refused. */
  endsAs?: string;
  /** Restores never end. */
  hangs?: boolean;
  /** Pods never start, as where an image cannot be pulled. */
  pullsNothing?: boolean;
  /** A storage driver that holds claims for ever. */
  holdsClaims?: boolean;
  /** Workloads are never ready. */
  neverReady?: boolean;
  /** A storage class that binds when a pod uses the claim. */
  bindsAtFirstUse?: boolean;
}

const collectionOf: Readonly<Record<string, (namespace: string) => string>> = {
  persistentvolumeclaims: (namespace) => `/api/v1/namespaces/${namespace}/persistentvolumeclaims`,
  pods: (namespace) => `/api/v1/namespaces/${namespace}/pods`,
  configmaps: (namespace) => `/api/v1/namespaces/${namespace}/configmaps`,
  secrets: (namespace) => `/api/v1/namespaces/${namespace}/secrets`,
  serviceaccounts: (namespace) => `/api/v1/namespaces/${namespace}/serviceaccounts`,
  "deployments.apps": (namespace) => `/apis/apps/v1/namespaces/${namespace}/deployments`,
  "statefulsets.apps": (namespace) => `/apis/apps/v1/namespaces/${namespace}/statefulsets`,
};

export class Cluster {
  readonly behaviour: Behaviour = {};
  readonly folder = mkdtempSync(path.join(os.tmpdir(), "drill-cluster-"));
  readonly backups = new Map<string, BackedUp>();
  rules: readonly DrillModifier[] = [];
  /** What pods of the drill were asked and answered. */
  readonly refused: string[] = [];

  private readonly store: Store;
  private readonly namespaces: { readonly drill: string; readonly velero: string };
  private readonly program: { readonly file: string; readonly configMap: string };

  constructor(store: Store, namespaces: Cluster["namespaces"], program: Cluster["program"]) {
    this.store = store;
    this.namespaces = namespaces;
    this.program = program;
  }

  tick(): void {
    this.restoreSome();
    this.bindClaims();
    this.runPods();
    this.runWorkloads();
    this.letGo();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private readonly collection = (resource: string) =>
    (collectionOf[resource] ?? (() => ""))(this.namespaces.drill);

  private restoreSome(): void {
    const restores = `/apis/velero.io/v1/namespaces/${this.namespaces.velero}/restores`;
    for (const [where, restore] of this.store.of(restores)) {
      restore.metadata.finalizers ??= ["restores.velero.io/external-resources-finalizer"];
      if (restore.metadata.deletionTimestamp !== undefined) {
        this.store.release(where, "restores.velero.io/external-resources-finalizer");
        continue;
      }
      const phase = (restore["status"] as { phase?: string } | undefined)?.phase;
      if (phase === undefined) restore["status"] = { phase: "InProgress", warnings: 0, errors: 0 };
      else if (phase === "InProgress") this.proceed(restore);
      else if (phase === "WaitingForPluginOperations" && this.filled(restore)) {
        restore["status"].phase = this.behaviour.endsAs ?? "Completed";
      }
    }
  }

  private proceed(restore: Stored): void {
    if (this.behaviour.hangs === true) return;
    const spec = restore["spec"] as {
      backupName: string;
      includedNamespaces: string[];
      includedResources: string[];
      orLabelSelectors?: { matchLabels: Record<string, string> }[];
      namespaceMapping: Record<string, string>;
    };
    const backup = this.backups.get(spec.backupName);
    if (backup === undefined) {
      restore["status"] = {
        phase: "FailedValidation",
        validationErrors: [`backup ${spec.backupName} not found`],
      };
      return;
    }
    const errors = spec.includedResources.flatMap((resource) =>
      (backup.objects[resource] ?? [])
        .filter(({ metadata }) => spec.includedNamespaces.includes(metadata.namespace))
        .filter(({ metadata }) => isSelected(metadata.labels, spec.orLabelSelectors))
        .flatMap((object) => [
          ...this.bring(object, resource, restore, backup),
          // What a pod mounts comes with it, selected or not (add_pvc_from_pod_action.go).
          ...(resource === "pods"
            ? claimsOf(object).flatMap((claim) =>
                (backup.objects["persistentvolumeclaims"] ?? [])
                  .filter(({ metadata }) => metadata.name === claim)
                  .flatMap((found) => this.bring(found, "persistentvolumeclaims", restore, backup)),
              )
            : []),
        ]),
    );
    restore["status"] =
      errors.length === 0
        ? { phase: "WaitingForPluginOperations", errors: 0 }
        : { phase: "PartiallyFailed", errors: errors.length };
    this.refused.push(...errors);
  }

  /** Metadata is reset, restore-wait put first, then the modifiers, then labels and the namespace (restore.go). */
  private bring(object: Stored, resource: string, restore: Stored, backup: BackedUp): string[] {
    const { name, namespace, labels, annotations } = object.metadata;
    const reset: Stored = {
      ...structuredClone(object),
      metadata: {
        name,
        namespace,
        uid: "",
        labels: { ...labels },
        annotations: { ...annotations },
      },
    };
    delete reset["status"];
    if (resource === "pods") this.addHelper(reset, backup);
    const changed = modified(reset, resource, this.rules);
    changed.metadata.labels = {
      ...changed.metadata.labels,
      "velero.io/restore-name": restore.metadata.name,
    };
    changed.metadata.namespace = this.namespaces.drill;
    const collection = this.collection(resource);
    if (this.store.get(`${collection}/${name}`) !== undefined) return [];
    const why = resource === "pods" ? notRestricted(changed) : undefined;
    if (why !== undefined) return [`pod ${name}: ${why}`];
    const stored = this.store.add(collection, changed);
    if (resource === "persistentvolumeclaims") {
      stored["status"] = { phase: "Pending" };
      stored.metadata.finalizers = ["kubernetes.io/pvc-protection"];
      stored.metadata.annotations = {
        ...stored.metadata.annotations,
        "fake/backup": restore["spec"].backupName as string,
      };
    }
    return [];
  }

  /** It bears the security context of the first container (pod_volume_restore_action.go). */
  private addHelper(pod: Stored, backup: BackedUp): void {
    const spec = pod["spec"] as {
      initContainers?: unknown[];
      containers: { securityContext?: unknown }[];
      volumes?: { name: string; persistentVolumeClaim?: { claimName: string } }[];
    };
    const filled =
      spec.volumes?.filter(
        ({ persistentVolumeClaim: claim }) =>
          claim !== undefined && backup.volumes[claim.claimName]?.throughPod === true,
      ) ?? [];
    if (filled.length === 0) return;
    spec.initContainers = [
      {
        name: "restore-wait",
        image: "velero/velero:v1.18.1",
        securityContext: spec.containers[0]?.securityContext,
        volumeMounts: filled.map(({ name }) => ({ name, mountPath: `/restores/${name}` })),
      },
      ...(spec.initContainers ?? []),
    ];
  }

  /** All claims of a Restore have their data. */
  private filled({ metadata }: Stored): boolean {
    return this.store
      .of(this.collection("persistentvolumeclaims"))
      .filter(([, claim]) => claim.metadata.labels?.["velero.io/restore-name"] === metadata.name)
      .every(
        ([, claim]) =>
          (claim["status"] as { phase: string }).phase === "Bound" ||
          this.sourceOf(claim) === undefined,
      );
  }

  private sourceOf({ metadata }: Stored) {
    return this.backups.get(metadata.annotations?.["fake/backup"] ?? "")?.volumes[metadata.name];
  }

  dataOf(claim: string): string {
    return path.join(this.folder, claim);
  }

  private bindClaims(): void {
    const pods = this.store.of(this.collection("pods")).map(([, pod]) => pod);
    for (const [, claim] of this.store.of(this.collection("persistentvolumeclaims"))) {
      const source = this.sourceOf(claim);
      if ((claim["status"] as { phase: string }).phase === "Bound" || source === undefined)
        continue;
      const users = pods.filter((pod) => claimsOf(pod).includes(claim.metadata.name));
      if (this.behaviour.bindsAtFirstUse === true && users.length === 0) continue;
      const waits = users.some((pod) => initNames(pod)[0] === "restore-wait");
      if (source.throughPod && !waits) continue;
      mkdirSync(this.dataOf(claim.metadata.name), { recursive: true });
      cpSync(source.data, this.dataOf(claim.metadata.name), {
        recursive: true,
        preserveTimestamps: true,
      });
      // Velero's helper waits for this mark.
      if (source.throughPod) {
        mkdirSync(path.join(this.dataOf(claim.metadata.name), ".velero"), { recursive: true });
        writeFileSync(
          path.join(this.dataOf(claim.metadata.name), ".velero", claim.metadata.uid),
          "",
        );
      }
      claim["status"] = { phase: "Bound" };
    }
  }

  private runPods(): void {
    for (const [, pod] of this.store.of(this.collection("pods"))) {
      const status = (pod["status"] ??= { phase: "Pending" }) as { phase: string };
      if (status.phase !== "Pending" || pod.metadata.ownerReferences !== undefined) continue;
      const volumes =
        (pod["spec"] as { volumes?: { name: string; configMap?: { name: string } }[] }).volumes ??
        [];
      const bound = claimsOf(pod).every((claim) => this.boundClaim(claim));
      const mounted = volumes.every(
        ({ configMap }) => configMap === undefined || configMap.name === this.program.configMap,
      );
      if (!bound || !mounted || this.behaviour.pullsNothing === true) {
        pod["status"] = {
          phase: "Pending",
          conditions: bound
            ? []
            : [
                {
                  type: "PodScheduled",
                  status: "False",
                  message: "pod has unbound immediate PersistentVolumeClaims",
                },
              ],
          containerStatuses: bound
            ? [
                {
                  state: {
                    waiting: { reason: "ImagePullBackOff", message: "Back-off pulling image" },
                  },
                },
              ]
            : [],
        };
        continue;
      }
      const left = initNames(pod).filter((name) => name !== "restore-wait" && name !== "database");
      // What an app waits for is not there: its own init containers never end.
      if (left.length > 0) continue;
      this.runContainer(pod);
    }
  }

  private boundClaim(name: string): boolean {
    const claim = this.store.get(`${this.collection("persistentvolumeclaims")}/${name}`);
    return (claim?.["status"] as { phase?: string } | undefined)?.phase === "Bound";
  }

  private runContainer(pod: Stored): void {
    const [container] = (
      pod["spec"] as {
        containers: { command?: string[]; env?: { name: string; value: string }[] }[];
      }
    ).containers;
    const [node = "", file = "", mode = ""] = container?.command ?? [];
    const log = path.join(this.folder, `log-${pod.metadata.name}`);
    let exitCode = 0;
    if (mode === "check") {
      const env = expanded(container?.env ?? []);
      if (!existsSync(this.program.file) || !file.startsWith("/program/"))
        throw new Error(`no ${file}`);
      const claim = claimsOf(pod)[0] ?? "";
      try {
        execFileSync(node, [this.program.file, mode], {
          env: {
            PATH: process.env["PATH"],
            ...env,
            ...("ANSWERS" in env ? { ANSWERS: this.answersOn(claim) } : {}),
            RESTORED: this.dataOf(claim),
            TERMINATION_LOG: log,
          },
          stdio: ["ignore", "ignore", "pipe"],
        });
      } catch {
        exitCode = 1;
      }
    }
    const message = existsSync(log) ? readFileSync(log, "utf8").slice(0, 4096) : "";
    pod["status"] = {
      phase: exitCode === 0 ? "Succeeded" : "Failed",
      containerStatuses: [{ state: { terminated: { exitCode, message } } }],
    };
  }

  /** A server ran before, and what it said is in the folder. */
  private answersOn(claim: string): string {
    const folder = mkdtempSync(path.join(this.folder, "answers-"));
    const found = this.store.get(`${this.collection("persistentvolumeclaims")}/${claim}`);
    const answers = found === undefined ? {} : (this.sourceOf(found)?.answers ?? {});
    for (const [file, text] of Object.entries(answers))
      writeFileSync(path.join(folder, file), text);
    return folder;
  }

  private runWorkloads(): void {
    for (const resource of ["deployments.apps", "statefulsets.apps"]) {
      for (const [, workload] of this.store.of(this.collection(resource))) {
        const status = (workload["status"] ??= {}) as { readyReplicas?: number };
        if (status.readyReplicas !== undefined || this.behaviour.neverReady === true) continue;
        const { template } = workload["spec"] as {
          template: { metadata: { labels: Record<string, string> }; spec: object };
        };
        const { name, namespace, uid } = workload.metadata;
        const pod = this.store.add(this.collection("pods"), {
          apiVersion: "v1",
          kind: "Pod",
          metadata: {
            name: `${name}-1`,
            namespace,
            uid: "",
            labels: template.metadata.labels,
            ownerReferences: [{ uid, kind: workload.kind, name }],
          },
          spec: template.spec,
        });
        pod["status"] = { phase: "Running", podIP: "127.0.0.1" };
        status.readyReplicas = 1;
      }
    }
  }

  /** A claim is held while a pod uses it. */
  private letGo(): void {
    if (this.behaviour.holdsClaims === true) return;
    const used = new Set(
      this.store.of(this.collection("pods")).flatMap(([, pod]) => claimsOf(pod)),
    );
    for (const [where, claim] of this.store.of(this.collection("persistentvolumeclaims"))) {
      if (claim.metadata.deletionTimestamp === undefined || used.has(claim.metadata.name)) continue;
      this.store.release(where, "kubernetes.io/pvc-protection");
      rmSync(this.dataOf(claim.metadata.name), { recursive: true, force: true });
    }
  }
}

const claimsOf = ({ spec }: Stored): string[] =>
  (
    (spec as { volumes?: { persistentVolumeClaim?: { claimName: string } }[] }).volumes ?? []
  ).flatMap(({ persistentVolumeClaim: claim }) => claim?.claimName ?? []);

const initNames = ({ spec }: Stored): string[] =>
  ((spec as { initContainers?: { name: string }[] }).initContainers ?? []).map(({ name }) => name);

const isSelected = (
  labels: Readonly<Record<string, string>> = {},
  selectors: readonly { readonly matchLabels: Readonly<Record<string, string>> }[] | undefined,
): boolean =>
  selectors === undefined ||
  selectors.some(({ matchLabels }) =>
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value),
  );

/** As the kubelet does it: `$$` is a dollar, and `$(NAME)` a variable that stands before. */
function expanded(
  env: readonly { readonly name: string; readonly value: string }[],
): Record<string, string> {
  const known: Record<string, string> = {};
  for (const { name, value } of env)
    known[name] = value.replaceAll(/\$\$|\$\(([^)]*)\)/g, (found, other: string | undefined) =>
      other === undefined ? "$" : (known[other] ?? found),
    );
  return known;
}
