import { because, customObject, defineChart, kubernetesObject, secret } from "#rzp";

const server = { cpu: "100m", memory: "128Mi" };
const agent = { cpu: "50m", memory: "128Mi" };
const limits = { memory: "1Gi" };
const priorityClassName = "tier-storage";
/** Pods Velero makes for each volume and for its repositories bear no label of their own that all of them have. */
const dataPods = { "rzp.local/velero": "data" };
/**
 * What the node agent reads when it starts: a slow copy into the other house holds up none into the own one; a claim is restored
 * before the pod that will use it, which is held back until then.
 */
const agentConfig = JSON.stringify({
  loadConcurrency: { globalConfig: 2 },
  podLabels: dataPods,
  restorePVC: { ignoreDelayBinding: true },
});

export default defineChart({
  tier: "storage",
  about: "Makes backups of namespaces and their volumes, and restores them",
  chart: {
    from: "https://vmware-tanzu.github.io/helm-charts/velero",
    version: "12.1.0",
    brings: ["velero.io"],
    values: {
      image: { repository: "docker.io/velero/velero", tag: "v1.18.1" },
      initContainers: [
        {
          name: "velero-plugin-for-aws",
          image: "docker.io/velero/velero-plugin-for-aws:v1.14.2",
          volumeMounts: [{ name: "plugins", mountPath: "/target" }],
        },
      ],
      configuration: {
        features: "EnableCSI",
        repositoryMaintenanceJob: { repositoryConfigData: { global: { podLabels: dataPods } } },
      },
      // Where backups go is an object below; when follows from what volumes hold, where the cluster says `backup`.
      backupsEnabled: false,
      snapshotsEnabled: false,
      credentials: { useSecret: false },
      upgradeCRDs: false,
      priorityClassName,
      resources: { requests: server, limits },
      // Copies volumes to the object store when a backup asks for it.
      deployNodeAgent: true,
      nodeAgent: {
        priorityClassName,
        resources: { requests: agent, limits },
        // Another text whenever agentConfig is another one: nothing else starts its pods anew. This is how its sha256 begins.
        podLabels: { "rzp.local/checksum": "d6eed1181d47ceec" },
        // Longhorn copies a whole volume before the first byte of its snapshot can be read: 30 minutes, as unless said, are not enough.
        extraArgs: ["--node-agent-configmap=node-agent", "--data-mover-prepare-timeout=4h"],
      },
    },
  },
  components: {
    server: {
      pods: { name: "velero" },
      ports: { "http-monitoring": 8085 },
      metrics: { port: "http-monitoring" },
      reaches: { apiserver: ["https"], lan: { nas: ["9000/tcp"] } },
      requests: server,
    },
    "node-agent": {
      pods: { name: "node-agent" },
      podSecurity: because("privileged", "reads the volumes of all pods on its node, as root"),
      ports: { "http-monitoring": 8085 },
      metrics: { port: "http-monitoring" },
      reaches: { apiserver: ["https"], lan: { nas: ["9000/tcp"] } },
      requests: agent,
      everyNode: true,
    },
    // Copies one volume, or tends a repository, and ends.
    data: {
      pods: dataPods,
      podSecurity: because("privileged", "reads the volumes of a pod on its node, as root"),
      reaches: { apiserver: ["https"], lan: { nas: ["9000/tcp"] } },
    },
  },
  secrets: {
    cloud: {
      about: "Key of the bucket, as a file of the AWS tools: [default], aws_access_key_id, …",
    },
    // Without this Secret, Velero makes it with a password that its source tells everybody.
    "repository-password": {
      about:
        "With which volumes are encrypted in every location; nothing can be restored without it. It cannot change: keep a copy outside",
      generate: "password",
      secretName: "velero-repo-credentials",
    },
  },
  objects: {
    "node-agent": kubernetesObject({
      apiVersion: "v1",
      kind: "ConfigMap",
      data: { "config.json": agentConfig },
    }),
    default: customObject({
      apiVersion: "velero.io/v1",
      kind: "BackupStorageLocation",
      spec: {
        provider: "aws",
        default: true,
        objectStorage: { bucket: "velero", prefix: "prod" },
        // Key `cloud`: a file as the AWS command line reads it.
        credential: secret("cloud"),
        config: { region: "home", s3ForcePathStyle: "true", s3Url: "http://10.0.10.5:9000" },
      },
    }),
  },
});
