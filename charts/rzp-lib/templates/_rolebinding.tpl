{{/*
RoleBindings: who has the Role of the same name.
From values: roles.<name> without `cluster`: account, of; namespace.name.
Call: {{ template "rzp-lib.kind.rolebinding" . }}
*/}}
{{- define "rzp-lib.kind.rolebinding" -}}
{{- range $name, $role := .Values.service.roles }}
{{- if not $role.cluster }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "RoleBinding" "name" $name) }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ template "rzp-lib.word" $name }}
subjects:
  - kind: ServiceAccount
    name: {{ template "rzp-lib.word" $role.account }}
    namespace: {{ template "rzp-lib.word" ($role.of | default $.Values.service.namespace.name) }}
{{- end }}
{{- end }}
{{- end }}
