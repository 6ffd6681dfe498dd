{{/*
Roles: rights in the namespace of the service.
From values: roles.<name> without `cluster`: rules, powers.
Call: {{ template "rzp-lib.kind.role" . }}
*/}}
{{- define "rzp-lib.kind.role" -}}
{{- range $name, $role := .Values.service.roles }}
{{- if not $role.cluster }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "Role" "name" $name "annotations" (ternary (dict "rzp.local/allows" "powers") dict ($role.powers | default false))) }}
rules:
  {{- include "rzp-lib.rules" $role.rules | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}
