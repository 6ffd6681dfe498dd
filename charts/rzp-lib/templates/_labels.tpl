{{/*
Metadata every object has: labels, selectors, annotations for Argo CD. All names come from values.
*/}}

{{/*
The `metadata:` of an object.
Reads: root, kind, name; component, labels, annotations where there are some; cluster: true for an
object without namespace.
Call: {{ template "rzp-lib.metadata" (dict "root" $ "kind" "ConfigMap" "name" $name) }}
*/}}
{{- define "rzp-lib.metadata" -}}
metadata:
  name: {{ template "rzp-lib.word" .name }}
  {{- if not .cluster }}
  namespace: {{ template "rzp-lib.word" .root.Values.service.namespace.name }}
  {{- end }}
  labels:
    {{- template "rzp-lib.labels" . }}
  {{- with include "rzp-lib.annotations" . }}
  annotations:
    {{- . }}
  {{- end }}
{{- end }}

{{/*
Labels of an object, as lines of its metadata. Ours cannot be replaced: `rzp-lib.labels.check` refuses that.
Reads: root; component and labels where there are some. From values: name, tier, environment, labels.
Call: {{- template "rzp-lib.labels" (dict "root" $ "component" "server") }}
*/}}
{{- define "rzp-lib.labels" -}}
{{- $service := .root.Values.service }}
{{- with .component }}
    app.kubernetes.io/component: {{ quote . }}
{{- end }}
    app.kubernetes.io/managed-by: "rzp"
    app.kubernetes.io/name: {{ quote $service.name }}
    app.kubernetes.io/part-of: {{ quote $service.tier }}
    rzp.local/environment: {{ quote $service.environment }}
{{- if or .labels $service.labels }}
    {{- include "rzp-lib.pairs" (merge (dict) (.labels | default dict) ($service.labels | default dict)) | nindent 4 }}
{{- end }}
{{- end }}

{{/*
Labels of the pods of a component: the two of the selector, tier, environment, its own. Nothing that
changes with a release: pods would restart.
Reads: root, component, labels (of the pod).
Call: {{- include "rzp-lib.labels.pod" (dict "root" $ "component" "server" "labels" $pod.labels) | nindent 4 }}
*/}}
{{- define "rzp-lib.labels.pod" -}}
{{- $service := .root.Values.service -}}
app.kubernetes.io/component: {{ quote .component }}
app.kubernetes.io/name: {{ quote $service.name }}
app.kubernetes.io/part-of: {{ quote $service.tier }}
rzp.local/environment: {{ quote $service.environment }}
{{- with .labels }}
{{ include "rzp-lib.pairs" . }}
{{- end }}
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
Annotations of an object, as lines of its metadata: when and how Argo CD applies its kind, then its own,
which win. A wave is left out where it is 0, the default. What holds data is never deleted, and once it is in
no file any more its Application is in sync all the same, or the root would wait for it for ever; claims are in
the wave of their pods, since a class that waits for the first consumer would never bind in an earlier one.
Reads: kind, which is one of the library's (`rzp-lib.annotations.kind`); annotations where there are some.
Call: {{ include "rzp-lib.annotations" (dict "kind" "Namespace") }}
*/}}
{{- define "rzp-lib.annotations" -}}
{{- $kind := printf " %s " .kind }}
{{- $wave := "" }}
{{- $options := "" }}
{{- $comparison := "" }}
{{- if contains $kind " NetworkPolicy ConfigMap ServiceAccount Role RoleBinding ClusterRole ClusterRoleBinding ResourceClaimTemplate " }}
{{- $wave = "-10" }}
{{- else if contains $kind " PersistentVolume PersistentVolumeClaim CustomResourceDefinition Cluster Database " }}
{{- $options = "Prune=false,Delete=false" }}
{{- else if eq .kind "Namespace" }}
{{- $options = "Prune=false,Delete=false" }}
{{- $wave = "-30" }}
{{- else if contains $kind " ResourceQuota LimitRange " }}
{{- $wave = "-30" }}
{{- else if eq .kind "ExternalSecret" }}
{{- $wave = "-15" }}
{{- else if contains $kind " HTTPRoute GRPCRoute TLSRoute TCPRoute UDPRoute SecurityPolicy HorizontalPodAutoscaler PodDisruptionBudget " }}
{{- $wave = "5" }}
{{- end }}
{{- $own := .annotations | default dict }}
{{- $options = get $own "argocd.argoproj.io/sync-options" | default $options }}
{{- if contains "Prune=false" $options }}{{ $comparison = "IgnoreExtraneous" }}{{ end }}
{{- with get $own "argocd.argoproj.io/compare-options" | default $comparison }}
    argocd.argoproj.io/compare-options: {{ quote . }}
{{- end }}
{{- with $options }}
    argocd.argoproj.io/sync-options: {{ quote . }}
{{- end }}
{{- with get $own "argocd.argoproj.io/sync-wave" | default $wave }}
    argocd.argoproj.io/sync-wave: {{ quote . }}
{{- end }}
{{- with omit $own "argocd.argoproj.io/compare-options" "argocd.argoproj.io/sync-options" "argocd.argoproj.io/sync-wave" }}
    {{- include "rzp-lib.pairs" . | nindent 4 }}
{{- end }}
{{- end }}

