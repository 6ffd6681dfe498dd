{{/*
Namespace, with its Pod Security level, and what its ExternalSecrets may read, for the admission rule
that holds them to it. Rendered where `namespace.create` says so; never pruned.
From values: namespace.{name, create, podSecurity, secrets, labels}, name, tier, environment.
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
{{- with $namespace.secrets }}{{ $annotations = dict "rzp.local/secret-store" .store "rzp.local/secret-paths" (join "," .paths) }}{{ end }}
---
apiVersion: v1
kind: Namespace
{{ template "rzp-lib.metadata" (dict "root" . "kind" "Namespace" "name" $namespace.name "cluster" true "annotations" $annotations "labels" (merge $labels ($namespace.labels | default dict))) }}
{{- end }}
{{- end }}
