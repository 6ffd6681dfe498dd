{{/*
DaemonSets: one pod on every node.
On the object, never on its pods, Reloader is told with which Secrets they restart; `annotations` wins.
From values: annotations, workloads.<component> with runs: DaemonSet.
Call: {{ template "rzp-lib.kind.daemonset" . }}
*/}}
{{- define "rzp-lib.kind.daemonset" -}}
{{- range $component, $workload := .Values.service.workloads }}
{{- if eq $workload.runs "DaemonSet" }}
{{- template "rzp-lib.workload.update" (dict "root" $ "component" $component "workload" $workload "allowed" (list "RollingUpdate" "OnDelete")) }}
{{- $restarts := dict }}
{{- with $workload.restartsWith }}{{ $restarts = dict "secret.reloader.stakater.com/reload" (join "," .) }}{{ end }}
---
apiVersion: apps/v1
kind: DaemonSet
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "DaemonSet" "name" $workload.objectName "component" $component "annotations" (merge (dict) ($.Values.service.annotations | default dict) $restarts)) }}
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
