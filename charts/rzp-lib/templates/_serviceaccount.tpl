{{/*
ServiceAccounts. No token is mounted by the account; a pod that needs it says so (`pod.token`).
From values: accounts.<name>.annotations.
Call: {{ template "rzp-lib.kind.serviceaccount" . }}
*/}}
{{- define "rzp-lib.kind.serviceaccount" -}}
{{- range $name, $account := .Values.service.accounts }}
---
apiVersion: v1
kind: ServiceAccount
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "ServiceAccount" "name" $name "annotations" $account.annotations) }}
automountServiceAccountToken: false
{{- end }}
{{- end }}
