{{/*
ClusterRoles: rights in the whole cluster.
From values: roles.<name> with `cluster: true`: rules, powers.
Call: {{ template "rzp-lib.kind.clusterrole" . }}
*/}}
{{- define "rzp-lib.kind.clusterrole" -}}
{{- range $name, $role := .Values.service.roles }}
{{- if $role.cluster }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "ClusterRole" "name" $name "cluster" true "annotations" (ternary (dict "rzp.local/allows" "powers") dict ($role.powers | default false))) }}
rules:
  {{- include "rzp-lib.rules" $role.rules | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}
