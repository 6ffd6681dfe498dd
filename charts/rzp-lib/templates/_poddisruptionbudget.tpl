{{/*
PodDisruptionBudgets. Pods that are not ready never hold up a drain.
From values: disruption.<name>.{component, keep, miss}.
Call: {{ template "rzp-lib.kind.poddisruptionbudget" . }}
*/}}
{{- define "rzp-lib.kind.poddisruptionbudget" -}}
{{- range $name, $budget := .Values.service.disruption }}
{{- $keeps := not (kindIs "invalid" $budget.keep) }}
{{- if eq $keeps (not (kindIs "invalid" $budget.miss)) }}
{{- include "rzp-lib.refuse" (dict "root" $ "key" (printf "disruption.%s" $name) "text" "is exactly one of keep and miss.") }}
{{- end }}
{{- template "rzp-lib.component.check" (dict "root" $ "key" (printf "disruption.%s.component" $name) "component" $budget.component) }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "PodDisruptionBudget" "name" $name "component" $budget.component) }}
spec:
  {{- if $keeps }}
  minAvailable: {{ int64 $budget.keep }}
  {{- else }}
  maxUnavailable: {{ int64 $budget.miss }}
  {{- end }}
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "rzp-lib.selector" (dict "root" $ "component" $budget.component) | nindent 6 }}
{{- end }}
{{- end }}
