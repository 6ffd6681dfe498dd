{{/*
CronJobs: jobs on a schedule. A run waits for the one before unless `overlap` says otherwise.
From values: workloads.<component> with runs: CronJob.
Call: {{ template "rzp-lib.kind.cronjob" . }}
*/}}
{{- define "rzp-lib.kind.cronjob" -}}
{{- range $component, $workload := .Values.service.workloads }}
{{- if eq $workload.runs "CronJob" }}
{{- if not $workload.schedule }}
{{- include "rzp-lib.refuse" (dict "root" $ "key" (printf "workloads.%s.schedule" $component) "text" "missing; a CronJob has one.") }}
{{- end }}
{{- /* Its jobs have names of 11 characters more (Kubernetes, CronJob). */}}
{{- if gt (len $workload.objectName) 52 }}
{{- include "rzp-lib.refuse" (dict "root" $ "key" (printf "workloads.%s.objectName" $component) "text" "has more than 52 characters, which is all a CronJob may have.") }}
{{- end }}
---
apiVersion: batch/v1
kind: CronJob
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "CronJob" "name" $workload.objectName "component" $component "annotations" $.Values.service.annotations) }}
spec:
  schedule: {{ quote $workload.schedule }}
  {{- with $workload.timeZone }}
  timeZone: {{ template "rzp-lib.word" . }}
  {{- end }}
  concurrencyPolicy: {{ $workload.overlap | default "Forbid" }}
  {{- if $workload.suspended }}
  suspend: true
  {{- end }}
  jobTemplate:
    metadata:
      labels:
        {{- include "rzp-lib.labels.pod" (dict "root" $ "component" $component) | nindent 8 }}
    spec:
      {{- include "rzp-lib.workload.job" (dict "root" $ "component" $component "workload" $workload) | nindent 6 }}
{{- end }}
{{- end }}
{{- end }}
