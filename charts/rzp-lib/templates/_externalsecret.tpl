{{/*
ExternalSecrets: a Secret by reference, filled by External Secrets; none is in the tree. The Secret
keeps its content when the ExternalSecret goes. Its metadata is written out, else External Secrets
copies that of the ExternalSecret, Argo CD's tracking annotation included; and so are the defaults
inside lists, which Argo CD would show as a difference.
From values: externalSecrets.<name>.{store, data, folders, template, type, labels, about}.
Call: {{ template "rzp-lib.kind.externalsecret" . }}
*/}}
{{- define "rzp-lib.kind.externalsecret" -}}
{{- range $name, $secret := .Values.service.externalSecrets }}
{{- if not (or $secret.data $secret.folders) }}
{{- include "rzp-lib.refuse" (dict "root" $ "key" (printf "externalSecrets.%s" $name) "text" "has neither data nor folders.") }}
{{- end }}
{{- $annotations := dict }}
{{- with include "rzp-lib.lines" $secret.about }}
{{- $annotations = dict "rzp.local/about" . }}
{{- end }}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "ExternalSecret" "name" $name "annotations" $annotations) }}
spec:
  refreshInterval: 1h0m0s
  secretStoreRef:
    kind: ClusterSecretStore
    name: {{ template "rzp-lib.word" $secret.store }}
  target:
    name: {{ template "rzp-lib.word" $name }}
    creationPolicy: Owner
    deletionPolicy: Retain
    template:
      engineVersion: v2
      mergePolicy: {{ if $secret.template }}Merge{{ else }}Replace{{ end }}
      {{- with $secret.type }}
      type: {{ template "rzp-lib.word" . }}
      {{- end }}
      metadata:
        labels:
          {{- include "rzp-lib.labels" (dict "root" $ "labels" $secret.labels) | replace "\n" "\n      " }}
      {{- with $secret.template }}
      data:
        {{- range $key, $text := . }}
        {{ template "rzp-lib.word" $key }}: {{ template "rzp-lib.text" (dict "text" $text "indent" 10) }}
        {{- end }}
      {{- end }}
  {{- with $secret.data }}
  data:
    {{- range $key, $path := . }}
    - secretKey: {{ template "rzp-lib.word" $key }}
      remoteRef:
        key: {{ template "rzp-lib.word" $path }}
        conversionStrategy: Default
        decodingStrategy: None
        metadataPolicy: None
    {{- end }}
  {{- end }}
  {{- with $secret.folders }}
  dataFrom:
    {{- range . }}
    - find:
        path: {{ template "rzp-lib.word" . }}
        name:
          regexp: .*
        conversionStrategy: Default
        decodingStrategy: None
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
