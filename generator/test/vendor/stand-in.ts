/** A small chart of our own that has what upstream charts have: several kinds, a CRD, hooks, a test. */

export const version = "1.2.3";

/** Files of a chart by their path in it. */
export type ChartFiles = Readonly<Record<string, string>>;

export const standIn: ChartFiles = {
  "Chart.yaml": `apiVersion: v2\nname: standin\ndescription: A stand-in for an upstream chart\nversion: ${version}\nappVersion: "4.5.6"\n`,
  "values.yaml": `replicas: 1\nimage: quay.io/standin/server:4.5.6\npassword: ""\ndocker: false\n`,
  "crds/things.yaml": `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: things.standin.example.com
spec:
  group: standin.example.com
  scope: Namespaced
  names: { kind: Thing, plural: things }
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object } }
---
# The second one of the same file.
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: places.standin.example.com
  annotations:
    standin.example.com/note: kept
spec:
  group: standin.example.com
  scope: Cluster
  names: { kind: Place, plural: places }
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object } }
`,
  "templates/deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}-server
  namespace: {{ .Release.Namespace }}
  labels: { app.kubernetes.io/name: standin }
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels: { app.kubernetes.io/name: standin }
  template:
    metadata:
      labels: { app.kubernetes.io/name: standin, app.kubernetes.io/component: server }
    spec:
      # As upstream charts are: neither probes nor limits, and room for them in the values.
      containers:
        - name: server
          image: "{{ .Values.image }}"
          args: [--kubernetes={{ .Capabilities.KubeVersion.Version }}]
          ports:
            - { name: http-metrics, containerPort: 9402 }
            - { name: web, containerPort: 8443 }
          securityContext: { allowPrivilegeEscalation: false }
          volumeMounts: [{ name: settings, mountPath: /etc/standin }]
      volumes:
        - name: settings
          configMap: { name: {{ .Release.Name }}-settings, defaultMode: 0644 }
`,
  "templates/service.yaml": `apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}-server
spec:
  selector: { app.kubernetes.io/name: standin }
  ports: [{ name: web, port: 443, targetPort: web }]
---
{{- if .Values.nothing }}
kind: Nothing
{{- end }}
`,
  "templates/settings.yaml": `apiVersion: v1
kind: ConfigMap
metadata: { name: {{ .Release.Name }}-settings }
data:
  settings.yaml: |
    # Source: not Helm's line, but the program's own
    enabled: true
`,
  "templates/place.yaml": `apiVersion: standin.example.com/v1
kind: Place
metadata:
  name: here
---
apiVersion: standin.example.com/v1
kind: Thing
metadata:
  name: one
`,
  "templates/rbac.yaml": `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: standin:reader
rules:
  - { apiGroups: [""], resources: [pods], verbs: [get] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: standin-leader
  namespace: kube-system
rules: []
`,
  "templates/hook.yaml": `apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .Release.Name }}-migrate
  annotations: { helm.sh/hook: "pre-install,pre-upgrade" }
spec:
  template:
    metadata:
      labels: { app: migrate }
    spec:
      restartPolicy: Never
      containers: [{ name: migrate, image: "{{ .Values.image }}" }]
`,
  "templates/test.yaml": `apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}-test
  annotations: { helm.sh/hook: test }
spec:
  containers: [{ name: test, image: busybox }]
`,
  "templates/secret.yaml": `apiVersion: v1
kind: Secret
metadata:
  name: {{ .Release.Name }}-ca
data: {{ if .Values.password }}{ password: {{ .Values.password | b64enc }} }{{ else }}{}{{ end }}
`,
};

/** The same chart, with some files changed. */
export function changed(files: ChartFiles): ChartFiles {
  return { ...standIn, ...files };
}

export const otherVersion = (number: string) =>
  (standIn["Chart.yaml"] ?? "").replace(version, number);

export interface ServiceOptions {
  readonly from: string;
  readonly version?: string;
  readonly values?: string;
  readonly pods?: string;
  readonly ports?: string;
  /** What its first component is called. */
  readonly component?: string;
  /** Where its route leads; it has none unless said. */
  readonly to?: string;
  readonly archive?: string;
}

/** The service's file, as a person writes it. */
export function serviceText({
  from,
  version: wanted = version,
  values = "{}",
  pods = '{ "app.kubernetes.io/name": "standin" }',
  ports = '{ "http-metrics": 9402 }',
  component = "server",
  to,
  archive = "",
}: ServiceOptions): string {
  return `import { because, defineChart } from "#rzp";

/** A comment that stays. */
export default defineChart({
  tier: "platform",
  about: "Stands in for an upstream chart",
  chart: {
    from: "${from}",
    version: "${wanted}",${archive}
    // Why these values.
    values: ${values},
  },
  components: {
    "${component}": { pods: ${pods}, ports: ${ports}, metrics: { port: "http-metrics" } },
    maker: { pods: { made: "later" }, ports: { web: 8080 }, rendered: because(false, "the controller makes these pods") },
  },${to === undefined ? "" : `\n  routes: { web: { host: "standin", to: "${to}", audience: "internal", signIn: "own" } },`}
});
`;
}
