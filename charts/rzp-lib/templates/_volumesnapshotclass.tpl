{{/*
VolumeSnapshotClasses: the label tells Velero which one of a driver it takes. A snapshot goes once its data is moved.
From values: snapshotClasses.<name>.{driver, parameters}.
Call: {{ template "rzp-lib.kind.volumesnapshotclass" . }}
*/}}
{{- define "rzp-lib.kind.volumesnapshotclass" -}}
{{- range $name, $class := .Values.service.snapshotClasses }}
---
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshotClass
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "VolumeSnapshotClass" "name" $name "cluster" true "labels" (dict "velero.io/csi-volumesnapshot-class" "true")) }}
driver: {{ template "rzp-lib.word" $class.driver }}
deletionPolicy: Delete
{{- with $class.parameters }}
parameters:
  {{- include "rzp-lib.pairs" . | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}
