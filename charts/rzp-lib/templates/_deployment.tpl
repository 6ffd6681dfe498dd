{{/*
Deployments: pods that are alike.
On the object, never on its pods, Reloader is told with which Secrets they restart; `annotations` wins.
From values: annotations, workloads.<component> with runs: Deployment.
Call: {{ template "rzp-lib.kind.deployment" . }}
*/}}
{{- define "rzp-lib.kind.deployment" -}}
{{- range $component, $workload := .Values.service.workloads }}
{{- if eq $workload.runs "Deployment" }}
{{- template "rzp-lib.workload.update" (dict "root" $ "component" $component "workload" $workload "allowed" (list "RollingUpdate" "Recreate")) }}
{{- $restarts := dict }}
{{- with $workload.restartsWith }}{{ $restarts = dict "secret.reloader.stakater.com/reload" (join "," .) }}{{ end }}
---
apiVersion: apps/v1
kind: Deployment
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "Deployment" "name" $workload.objectName "component" $component "annotations" (merge (dict) ($.Values.service.annotations | default dict) $restarts)) }}
spec:
  {{- if not (kindIs "invalid" $workload.replicas) }}
  replicas: {{ int64 $workload.replicas }}
  {{- end }}
  revisionHistoryLimit: 3
  {{- with $workload.update }}
  strategy:
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
