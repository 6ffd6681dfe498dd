{{/*
StatefulSets: pods with a name and a claim each. The claim templates carry the selector's labels
only, because they can never change; their defaults are written out, because Argo CD compares lists.
On the object, never on its pods, Reloader is told with which Secrets they restart; `annotations` wins.
From values: annotations, workloads.<component> with runs: StatefulSet; services.<headless>.headless.
Call: {{ template "rzp-lib.kind.statefulset" . }}
*/}}
{{- define "rzp-lib.kind.statefulset" -}}
{{- range $component, $workload := .Values.service.workloads }}
{{- if eq $workload.runs "StatefulSet" }}
{{- template "rzp-lib.workload.update" (dict "root" $ "component" $component "workload" $workload "allowed" (list "RollingUpdate" "OnDelete")) }}
{{- $headless := get ($.Values.service.services | default dict) ($workload.headless | default "") | default dict }}
{{- if not $headless.headless }}
{{- include "rzp-lib.refuse" (dict "root" $ "key" (printf "workloads.%s.headless" $component) "text" (printf "%q is not a headless Service of this service, and a StatefulSet needs one." ($workload.headless | default ""))) }}
{{- end }}
{{- $restarts := dict }}
{{- with $workload.restartsWith }}{{ $restarts = dict "secret.reloader.stakater.com/reload" (join "," .) }}{{ end }}
---
apiVersion: apps/v1
kind: StatefulSet
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "StatefulSet" "name" $workload.objectName "component" $component "annotations" (merge (dict) ($.Values.service.annotations | default dict) $restarts)) }}
spec:
  serviceName: {{ template "rzp-lib.word" $workload.headless }}
  {{- if not (kindIs "invalid" $workload.replicas) }}
  replicas: {{ int64 $workload.replicas }}
  {{- end }}
  revisionHistoryLimit: 3
  {{- if $workload.parallel }}
  podManagementPolicy: Parallel
  {{- end }}
  {{- with $workload.update }}
  updateStrategy:
    type: {{ . }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "rzp-lib.selector" (dict "root" $ "component" $component) | nindent 6 }}
  template:
    {{- include "rzp-lib.pod" (dict "root" $ "component" $component "workload" $workload) | nindent 4 }}
  {{- with $workload.templates }}
  volumeClaimTemplates:
    {{- range $name, $claim := . }}
    - apiVersion: v1
      kind: PersistentVolumeClaim
      metadata:
        name: {{ template "rzp-lib.word" $name }}
        labels:
          {{- include "rzp-lib.selector" (dict "root" $ "component" $component) | nindent 10 }}
          {{- with $claim.backup }}
          rzp.local/backup: {{ quote . }}
          {{- end }}
      spec:
        accessModes:
          - {{ $claim.access }}
        {{- with $claim.class }}
        storageClassName: {{ template "rzp-lib.word" . }}
        {{- end }}
        volumeMode: Filesystem
        resources:
          requests:
            storage: {{ template "rzp-lib.word" $claim.size }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
{{- end }}
