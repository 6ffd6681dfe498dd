{{/*
PersistentVolumeClaims. Never pruned. With `volume` a claim binds that PersistentVolume and no class
may make another one; without `class` the cluster's default class makes it. What is not backed up has a label, by
which the policies of volumes know it.
From values: claims.<name>.{size, class, access, volume, backup}.
Call: {{ template "rzp-lib.kind.persistentvolumeclaim" . }}
*/}}
{{- define "rzp-lib.kind.persistentvolumeclaim" -}}
{{- range $name, $claim := .Values.service.claims }}
{{- if and $claim.volume $claim.class }}
{{- include "rzp-lib.refuse" (dict "root" $ "key" (printf "claims.%s.class" $name) "text" "a claim with a volume has no class; take one of the two out.") }}
{{- end }}
---
apiVersion: v1
kind: PersistentVolumeClaim
{{- $labels := dict }}
{{- with $claim.backup }}{{ $labels = dict "rzp.local/backup" . }}{{ end }}
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "PersistentVolumeClaim" "name" $name "labels" $labels) }}
spec:
  accessModes:
    - {{ $claim.access }}
  {{- if $claim.volume }}
  storageClassName: ""
  volumeName: {{ template "rzp-lib.word" $claim.volume }}
  {{- else if $claim.class }}
  storageClassName: {{ template "rzp-lib.word" $claim.class }}
  {{- end }}
  resources:
    requests:
      storage: {{ template "rzp-lib.word" $claim.size }}
{{- end }}
{{- end }}
