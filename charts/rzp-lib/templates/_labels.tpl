{{/*
Metadata every object has: labels, selectors, annotations for Argo CD. All names come from values.
*/}}

{{/*
The `metadata:` of an object.
Reads: root, kind, name; component, labels, annotations where there are some; cluster: true for an
object without namespace.
Call: {{ include "rzp-lib.metadata" (dict "root" $ "kind" "ConfigMap" "name" $name) }}
*/}}
{{- define "rzp-lib.metadata" -}}
metadata:
  name: {{ include "rzp-lib.word" .name }}
  {{- if not .cluster }}
  namespace: {{ include "rzp-lib.word" .root.Values.service.namespace.name }}
  {{- end }}
  labels:
    {{- include "rzp-lib.labels" . | nindent 4 }}
  {{- with include "rzp-lib.annotations" . }}
  annotations:
    {{- . | nindent 4 }}
  {{- end }}
{{- end }}

{{/*
Labels of an object. Ours cannot be replaced: `rzp-lib.labels.check` refuses that.
Reads: root; component and labels where there are some. From values: name, tier, environment, labels.
Call: {{- include "rzp-lib.labels" (dict "root" $ "component" "server") | nindent 4 }}
*/}}
{{- define "rzp-lib.labels" -}}
{{- $service := .root.Values.service -}}
{{- $ours := dict
  "app.kubernetes.io/name" $service.name
  "app.kubernetes.io/part-of" $service.tier
  "app.kubernetes.io/managed-by" "rzp"
  "rzp.local/environment" $service.environment -}}
{{- with .component }}{{ $_ := set $ours "app.kubernetes.io/component" . }}{{ end -}}
{{- include "rzp-lib.pairs" (merge $ours (.labels | default dict) ($service.labels | default dict)) -}}
{{- end }}

{{/*
Labels of the pods of a component: the two of the selector, tier, environment, its own. Nothing that
changes with a release: pods would restart.
Reads: root, component, labels (of the pod).
Call: {{- include "rzp-lib.labels.pod" (dict "root" $ "component" "server" "labels" $pod.labels) | nindent 4 }}
*/}}
{{- define "rzp-lib.labels.pod" -}}
{{- $service := .root.Values.service -}}
{{- $ours := dict
  "app.kubernetes.io/name" $service.name
  "app.kubernetes.io/component" .component
  "app.kubernetes.io/part-of" $service.tier
  "rzp.local/environment" $service.environment -}}
{{- include "rzp-lib.pairs" (merge $ours (.labels | default dict)) -}}
{{- end }}

{{/*
Labels that select the pods of a component. Two for a workload, and they never change. The pods of a
PostgreSQL cluster are found by the operator's label: CloudNativePG gives app.kubernetes.io/name and
/component a meaning of its own and works with them (its issues 9920 and 11438).
Reads: root, component. From values: name, postgres.*.objectName.
Call: {{- include "rzp-lib.selector" (dict "root" $ "component" "server") | nindent 6 }}
*/}}
{{- define "rzp-lib.selector" -}}
{{- $service := .root.Values.service -}}
{{- with get ($service.postgres | default dict) .component -}}
cnpg.io/cluster: {{ quote .objectName }}
{{- else -}}
app.kubernetes.io/component: {{ quote .component }}
app.kubernetes.io/name: {{ quote $service.name }}
{{- end -}}
{{- end }}

{{/*
Annotations of an object: what Argo CD must know by kind, then the object's own. A wave is left out
where it is 0, Argo CD's default. Claims are in the wave of their pods: a class that waits for the
first consumer would never bind in an earlier one.
Reads: kind; annotations where there are some, which win.
Call: {{- include "rzp-lib.annotations" (dict "kind" "Namespace") | nindent 4 }}
*/}}
{{- define "rzp-lib.annotations" -}}
{{- $waves := dict
  "Namespace" "-30"
  "ExternalSecret" "-15"
  "ServiceAccount" "-10" "Role" "-10" "RoleBinding" "-10" "ClusterRole" "-10" "ClusterRoleBinding" "-10"
  "ConfigMap" "-10" "NetworkPolicy" "-10" "ResourceClaimTemplate" "-10"
  "HTTPRoute" "5" "GRPCRoute" "5" "TLSRoute" "5" "TCPRoute" "5" "UDPRoute" "5"
  "HorizontalPodAutoscaler" "5" "PodDisruptionBudget" "5"
  "ServiceMonitor" "10" "PodMonitor" "10" -}}
{{- $holdsData := list "Namespace" "PersistentVolume" "PersistentVolumeClaim" "Cluster" "Database" -}}
{{- $ours := dict -}}
{{- with get $waves .kind }}{{ $_ := set $ours "argocd.argoproj.io/sync-wave" . }}{{ end -}}
{{- /* Whoever scrapes may come later: until its kinds are there, the rest is synced all the same. */ -}}
{{- if has .kind (list "ServiceMonitor" "PodMonitor") }}{{ $_ := set $ours "argocd.argoproj.io/sync-options" "SkipDryRunOnMissingResource=true" }}{{ end -}}
{{- if has .kind $holdsData }}{{ $_ := set $ours "argocd.argoproj.io/sync-options" "Prune=false,Delete=false" }}{{ end -}}
{{- include "rzp-lib.pairs" (merge (dict) (.annotations | default dict) $ours) -}}
{{- end }}

{{/*
Refuses a label that rzp-lib sets itself. Reads: root, key, labels.
Call: {{- include "rzp-lib.labels.check" (dict "root" $ "key" "labels" "labels" $service.labels) }}
*/}}
{{- define "rzp-lib.labels.check" -}}
{{- $ours := list "app.kubernetes.io/name" "app.kubernetes.io/component" "app.kubernetes.io/part-of" "app.kubernetes.io/managed-by" "rzp.local/environment" "rzp.local/tier" "rzp.local/service" "rzp.local/kubernetes-service" "pod-security.kubernetes.io/enforce" "pod-security.kubernetes.io/audit" "pod-security.kubernetes.io/warn" -}}
{{- range $label, $_ := .labels -}}
{{- if has $label $ours -}}
{{- include "rzp-lib.refuse" (dict "root" $.root "key" $.key "text" (printf "the label %q is set by rzp-lib; take it out." $label)) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/*
Refuses a component that is not there. Reads: root, key, component.
Call: {{- include "rzp-lib.component.check" (dict "root" $ "key" "services.web.component" "component" "server") }}
*/}}
{{- define "rzp-lib.component.check" -}}
{{- $service := .root.Values.service -}}
{{- $components := concat (keys ($service.workloads | default dict)) (keys ($service.postgres | default dict)) | sortAlpha -}}
{{- if not (has .component $components) -}}
{{- include "rzp-lib.refuse" (dict "root" .root "key" .key "text" (printf "there is no component %q; there are: %s." .component (join ", " $components | default "none"))) -}}
{{- end -}}
{{- end }}
