{{/*
Objects as they are, of any kind. Our labels, and the annotations for Argo CD that all objects of the
kind have, are added where the object does not set them itself, and the key is its name unless it has
one; nothing else is filled in.
From values: objects.<key>, each with apiVersion and kind.
Call: {{ template "rzp-lib.kind.objects" . }}
*/}}
{{- define "rzp-lib.kind.objects" -}}
{{- range $key, $object := .Values.service.objects }}
{{- $metadata := $object.metadata | default dict }}
{{- $rest := omit $object "apiVersion" "kind" "metadata" }}
---
apiVersion: {{ template "rzp-lib.word" $object.apiVersion }}
kind: {{ template "rzp-lib.word" $object.kind }}
metadata:
  name: {{ template "rzp-lib.word" ($metadata.name | default $key) }}
  {{- with $metadata.namespace }}
  namespace: {{ template "rzp-lib.word" . }}
  {{- end }}
  labels:
    {{- include "rzp-lib.objects.labels" (dict "root" $ "labels" $metadata.labels) | nindent 4 }}
  {{- with include "rzp-lib.annotations" (dict "kind" (include "rzp-lib.annotations.kind" $object) "annotations" $metadata.annotations) }}
  annotations:
    {{- . }}
  {{- end }}
  {{- with omit $metadata "name" "namespace" "labels" "annotations" }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with $rest }}
{{ toYaml . }}
{{- end }}
{{- end }}
{{- end }}

{{/*
Labels of such an object: its own, then ours; by whose environment it is it is judged, so that is always ours. Reads: root, labels.
Call: {{- include "rzp-lib.objects.labels" (dict "root" $ "labels" $metadata.labels) | nindent 4 }}
*/}}
{{- define "rzp-lib.objects.labels" -}}
{{- $service := .root.Values.service -}}
{{- $ours := dict
  "app.kubernetes.io/name" $service.name
  "app.kubernetes.io/part-of" $service.tier
  "app.kubernetes.io/managed-by" "rzp" -}}
{{- include "rzp-lib.pairs" (merge (dict "rzp.local/environment" $service.environment) (.labels | default dict) ($service.labels | default dict) $ours) -}}
{{- end }}
