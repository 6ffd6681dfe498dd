{{/*
PersistentVolumes for shares of an NFS server, each reserved for one claim. Never pruned; the
reclaim policy keeps the data.
From values: shares.<name>.{server, path, size, options, claim}; claims.<claim>.{volume, access}.
Call: {{ template "rzp-lib.kind.persistentvolume" . }}
*/}}
{{- define "rzp-lib.kind.persistentvolume" -}}
{{- range $name, $share := .Values.service.shares }}
{{- $claim := get ($.Values.service.claims | default dict) $share.claim }}
{{- if ne (($claim | default dict).volume | default "") $name }}
{{- include "rzp-lib.refuse" (dict "root" $ "key" (printf "shares.%s.claim" $name) "text" (printf "the claim %q does not name this volume; say claims.%s.volume: %s." $share.claim $share.claim $name)) }}
{{- end }}
---
apiVersion: v1
kind: PersistentVolume
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "PersistentVolume" "name" $name "cluster" true) }}
spec:
  capacity:
    storage: {{ template "rzp-lib.word" $share.size }}
  accessModes:
    - {{ $claim.access }}
  persistentVolumeReclaimPolicy: Retain
  storageClassName: ""
  volumeMode: Filesystem
  claimRef:
    apiVersion: v1
    kind: PersistentVolumeClaim
    namespace: {{ template "rzp-lib.word" $.Values.service.namespace.name }}
    name: {{ template "rzp-lib.word" $share.claim }}
  {{- with $share.options }}
  mountOptions:
    {{- range . }}
    - {{ template "rzp-lib.word" . }}
    {{- end }}
  {{- end }}
  nfs:
    server: {{ template "rzp-lib.word" $share.server }}
    path: {{ template "rzp-lib.word" $share.path }}
{{- end }}
{{- end }}
