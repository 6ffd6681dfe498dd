{{/*
Refuses an image that may be another one tomorrow: one without a tag, or with one that is moved on purpose. One with
a digest never is: what follows its last colon is no such tag. Both are as in generator/src/release/images/references.ts.
Reads: root, key (path of what has the image), image.
Call: {{- template "rzp-lib.image.check" (dict "root" $ "key" "workloads.main" "image" $image) }}
*/}}
{{- define "rzp-lib.image.check" -}}
{{- $parts := splitList "/" .image | last | splitList ":" -}}
{{- $tag := last $parts | lower -}}
{{- if and (eq (len $parts) 1) (not (contains "@" .image)) -}}
{{- template "rzp-lib.refuse" (dict "root" .root "key" (printf "%s.image" .key) "text" (printf "%q has no tag, so what runs changes by itself; add a version or a digest." .image)) -}}
{{- else if and (contains (printf " %s " ($tag | replace "_" "-" | splitList "-" | first)) " latest stable main master edge nightly dev develop development rolling release beta alpha unstable canary testing snapshot lts ") (not (regexMatch "[-_]v?[0-9]+[.][0-9]|[-_.](b|build|ls|r)?[0-9]{3}|(release|main|master|dev|develop|development|nightly|snapshot)[-_](b|build|ls|r)?[0-9]+$|[-_][0-9a-f]{7}" $tag)) -}}
{{- template "rzp-lib.refuse" (dict "root" .root "key" (printf "%s.image" .key) "text" (printf "the tag %q moves, so what runs changes by itself; say a version, or add a digest." (last $parts))) -}}
{{- end -}}
{{- end }}
