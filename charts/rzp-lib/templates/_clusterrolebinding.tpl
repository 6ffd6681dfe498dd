{{/*
ClusterRoleBindings: who has the ClusterRole of the same name.
From values: roles.<name> with `cluster: true`: account; namespace.name.
Call: {{ template "rzp-lib.kind.clusterrolebinding" . }}
*/}}
{{- define "rzp-lib.kind.clusterrolebinding" -}}
{{- range $name, $role := .Values.service.roles }}
{{- if $role.cluster }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "ClusterRoleBinding" "name" $name "cluster" true) }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: {{ template "rzp-lib.word" $name }}
subjects:
  - kind: ServiceAccount
    name: {{ template "rzp-lib.word" $role.account }}
    namespace: {{ template "rzp-lib.word" $.Values.service.namespace.name }}
{{- end }}
{{- end }}
{{- end }}
