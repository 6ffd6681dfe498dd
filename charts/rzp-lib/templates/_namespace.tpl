{{/*
Namespace, with its Pod Security level. Rendered where `namespace.create` says so; never pruned.
What its pods need not keep of RZP's rules, and what its ExternalSecrets may read, are annotations, which the
policies on the cluster read; why is one for people.
From values: namespace.{name, create, podSecurity, allows, because, secrets, labels}, name, tier, environment.
Call: {{ template "rzp-lib.kind.namespace" . }}
*/}}
{{- define "rzp-lib.kind.namespace" -}}
{{- $service := .Values.service -}}
{{- $namespace := $service.namespace -}}
{{- if $namespace.create -}}
{{- $labels := dict
  "rzp.local/tier" $service.tier
  "rzp.local/service" $service.name
  "pod-security.kubernetes.io/enforce" $namespace.podSecurity
  "pod-security.kubernetes.io/audit" $namespace.podSecurity
  "pod-security.kubernetes.io/warn" $namespace.podSecurity }}
{{- $annotations := dict }}
{{- with $namespace.allows }}
{{- $annotations = dict "rzp.local/allows" (join " " .) }}
{{- end }}
{{- with $namespace.secrets }}
{{- $annotations = merge $annotations (dict "rzp.local/secret-store" .store "rzp.local/secret-paths" (join "," .paths)) }}
{{- end }}
{{- with include "rzp-lib.lines" $namespace.because }}
{{- $annotations = merge $annotations (dict "rzp.local/because" .) }}
{{- end }}
---
apiVersion: v1
kind: Namespace
{{ template "rzp-lib.metadata" (dict "root" . "kind" "Namespace" "name" $namespace.name "cluster" true "labels" (merge $labels ($namespace.labels | default dict)) "annotations" $annotations) }}
{{- end }}
{{- end }}
