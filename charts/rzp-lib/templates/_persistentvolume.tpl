{{/*
PersistentVolumes for shares of an NFS server, each reserved for one claim. Never pruned; the
reclaim policy keeps the data.
From values: shares.<name>.{server, path, size, options, claim}; claims.<claim>.{volume, access}.
Call: {{ include "rzp-lib.kind.persistentvolume" . }}
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
{{ include "rzp-lib.metadata" (dict "root" $ "kind" "PersistentVolume" "name" $name "cluster" true) }}
spec:
  capacity:
    storage: {{ include "rzp-lib.word" $share.size }}
  accessModes:
    - {{ $claim.access }}
  persistentVolumeReclaimPolicy: Retain
  storageClassName: ""
  volumeMode: Filesystem
  claimRef:
    apiVersion: v1
    kind: PersistentVolumeClaim
    namespace: {{ include "rzp-lib.word" $.Values.service.namespace.name }}
    name: {{ include "rzp-lib.word" $share.claim }}
  {{- with $share.options }}
  mountOptions:
    {{- range . }}
    - {{ include "rzp-lib.word" . }}
    {{- end }}
  {{- end }}
  nfs:
    server: {{ include "rzp-lib.word" $share.server }}
    path: {{ include "rzp-lib.word" $share.path }}
{{- end }}
{{- end }}
