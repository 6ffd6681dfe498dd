{{/*
PostgreSQL clusters (CloudNativePG). Never pruned. Its pods get tier and environment, but not our
app.kubernetes.io/* labels: the operator finds its volumes by its own (see `rzp-lib.selector`).
A single instance has no disruption budget: the operator's would block every drain. The defaults of
the items of `managed.roles` are written out, because Argo CD compares lists.
From values: postgres.<component>.
Call: {{ include "rzp-lib.kind.cluster" . }}
*/}}
{{- define "rzp-lib.kind.cluster" -}}
{{- $service := .Values.service }}
{{- range $component, $cluster := $service.postgres }}
{{- $annotations := dict }}
{{- if $cluster.hibernated }}{{ $annotations = dict "cnpg.io/hibernation" "on" }}{{ end }}
---
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
{{ include "rzp-lib.metadata" (dict "root" $ "kind" "Cluster" "name" $cluster.objectName "component" $component "annotations" (merge $annotations ($service.annotations | default dict))) }}
spec:
  instances: {{ int64 $cluster.instances }}
  imageName: {{ include "rzp-lib.word" $cluster.image }}
  {{- with $cluster.pullSecret }}
  imagePullSecrets:
    - name: {{ include "rzp-lib.word" . }}
  {{- end }}
  enablePDB: {{ gt (int64 $cluster.instances) 1 }}
  enableSuperuserAccess: false
  {{- with $cluster.priority }}
  priorityClassName: {{ include "rzp-lib.word" . }}
  {{- end }}
  inheritedMetadata:
    labels:
      {{- include "rzp-lib.pairs" (merge (dict "app.kubernetes.io/part-of" $service.tier "rzp.local/environment" $service.environment) ($service.labels | default dict)) | nindent 6 }}
  bootstrap:
    initdb:
      database: app
      owner: app
      dataChecksums: true
  storage:
    size: {{ include "rzp-lib.word" $cluster.size }}
    {{- with $cluster.class }}
    storageClass: {{ include "rzp-lib.word" . }}
    {{- end }}
  resources:
    {{- include "rzp-lib.resources" $cluster.resources | nindent 4 }}
  {{- if or $cluster.settings $cluster.preload }}
  postgresql:
    {{- with $cluster.settings }}
    parameters:
      {{- include "rzp-lib.pairs" . | nindent 6 }}
    {{- end }}
    {{- with $cluster.preload }}
    shared_preload_libraries:
      {{- range . }}
      - {{ include "rzp-lib.word" . }}
      {{- end }}
    {{- end }}
  {{- end }}
  {{- with $cluster.roles }}
  managed:
    roles:
      {{- range $role, $login := . }}
      - name: {{ include "rzp-lib.word" $role }}
        ensure: present
        login: true
        inherit: true
        connectionLimit: -1
        passwordSecret:
          name: {{ include "rzp-lib.word" $login.secret }}
      {{- end }}
  {{- end }}
{{- end }}
{{- end }}
