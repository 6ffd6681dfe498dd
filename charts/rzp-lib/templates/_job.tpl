{{/*
Jobs that run once. The template of a Job cannot change: who changes it changes `objectName` too.
From values: workloads.<component> with runs: Job.
Call: {{ template "rzp-lib.kind.job" . }}
*/}}
{{- define "rzp-lib.kind.job" -}}
{{- range $component, $workload := .Values.service.workloads }}
{{- if eq $workload.runs "Job" }}
---
apiVersion: batch/v1
kind: Job
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "Job" "name" $workload.objectName "component" $component "annotations" $.Values.service.annotations) }}
spec:
  {{- if $workload.suspended }}
  suspend: true
  {{- end }}
  {{- include "rzp-lib.workload.job" (dict "root" $ "component" $component "workload" $workload) | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}
