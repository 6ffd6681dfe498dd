/**
 * Pods that look at a restored volume: this program again, on the volume read-only, with no right and no way into
 * the network. What it found is in the pod's status, so that nobody reads logs or opens a shell.
 */
import type { DrillPlan, DrillVolume } from "../src/model/drill-plan.ts";
import { limited } from "../src/model/names.ts";
import { ApiError, create, find } from "./api.ts";
import type { KubernetesObject } from "./api.ts";
import type { UsableBackup } from "./backup.ts";
import type { CheckRequest, Findings, Inventory } from "./check/findings.ts";
import { DrillFailure } from "./failure.ts";
import { core, drillLabel } from "./paths.ts";
import { answersFolder, postgresScript } from "./postgres.ts";
import { waitFor } from "./world.ts";
import type { World } from "./world.ts";

interface Pod extends KubernetesObject {
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly message?: string;
    }[];
    readonly containerStatuses?: readonly {
      readonly state?: {
        readonly waiting?: { readonly reason?: string; readonly message?: string };
        readonly terminated?: { readonly exitCode: number; readonly message?: string };
      };
    }[];
  };
}

/** The claims of a StatefulSet differ at the end of their names alone. */
const podName = (claim: string) => limited(`check-${claim}`, 63);

export interface Check {
  readonly volume: DrillVolume;
  /** The name it has in the cluster. */
  readonly claim: string;
  readonly backup: UsableBackup;
  readonly before: Inventory | undefined;
}

/** As a Job would, it waits for a quota: pods that are gone stay counted, for minutes where the API server was away. */
export async function startCheck(
  world: World,
  plan: DrillPlan,
  check: Check,
  until: number,
): Promise<void> {
  const pod = podOf(plan, check);
  const what = `waiting to look into volume ${check.volume.claim}`;
  await waitFor(world, { until, reason: "NotReady", what }, async () => {
    try {
      await create(world.server, core(plan.namespace, "pods"), pod);
      return pod;
    } catch (error) {
      if (error instanceof ApiError && isFull(error)) return error.message;
      throw error;
    }
  });
}

/** The words of the API server (kubernetes, plugin/pkg/admission/resourcequota): every refusal of admission is a 403. */
const isFull = ({ status, message }: ApiError) =>
  status === 403 && message.includes("exceeded quota");

function podOf(
  { namespace, checker }: DrillPlan,
  { volume, claim, backup, before }: Check,
): object {
  const { started, ended } = backup;
  const request: CheckRequest = { started, ended, checks: volume.checks, before };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: podName(volume.claim),
      namespace,
      labels: { [drillLabel]: namespace },
    },
    spec: {
      restartPolicy: "Never",
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      priorityClassName: checker.priority,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: volume.user,
        runAsGroup: volume.group,
        fsGroup: volume.group,
        fsGroupChangePolicy: "Always",
        seccompProfile: { type: "RuntimeDefault" },
      },
      ...(volume.postgres === undefined
        ? {}
        : { initContainers: [databaseOf(volume, volume.postgres)] }),
      containers: [
        {
          name: "check",
          image: checker.image,
          command: ["node", `/program/${checker.key}`, "check"],
          env: [
            { name: "CHECK", value: asItIs(JSON.stringify(request)) },
            ...(volume.postgres === undefined ? [] : [{ name: "ANSWERS", value: answersFolder }]),
          ],
          ...restricted,
          volumeMounts: [
            { name: "program", mountPath: "/program", readOnly: true },
            { name: "restored", mountPath: "/restored", readOnly: true },
            { name: "temporary", mountPath: "/tmp" },
            ...answersOf(volume),
          ],
        },
      ],
      volumes: [
        { name: "program", configMap: { name: checker.configMap } },
        { name: "restored", persistentVolumeClaim: { claimName: claim } },
        // A database of the volume may have to be copied.
        { name: "temporary", emptyDir: { sizeLimit: volume.size } },
        ...(volume.postgres === undefined
          ? []
          : [{ name: "answers", emptyDir: { sizeLimit: "16Mi" } }]),
      ],
    },
  };
}

/** What a container of the drill's may and asks for. */
const restricted = {
  resources: { requests: { cpu: "50m", memory: "256Mi" }, limits: { memory: "256Mi" } },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  },
};

const answersOf = ({ postgres }: DrillVolume) =>
  postgres === undefined ? [] : [{ name: "answers", mountPath: answersFolder }];

/** Runs to its end before the program looks: it alone writes to the volume, which is a copy. */
const databaseOf = (volume: DrillVolume, postgres: NonNullable<DrillVolume["postgres"]>) => ({
  name: "database",
  image: postgres.image,
  command: ["bash", "-c", postgresScript({ ...postgres, checks: volume.checks })],
  env: [
    { name: "RESTORED", value: "/restored" },
    { name: "ANSWERS", value: answersFolder },
  ],
  ...restricted,
  volumeMounts: [
    { name: "restored", mountPath: "/restored" },
    { name: "temporary", mountPath: "/tmp" },
    ...answersOf(volume),
  ],
});

/** Waits for what a pod found. */
export async function endOfCheck(
  world: World,
  { namespace }: DrillPlan,
  claim: string,
  until: number,
): Promise<Findings> {
  const name = podName(claim);
  const wait = {
    until,
    reason: "NotReady",
    what: `waiting for what is in volume ${claim}`,
  } as const;
  const pod = await waitFor(world, wait, async () => {
    const found = await find<Pod>(world.server, `${core(namespace, "pods")}/${name}`);
    if (found === undefined)
      throw new DrillFailure(
        "NotReady",
        `somebody deleted pod ${name}, which looked into volume ${claim}`,
      );
    const phase = found.status?.phase ?? "Pending";
    return phase === "Succeeded" || phase === "Failed"
      ? found
      : `pod ${name} is ${phase}${whyNot(found)}`;
  });
  const ended = pod.status?.containerStatuses?.[0]?.state?.terminated;
  try {
    return JSON.parse(ended?.message ?? "") as Findings;
  } catch {
    throw new DrillFailure(
      "NotReady",
      `pod ${name} ended (${ended?.exitCode ?? "no exit code"}) without saying what is in volume ${claim}: ${ended?.message ?? "nothing"}`,
    );
  }
}

/** What Kubernetes says of a pod that does not start. */
function whyNot({ status }: Pod): string {
  const waiting = status?.containerStatuses?.flatMap(({ state }) => state?.waiting ?? []) ?? [];
  const unmet = status?.conditions?.filter((condition) => condition.status === "False") ?? [];
  const words = [
    ...waiting.map(({ reason, message }) => `${reason ?? "waiting"} ${message ?? ""}`.trim()),
    ...unmet.flatMap(({ message }) => message ?? []),
  ];
  return words.length === 0 ? "" : ` (${words.join("; ")})`;
}

/** In the value of a variable `$(NAME)` is filled in and `$$` is one dollar (Kubernetes, EnvVar): names of tables may hold either. */
const asItIs = (text: string): string => text.replaceAll("$", "$$$$");
