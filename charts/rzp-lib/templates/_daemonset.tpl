{{/*
DaemonSets: one pod on every node.
From values: workloads.<component> with runs: DaemonSet.
Call: {{ template "rzp-lib.kind.daemonset" . }}
*/}}
{{- define "rzp-lib.kind.daemonset" -}}
{{- range $component, $workload := .Values.service.workloads }}
{{- if eq $workload.runs "DaemonSet" }}
{{- template "rzp-lib.workload.update" (dict "root" $ "component" $component "workload" $workload "allowed" (list "RollingUpdate" "OnDelete")) }}
---
apiVersion: apps/v1
kind: DaemonSet
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "DaemonSet" "name" $workload.objectName "component" $component "annotations" $.Values.service.annotations) }}
spec:
  revisionHistoryLimit: 3
  {{- with $workload.update }}
  updateStrategy:
    type: {{ . }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "rzp-lib.selector" (dict "root" $ "component" $component) | nindent 6 }}
  template:
    {{- include "rzp-lib.pod" (dict "root" $ "component" $component "workload" $workload) | nindent 4 }}
{{- end }}
{{- end }}
{{- end }}
