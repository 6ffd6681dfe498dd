{{/*
PostgreSQL clusters (CloudNativePG). Never pruned. Its pods get tier and environment, but not our
app.kubernetes.io/* labels: the operator finds its volumes by its own (see `rzp-lib.selector`).
A single instance has no disruption budget: the operator's would block every drain. The defaults of
the items of `managed.roles` are written out, because Argo CD compares lists.
From values: postgres.<component>.
Call: {{ template "rzp-lib.kind.cluster" . }}
*/}}
{{- define "rzp-lib.kind.cluster" -}}
{{- $service := .Values.service }}
{{- range $component, $cluster := $service.postgres }}
{{- $annotations := dict }}
{{- template "rzp-lib.image.check" (dict "root" $ "key" (printf "postgres.%s" $component) "image" $cluster.image) }}
{{- if $cluster.hibernated }}{{ $annotations = dict "cnpg.io/hibernation" "on" }}{{ end }}
---
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "Cluster" "name" $cluster.objectName "component" $component "annotations" (merge $annotations ($service.annotations | default dict))) }}
spec:
  instances: {{ int64 $cluster.instances }}
  imageName: {{ template "rzp-lib.word" $cluster.image }}
  {{- with $cluster.pullSecret }}
  imagePullSecrets:
    - name: {{ template "rzp-lib.word" . }}
  {{- end }}
  enablePDB: {{ gt (int64 $cluster.instances) 1 }}
  enableSuperuserAccess: false
  {{- with $cluster.priority }}
  priorityClassName: {{ template "rzp-lib.word" . }}
  {{- end }}
  {{- with include "rzp-lib.cluster.affinity" (dict "root" $ "component" $component "cluster" $cluster) }}
  affinity:
    {{- . | nindent 4 }}
  {{- end }}
  {{- template "rzp-lib.labels.check" (dict "root" $ "key" (printf "postgres.%s.labels" $component) "labels" $cluster.labels) }}
  inheritedMetadata:
    labels:
      {{- include "rzp-lib.pairs" (merge (dict "app.kubernetes.io/part-of" $service.tier "rzp.local/environment" $service.environment) ($cluster.labels | default dict) ($service.labels | default dict)) | nindent 6 }}
    {{- with $cluster.annotations }}
    annotations:
      {{- include "rzp-lib.pairs" . | nindent 6 }}
    {{- end }}
  bootstrap:
    initdb:
      database: app
      owner: app
      {{- with $cluster.owner }}
      secret:
        name: {{ template "rzp-lib.word" . }}
      {{- end }}
      dataChecksums: true
  storage:
    size: {{ template "rzp-lib.word" $cluster.size }}
    {{- with $cluster.class }}
    storageClass: {{ template "rzp-lib.word" . }}
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
      - {{ template "rzp-lib.word" . }}
      {{- end }}
    {{- end }}
  {{- end }}
  {{- with $cluster.roles }}
  managed:
    roles:
      {{- range $role, $login := . }}
      - name: {{ template "rzp-lib.word" $role }}
        ensure: present
        login: true
        inherit: true
        connectionLimit: -1
        {{- if $login.readsAll }}
        inRoles:
          - pg_read_all_data
        {{- end }}
        passwordSecret:
          name: {{ template "rzp-lib.word" $login.secret }}
      {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{/*
On which nodes the instances run. The operator itself keeps them on different hosts, softly, unless said.
Reads: root, component, cluster.{nodes, tolerates, spread, apartFrom, together}.
Call: {{- include "rzp-lib.cluster.affinity" (dict "root" $ "component" $name "cluster" $cluster) | nindent 4 }}
*/}}
{{- define "rzp-lib.cluster.affinity" -}}
{{- $cluster := .cluster -}}
{{- $key := printf "postgres.%s" .component -}}
{{- $blocks := list -}}
{{- with $cluster.nodes }}{{ $blocks = append $blocks (printf "nodeSelector:%s" (include "rzp-lib.pairs" . | nindent 2)) }}{{ end -}}
{{- with $cluster.tolerates }}{{ $blocks = append $blocks (include "rzp-lib.placement.tolerations" .) }}{{ end -}}
{{- if eq ($cluster.spread | default "") "zones" }}{{ $blocks = append $blocks "topologyKey: topology.kubernetes.io/zone" }}{{ end -}}
{{- if eq ($cluster.spread | default "") "none" }}{{ $blocks = append $blocks "enablePodAntiAffinity: false" }}{{ end -}}
{{- range $field, $name := dict "apartFrom" "additionalPodAntiAffinity" "together" "additionalPodAffinity" -}}
{{- with get $cluster $field -}}
{{- $terms := include "rzp-lib.placement.terms" (dict "root" $.root "key" (printf "%s.%s" $key $field) "components" .) -}}
{{- $blocks = append $blocks (printf "%s:%s" $name ($terms | nindent 2)) -}}
{{- end -}}
{{- end -}}
{{ join "\n" $blocks }}
{{- end }}