{{/*
The kind of any object, as `rzp-lib.annotations` takes it: nothing where another operator has a kind of
the same name, of which is not known what it holds and when it is applied. Reads: apiVersion, kind.
Call: {{ include "rzp-lib.annotations.kind" $object }}
*/}}
{{- define "rzp-lib.annotations.kind" -}}
{{- $groups := dict
  "Namespace" "core"
  "ConfigMap" "core"
  "ServiceAccount" "core"
  "PersistentVolume" "core"
  "PersistentVolumeClaim" "core"
  "ResourceQuota" "core"
  "LimitRange" "core"
  "CustomResourceDefinition" "apiextensions.k8s.io"
  "HorizontalPodAutoscaler" "autoscaling"
  "ExternalSecret" "external-secrets.io"
  "SecurityPolicy" "gateway.envoyproxy.io"
  "HTTPRoute" "gateway.networking.k8s.io"
  "GRPCRoute" "gateway.networking.k8s.io"
  "TLSRoute" "gateway.networking.k8s.io"
  "TCPRoute" "gateway.networking.k8s.io"
  "UDPRoute" "gateway.networking.k8s.io"
  "NetworkPolicy" "networking.k8s.io"
  "PodDisruptionBudget" "policy"
  "Cluster" "postgresql.cnpg.io"
  "Database" "postgresql.cnpg.io"
  "Role" "rbac.authorization.k8s.io"
  "RoleBinding" "rbac.authorization.k8s.io"
  "ClusterRole" "rbac.authorization.k8s.io"
  "ClusterRoleBinding" "rbac.authorization.k8s.io"
  "ResourceClaimTemplate" "resource.k8s.io" -}}
{{- $group := ternary (splitList "/" .apiVersion | first) "core" (contains "/" .apiVersion) -}}
{{- if eq $group (get $groups .kind) -}}
{{- .kind -}}
{{- end -}}
{{- end }}

{{/*
Refuses a label that rzp-lib sets itself. Reads: root, key, labels.
Call: {{- template "rzp-lib.labels.check" (dict "root" $ "key" "labels" "labels" $service.labels) }}
*/}}
{{- define "rzp-lib.labels.check" -}}
{{- with .labels -}}
{{- $ours := list "app.kubernetes.io/name" "app.kubernetes.io/component" "app.kubernetes.io/part-of" "app.kubernetes.io/managed-by" "rzp.local/environment" "rzp.local/tier" "rzp.local/service" "rzp.local/backup" "rzp.local/kubernetes-service" "pod-security.kubernetes.io/enforce" "pod-security.kubernetes.io/audit" "pod-security.kubernetes.io/warn" "pod-security.kubernetes.io/enforce-version" "pod-security.kubernetes.io/audit-version" "pod-security.kubernetes.io/warn-version" "kubernetes.io/metadata.name" -}}
{{- range $label, $_ := . -}}
{{- if has $label $ours -}}
{{- include "rzp-lib.refuse" (dict "root" $.root "key" $.key "text" (printf "the label %q is set by rzp-lib; take it out." $label)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/*
Refuses a component that is not there. Reads: root, key, component.
Call: {{- template "rzp-lib.component.check" (dict "root" $ "key" "services.web.component" "component" "server") }}
*/}}
{{- define "rzp-lib.component.check" -}}
{{- $workloads := .root.Values.service.workloads | default dict -}}
{{- $databases := .root.Values.service.postgres | default dict -}}
{{- if not (or (get $workloads .component) (get $databases .component)) -}}
{{- $components := concat (keys $workloads) (keys $databases) | sortAlpha -}}
{{- include "rzp-lib.refuse" (dict "root" .root "key" .key "text" (printf "there is no component %q; there are: %s." .component (join ", " $components | default "none"))) -}}
{{- end -}}
{{- end }}
