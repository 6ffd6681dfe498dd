{{/*
ClusterRoleBindings: who has the ClusterRole of the same name.
From values: roles.<name> with `cluster: true`: account; namespace.name.
Call: {{ include "rzp-lib.kind.clusterrolebinding" . }}
*/}}
{{- define "rzp-lib.kind.clusterrolebinding" -}}
{{- range $name, $role := .Values.service.roles }}
{{- if $role.cluster }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
{{ include "rzp-lib.metadata" (dict "root" $ "kind" "ClusterRoleBinding" "name" $name "cluster" true) }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: {{ include "rzp-lib.word" $name }}
subjects:
  - kind: ServiceAccount
    name: {{ include "rzp-lib.word" $role.account }}
    namespace: {{ include "rzp-lib.word" $.Values.service.namespace.name }}
{{- end }}
{{- end }}
{{- end }}
